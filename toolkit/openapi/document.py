"""What every reader of an OpenAPI document needs: its methods, and what stands behind a reference."""

from __future__ import annotations

from typing import Any

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
# A reference to a reference is rare, and a circle of them is a mistake.
MOST_STEPS = 20
Document = dict[str, Any]


def behind(document: Document, reference: Any) -> Document:
    """What a reference leads to; nothing where it leads nowhere."""
    target: Any = document
    for part in str(reference).removeprefix("#/").split("/"):
        name = part.replace("~1", "/").replace("~0", "~")
        target = target.get(name) if isinstance(target, dict) else None
    return target if isinstance(target, dict) else {}


def followed(document: Document, value: Any) -> Document:
    """A component, or what its references lead to; nothing where that is no object."""
    for _ in range(MOST_STEPS):
        if not isinstance(value, dict) or "$ref" not in value:
            break
        value = behind(document, value["$ref"])
    return value if isinstance(value, dict) else {}
