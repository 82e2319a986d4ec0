"""Frontmatter checked against the JSON Schemas, with what the client does about a misfit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

KINDS = ("agent", "command", "skill")


@record(frozen=True)
class Misfit:
    """A top-level key whose value does not fit. `is_type`: of the wrong type, not just value.

    `severity` and `consequence` come from the schema's own annotations.
    """

    key: str
    message: str
    is_type: bool
    severity: str
    consequence: str


@cache
def load(kind: str) -> dict[str, Any]:
    """The JSON Schema of `agent`, `command` or `skill` frontmatter, or of a manifest."""
    text = files("packlint").joinpath(f"schemas/{kind}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def misfits(kind: str, values: dict[str, Any], layout: str) -> Iterator[Misfit]:
    """Every key of `values` that the schema of `kind` refuses, once, in the order of `values`."""
    properties = load(kind)["properties"]
    for key, value in values.items():
        if key not in properties or _fits(kind, key, value):
            continue
        is_type = "x-wrong-type" in properties[key] and not _has_type(properties[key], value)
        says = properties[key].get("x-wrong-type" if is_type else "x-wrong-value") or properties[key]["x-wrong-type"]
        says = says[layout] if isinstance(says, dict) else says
        severity, _, consequence = says.partition(": ")
        yield Misfit(key, _expected(properties[key]), is_type, severity, consequence)


def choices(kind: str, key: str) -> list[Any]:
    """The values that the schema allows for a key, where it lists them."""
    schema = load(kind)["properties"][key]
    return [value for part in (schema, *schema.get("anyOf", [])) for value in part.get("enum", [])]


_PLAIN_WORDS = {"type", "enum", "items", "description", "x-wrong-type", "x-wrong-value"}
_TYPES: dict[str, tuple[type, ...]] = {"string": (str,), "array": (list,), "object": (dict,), "null": (type(None),)}


def _fits(kind: str, key: str, value: Any) -> bool:
    """Whether a value fits. jsonschema, slow to import, judges only what is not plainly right."""
    schema = load(kind)["properties"][key]
    types = [schema.get("type", [])] if isinstance(schema.get("type"), str) else schema.get("type", [])
    if _PLAIN_WORDS.issuperset(schema) and isinstance(
        value, tuple(each for name in types for each in _TYPES.get(name, ()))
    ):
        plain = not isinstance(value, list) or all(isinstance(item, str) for item in value)
        if plain and ("enum" not in schema or value in schema["enum"]):
            return True
    return not any(True for _ in _validator(kind, key).iter_errors(value))


@cache
def _validator(kind: str, key: str) -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(load(kind)["properties"][key])


def _has_type(schema: dict[str, Any], value: Any) -> bool:
    from jsonschema import Draft202012Validator

    types = [part["type"] for part in (schema, *schema.get("anyOf", [])) if "type" in part]
    return not types or any(Draft202012Validator({"type": name}).is_valid(value) for name in types)


_NAMES = {"string": "a text", "array": "a list", "object": "a mapping", "integer": "a whole number"} | {
    "boolean": "true or false",
    "number": "a number",
}


def _expected(schema: dict[str, Any]) -> str:
    choices = (schema, *schema.get("anyOf", []))
    words: list[str] = []
    for part in choices:
        if "enum" in part:
            words += [
                json.dumps(value) if not isinstance(value, str) else value
                for value in part["enum"]
                if value is not None
            ]
        elif "type" in part and ("pattern" not in part or part is schema):
            types = part["type"] if isinstance(part["type"], list) else [part["type"]]
            words += [_NAMES[name] for name in types if name in _NAMES]
        if part.get("minimum") is not None:
            words[-1] += f" from {part['minimum']}"
    words = list(dict.fromkeys(words))
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
