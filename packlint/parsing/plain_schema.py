"""Whether a value surely fits a JSON Schema, told without jsonschema, which is slow to import.

Only the commonest words of JSON Schema are known here. What does not fit by these, or has another one, is left to it.
"""

from __future__ import annotations

from packlint import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}
_ANNOTATIONS = {
    "description", "title", "x-wrong-type", "x-wrong-value", "x-expected", "x-list", "x-since", "if", "then", "else"
}  # fmt: skip


def fits(schema: dict[str, Any], value: Any) -> bool:
    """Whether a value surely fits; false also where the schema has a word that is not known here."""
    for word, said in schema.items():
        if word not in _ANNOTATIONS and not (word in _CHECKS and _CHECKS[word](said, value)):
            return False
    if "if" in schema:
        branch = "then" if fits(schema["if"], value) else "else"
        return fits(schema.get(branch, {}), value)
    return True


def _has_plain_type(names: str | list[str], value: Any) -> bool:
    given = [names] if isinstance(names, str) else names
    if isinstance(value, bool):
        return "boolean" in given
    return isinstance(value, tuple(each for name in given for each in _TYPES[name]))


def _have_plain_values(properties: dict[str, Any], value: Any) -> bool:
    shared = properties.keys() & value.keys() if isinstance(value, dict) else ()
    return all(fits(properties[name], value[name]) for name in shared)


def _is_same(said: Any, value: Any) -> bool:
    # To Python True is 1.
    return type(value) is type(said) and not isinstance(value, list | dict) and bool(value == said)


def _is_no_mapping(_: Any, value: Any) -> bool:
    return not isinstance(value, dict)


_CHECKS: dict[str, Callable[[Any, Any], bool]] = {
    "type": _has_plain_type,
    "enum": lambda said, value: any(_is_same(each, value) for each in said),
    "anyOf": lambda said, value: any(fits(part, value) for part in said),
    "items": lambda said, value: not isinstance(value, list) or all(fits(said, item) for item in value),
    "required": lambda said, value: not isinstance(value, dict) or value.keys() >= set(said),
    "properties": _have_plain_values,
    "minLength": lambda said, value: not isinstance(value, str) or len(value) >= said,
    "additionalProperties": _is_no_mapping,
    "propertyNames": _is_no_mapping,
    "allOf": lambda said, value: all(fits(part, value) for part in said),
    "const": _is_same,
    "exclusiveMinimum": lambda said, value: isinstance(value, bool | str) or value > said,
    "pattern": lambda said, value: not isinstance(value, str) or regex.of_data(said).search(value) is not None,
}
