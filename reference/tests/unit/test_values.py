from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.api.etag import client_has, etag, expected_versions
from app.core.config import Settings
from app.core.pagination import Cursor
from app.schemas.base import Email, Money


@given(
    st.datetimes(
        min_value=datetime(1970, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
        max_value=datetime(4000, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
        timezones=st.just(UTC),
    ),
    st.integers(min_value=1, max_value=2**63 - 1),
)
def test_a_cursor_is_what_it_was(created_at: datetime, row_id: int) -> None:
    text = Cursor(created_at, row_id).encode()
    assert re.fullmatch(Cursor.PATTERN, text)
    assert Cursor.decode(text) == Cursor(created_at, row_id)


@given(st.from_regex(Cursor.PATTERN, fullmatch=True).map(str.strip))
def test_every_text_of_the_pattern_is_a_cursor(text: str) -> None:
    assert Cursor.decode(text).encode() == text


@pytest.mark.parametrize(
    ("if_match", "versions"),
    [
        ("*", None),
        (etag(3), {3}),
        ('"1", "2"', {1, 2}),
        ('W/"1"', set()),
        ('"01"', set()),
        ('"abc"', set()),
        (f'"{10**30}"', set()),
    ],
)
def test_if_match_names_versions(if_match: str, versions: set[int] | None) -> None:
    assert expected_versions(if_match) == versions


@pytest.mark.parametrize(
    ("if_none_match", "has"),
    [
        ('"7"', True),
        ('W/"7"', True),
        ('"6", "7"', True),
        ('"a,b" ,W/"7"', True),
        ("*", True),
        (None, False),
        ("", False),
        ('"6"', False),
        ('W/"77"', False),
        ("7", False),
    ],
)
def test_if_none_match_names_what_the_client_has(
    if_none_match: str | None, *, has: bool
) -> None:
    assert client_has(7, if_none_match) is has


@pytest.mark.parametrize("email", ["a@b.test", "o'neil+x@mail.example.co", "A@B.DE"])
def test_an_address_is_stored_in_lower_case(email: str) -> None:
    assert TypeAdapter(Email).validate_python(email) == email.lower()


@pytest.mark.parametrize(
    "email", ["", "a", "a@b", "@b.de", "a@.de", "a b@c.de", "a@b.de\n", "a@b..de"]
)
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Email).validate_python(email)


def test_money_keeps_its_cents_on_the_way_through_json() -> None:
    adapter: TypeAdapter[Money] = TypeAdapter(Money)
    assert adapter.dump_json(adapter.validate_json('"0.10"')) == b'"0.10"'


def test_a_weak_key_is_refused_without_being_shown(plain_settings: Settings) -> None:
    weak = plain_settings.model_dump() | {"jwt_secret": "weak-secret"}
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate(weak)
    assert "weak-secret" not in str(refused.value)
