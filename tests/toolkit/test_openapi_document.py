"""References of an OpenAPI document: what they lead to, and what never stops or breaks."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit.openapi.document import behind, followed

DOCUMENT: dict[str, Any] = {
    "components": {
        "parameters": {"limit": {"name": "limit"}, "again": {"$ref": "#/components/parameters/limit"}},
        "schemas": {"a/b~c": {"type": "string"}, "loop": {"$ref": "#/components/schemas/loop"}, "list": [1]},
    }
}


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("#/components/parameters/limit", {"name": "limit"}),
        ("#/components/schemas/a~1b~0c", {"type": "string"}),
        ("#/components/schemas/list", {}),
        ("#/components/schemas/list/0", {}),
        ("#/components/nowhere/x", {}),
        (7, {}),
    ],
)
def test_what_stands_behind_a_reference(reference: Any, expected: dict[str, Any]) -> None:
    assert behind(DOCUMENT, reference) == expected
    assert followed(DOCUMENT, {"$ref": reference}) == expected


def test_references_are_followed_to_their_end_and_no_circle_is() -> None:
    assert followed(DOCUMENT, {"$ref": "#/components/parameters/again"}) == {"name": "limit"}
    assert followed(DOCUMENT, {"$ref": "#/components/schemas/loop"}) == {"$ref": "#/components/schemas/loop"}
    assert followed(DOCUMENT, {"name": "x"}) == {"name": "x"}
    assert followed(DOCUMENT, None) == {}
