"""Frontmatter checked against the JSON Schemas, with what the client does about a misfit."""

from __future__ import annotations

import os
from itertools import islice

from packlint.memo import cache
from packlint.parsing import plain_json, plain_schema
from packlint.parsing.scalars import js_string
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

KINDS = ("agent", "command", "skill")
_FOLDER = os.path.join(os.path.dirname(__file__), "schemas")
# No schema looks deeper.
_MOST_ERRORS, _MOST_ITEMS, _DEEPEST = 1_000, 10_000, 20
_EVER = "0"
# Keys and indexes, whether the last key itself is meant, words, and the first client that knows of it.
_Told = tuple[tuple[str | int, ...], bool, str, str]


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
    with open(os.path.join(_FOLDER, f"{kind}.json"), encoding="utf-8") as stream:
        schema: dict[str, Any] = plain_json.loads(stream.read())
    return schema


def patterns() -> set[str]:
    """Every expression that a schema holds values to, for `ahead`."""
    found: set[str] = set()
    parts: list[Any] = [load(name.removesuffix(".json")) for name in os.listdir(_FOLDER) if name.endswith(".json")]
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            parts += part.values()
            if isinstance(part.get("pattern"), str):
                found.add(part["pattern"])
        elif isinstance(part, list):
            parts += part
    return found


def misfits(kind: str, values: dict[str, Any], layout: str) -> Iterator[Misfit]:
    """Every key of `values` that the schema of `kind` refuses, once, in the order of `values`."""
    properties = load(kind)["properties"]
    for key, written in values.items():
        if key not in properties:
            continue
        value = as_read(kind, key, written)
        if _fits(kind, key, value):
            continue
        is_type = "x-wrong-type" in properties[key] and not _has_type(properties[key], shallow(value))
        says = properties[key].get("x-wrong-type" if is_type else "x-wrong-value") or properties[key]["x-wrong-type"]
        says = says[layout] if isinstance(says, dict) else says
        says = says["parts" if isinstance(value, list | dict) else "text"] if isinstance(says, dict) else says
        severity, _, consequence = says.partition(": ")
        yield Misfit(key, _expected(properties[key]), is_type, severity, consequence)


def as_read(kind: str, key: str, value: Any) -> Any:
    """A value of frontmatter as the client takes it: of a list it makes a text first, for the keys that say so."""
    is_text = isinstance(value, list) and "x-list" in load(kind)["properties"].get(key, ())
    return js_string(value) if is_text else value


@record(frozen=True)
class Fault:
    """A part of a manifest that does not fit: its keys and indexes from the top, and the words for it.

    `is_key`: the last key itself is what does not fit. `since`: the first client that knows what the value is for.
    """

    path: tuple[str | int, ...]
    is_key: bool
    message: str
    severity: str = "error"
    consequence: str = ""
    since: str = _EVER


def faults(kind: str, values: dict[str, Any]) -> Iterator[Fault]:
    """Every part of a manifest that the schema of `kind` refuses, once, however deep it is."""
    schema = load(kind)
    properties = schema["properties"]
    for key, value in values.items():
        if key not in properties or plain_schema.fits(properties[key], value):
            continue
        says: str = properties[key].get("x-wrong-type") or schema["x-wrong-type"]
        severity, _, consequence = says.partition(": ")
        since = properties[key].get("x-since", _EVER)
        for path, is_key, message, _ in _all_told(_validator(kind, key), value):
            yield Fault((key, *path), is_key, message, severity, consequence, since)


def definition(kind: str, name: str) -> dict[str, Any]:
    """A part of the schema of `kind` that has a name."""
    part: dict[str, Any] = load(kind)["$defs"][name]
    return part


def faults_of(kind: str, definition: str, value: Any) -> Iterator[Fault]:
    """The same for a value that a definition of the schema of `kind` is about."""
    if not plain_schema.fits(load(kind)["$defs"][definition], value):
        for path, is_key, message, since in _all_told(_validator(kind, definition, "$defs"), value):
            yield Fault(path, is_key, message, since=since)


def _all_told(validator: Any, value: Any) -> list[_Told]:
    """What does not fit, each place once."""
    errors = islice(validator.iter_errors(_cut(value)), _MOST_ERRORS)
    return list({told[:2]: told for error in errors for told in _told(error)}.values())


def _cut(value: Any, depth: int = 0) -> Any:
    """A value without what is deeper or after more than anybody writes: jsonschema would take minutes, or fail."""
    if not isinstance(value, list | dict):
        return value
    kept = islice(value, _MOST_ITEMS if depth < _DEEPEST else 0)
    if isinstance(value, list):
        return [_cut(item, depth + 1) for item in kept]
    return {key: _cut(value[key], depth + 1) for key in kept}


def _told(error: Any) -> Iterator[_Told]:
    """Where a value does not fit, whether a key is at fault, how, and since when."""
    path, schema = tuple(error.absolute_path), error.schema
    since = schema.get("x-since", _EVER)
    if error.validator == "required":
        yield path, False, f"lacks {error.message.split(' ')[0]}", since
    elif error.validator == "additionalProperties":
        for key in sorted(error.instance.keys() - schema["properties"].keys()):
            yield (*path, key), True, "is no key that belongs here", since
    elif "propertyNames" in error.absolute_schema_path:
        yield (*path, error.instance), True, f"must be {_expected(schema)}", since
    else:
        yield path, False, f"must be {_expected(schema)}", since


def choices(kind: str, key: str) -> list[Any]:
    """The values that the schema allows for a key, where it lists them."""
    schema = load(kind)["properties"][key]
    return [value for part in (schema, *schema.get("anyOf", [])) for value in part.get("enum", [])]


def _fits(kind: str, key: str, value: Any) -> bool:
    """Whether a value fits. jsonschema, slow to import, judges what is not plainly right."""
    if plain_schema.fits(load(kind)["properties"][key], value):
        return True
    return not any(True for _ in _validator(kind, key).iter_errors(shallow(value)))


def shallow(value: Any, most: int | None = None) -> Any:
    """A value with at most so many parts, and nothing in these.

    jsonschema quotes all of a value that does not fit, which aliases in YAML can make endless.
    """
    if isinstance(value, list):
        return [_emptied(item) for item in value[:most]]
    return {key: _emptied(item) for key, item in islice(value.items(), most)} if isinstance(value, dict) else value


def _emptied(value: Any) -> Any:
    return type(value)() if isinstance(value, list | dict) else value


@cache
def _validator(kind: str, key: str, among: str = "properties") -> Any:
    from jsonschema import Draft202012Validator

    schema = load(kind)
    return Draft202012Validator({"$defs": schema.get("$defs", {}), **schema[among][key]})


def _has_type(schema: dict[str, Any], value: Any) -> bool:
    from jsonschema import Draft202012Validator

    types = [part["type"] for part in (schema, *schema.get("anyOf", [])) if "type" in part]
    return not types or any(Draft202012Validator({"type": name}).is_valid(value) for name in types)


_NAMES = {"string": "a text", "array": "a list", "object": "a mapping", "integer": "a whole number"} | {
    "boolean": "true or false",
    "number": "a number",
}


def _expected(schema: dict[str, Any]) -> str:
    import json

    if "x-expected" in schema:
        return str(schema["x-expected"])
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
