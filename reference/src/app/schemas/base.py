from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated
from unicodedata import normalize

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    WithJsonSchema,
)

# region: text-types
# A pattern states in OpenAPI exactly what is accepted. These exclude NUL, which
# PostgreSQL cannot store, and what would be blank once stripped.
NOT_BLANK = r"^[^\x00]*[^\s\x00][^\x00]*$"
NO_NUL = r"^[^\x00]*$"
# The grammar of HTML's <input type=email>, with a dot demanded in the domain.
EMAIL = (
    r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,3}[A-Za-z]{2,20}$"
)


def _composed(password: SecretStr) -> SecretStr:
    """Make one text of what looks the same: an accent has a code or is part of one."""
    return SecretStr(normalize("NFKC", password.get_secret_value()))


ShortText = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=100, pattern=NOT_BLANK)
]
LongText = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=NO_NUL)
]
Email = Annotated[
    str, StringConstraints(max_length=254, pattern=EMAIL), AfterValidator(str.lower)
]
Password = Annotated[
    SecretStr, Field(min_length=12, max_length=128), AfterValidator(_composed)
]
# endregion: text-types


# region: number-types
MONEY = re.compile(r"[0-9]{1,10}(\.[0-9]{1,2})?")
CENT = Decimal("0.01")


def _money(value: object) -> Decimal:
    """Accept an amount written as text, the only form that JSON cannot round."""
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not MONEY.fullmatch(value):
        message = "an amount is a string such as '12.50'"
        raise ValueError(message)
    # With the cents that the column gives back: one version, and so one ETag, has one
    # representation.
    return Decimal(value).quantize(CENT)


def _whole(value: object) -> int:
    """Accept 3 and 3.0, which are one number in JSON, but neither "3" nor true."""
    match value:
        case int() if not isinstance(value, bool):
            return value
        case float() if value.is_integer():
            return int(value)
    message = "a whole number is expected"
    raise ValueError(message)


Money = Annotated[
    Decimal,
    BeforeValidator(_money),
    WithJsonSchema({"type": "string", "pattern": f"^{MONEY.pattern}$"}),
]
# A sum has more digits than what is summed: 20 lines of 1000 of the dearest product.
Total = Annotated[
    Decimal, WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,15}\.[0-9]{2}$"})
]
Stock = Annotated[int, Field(ge=0, le=1_000_000), BeforeValidator(_whole)]
Quantity = Annotated[int, Field(ge=1, le=1000), BeforeValidator(_whole)]
# Every JSON parser reads integers up to here exactly; larger ones may be rounded.
EntityId = Annotated[int, Field(ge=1, le=2**53 - 1)]
JsonEntityId = Annotated[EntityId, BeforeValidator(_whole)]
# endregion: number-types


# region: base-schemas
class InputModel(BaseModel):
    """What clients send: a misspelt or unknown field is an error, not ignored."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class ReadModel(BaseModel):
    """What clients receive, built from an ORM object."""

    model_config = ConfigDict(from_attributes=True)


# endregion: base-schemas
