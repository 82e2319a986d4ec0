"""Compares two JSON Schemas of OpenAPI documents: what a client may no longer send, or must be ready to receive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit.openapi.document import MOST_STEPS, behind

Schema = dict[str, Any]
# Keywords that narrow the more the larger they are, and the more the smaller they are.
LOWER_BOUNDS = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
UPPER_BOUNDS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
EXACT = ("pattern", "format", "multipleOf")


class Comparison:
    """Two documents, and whether schemas are looked at as what clients send or as what they receive."""

    def __init__(self, base: Schema, head: Schema, *, sent: bool) -> None:
        self._base = base
        self._head = head
        self._sent = sent
        self._open: set[tuple[str, str]] = set()

    def differences(self, base: Any, head: Any, where: str) -> Iterator[str]:
        """What breaks a client that knows only the base: one text for each place."""
        pair = (str(_reference(base)), str(_reference(head)))
        if "None" not in pair:
            if pair in self._open:
                return
            self._open.add(pair)
        old, new = _resolved(self._base, base), _resolved(self._head, head)
        yield from self._of_types(old, new, where)
        yield from self._of_alternatives(old, new, where)
        yield from self._of_values(old, new, where)
        yield from self._of_bounds(old, new, where)
        yield from self._of_properties(old, new, where)
        if "items" in old and "items" in new:
            yield from self.differences(old["items"], new["items"], f"{where}[]")
        values = old.get("additionalProperties"), new.get("additionalProperties")
        if isinstance(values[0], dict) and isinstance(values[1], dict):
            yield from self.differences(values[0], values[1], f"{where}.*")
        self._open.discard(pair)

    def _of_types(self, old: Schema, new: Schema, where: str) -> Iterator[str]:
        before, after = _types(old), _types(new)
        if not before and not after:
            return
        lost = _lost(before, after) if self._sent else _lost(after, before)
        narrowed = after and (lost or not before) if self._sent else before and (lost or not after)
        if narrowed:
            yield f"{where}: {self._words(self._base, old)} became {self._words(self._head, new)}"

    def _words(self, document: Schema, schema: Schema) -> str:
        """The types of a schema in words, those of its alternatives included."""
        alternatives = [one for name in ("anyOf", "oneOf") for one in schema.get(name, ())]
        found = {word for one in alternatives for word in _types(_resolved(document, one))} | _types(schema)
        return _listed(found - {"a value"}) or "anything"

    def _of_alternatives(self, old: Schema, new: Schema, where: str) -> Iterator[str]:
        """Union types: each alternative that must stay has to be like one on the other side."""
        before, after = _alternatives(old), _alternatives(new)
        if len(before) == len(after) == 1:
            if before[0] is not old or after[0] is not new:
                yield from self.differences(before[0], after[0], where)
            return
        mine, theirs = (before, after) if self._sent else (after, before)
        for one in mine:
            pairs = [(one, other) if self._sent else (other, one) for other in theirs]
            found = [list(self.differences(first, second, where)) for first, second in pairs]
            if found and all(found):
                same = [
                    texts for (first, second), texts in zip(pairs, found, strict=True) if self._alike(first, second)
                ]
                yield from min(same or found, key=len)

    def _alike(self, old: Schema, new: Schema) -> bool:
        return _types(_resolved(self._base, old)) == _types(_resolved(self._head, new))

    def _of_values(self, old: Schema, new: Schema, where: str) -> Iterator[str]:
        before, after = _values(old), _values(new)
        if self._sent and after is not None:
            lost = [value for value in before or [] if value not in after]
            if before is None:
                yield f"{where}: only {_listed(map(str, after))} is accepted"
            elif lost:
                yield f"{where}: {_listed(map(str, lost))} is no longer accepted"
        elif not self._sent and before is not None:
            new_values = [value for value in after or [] if value not in before]
            if after is None or new_values:
                yield f"{where}: may now be {_listed(map(str, new_values)) or 'any value'}"

    def _of_bounds(self, old: Schema, new: Schema, where: str) -> Iterator[str]:
        if not self._sent:
            if {"format"} <= old.keys() and new.get("format") != old["format"]:
                yield f"{where}: format {old['format']} became {new.get('format', 'any')}"
            return
        for name in (*LOWER_BOUNDS, *UPPER_BOUNDS):
            before, after = old.get(name), new.get(name)
            if after is None or (before is None and name.startswith("min") and name != "minimum" and not after):
                continue
            tighter = before is None or (after > before if name in LOWER_BOUNDS else after < before)
            if tighter:
                yield f"{where}: {name} {'' if before is None else f'{before} became '}{after}"
        for name in EXACT:
            if new.get(name) is not None and new.get(name) != old.get(name):
                yield f"{where}: {name} {'' if old.get(name) is None else f'{old[name]} became '}{new[name]}"
        if new.get("uniqueItems") and not old.get("uniqueItems"):
            yield f"{where}: items must now be unique"

    def _of_properties(self, old: Schema, new: Schema, where: str) -> Iterator[str]:
        before, after = old.get("properties", {}), new.get("properties", {})
        required = set(old.get("required", ())), set(new.get("required", ()))
        if before or after:
            for name in before:
                if name not in after:
                    yield f"{where}.{name}: removed"
                else:
                    yield from self.differences(before[name], after[name], f"{where}.{name}")
            if self._sent:
                yield from (f"{where}.{name}: now required" for name in sorted(required[1] - required[0]))
            else:
                gone = sorted((required[0] - required[1]) & set(after))
                yield from (f"{where}.{name}: may now be missing" for name in gone)
        if (
            self._sent
            and new.get("additionalProperties") is False
            and old.get("additionalProperties", True) is not False
        ):
            yield f"{where}: unknown fields are no longer accepted"


def _reference(schema: Any) -> str | None:
    return schema.get("$ref") if isinstance(schema, dict) else None


def _resolved(document: Schema, schema: Any) -> Schema:
    """A schema behind its references, with what stands beside them, and with `allOf` put together."""
    if not isinstance(schema, dict):
        return {}
    found = dict(schema)
    for _ in range(MOST_STEPS):
        reference = found.pop("$ref", None)
        if reference is None:
            break
        found = {**behind(document, reference), **found}
    for part in found.pop("allOf", ()):
        inner = _resolved(document, part)
        properties = {**found.get("properties", {}), **inner.get("properties", {})}
        required = [*found.get("required", ()), *inner.get("required", ())]
        found = {**inner, **found}
        found.update({"properties": properties} if properties else {}, **({"required": required} if required else {}))
    return found


def _alternatives(schema: Schema) -> list[Schema]:
    """The alternatives of a union apart from null, or the schema itself."""
    found = [one for name in ("anyOf", "oneOf") for one in schema.get(name, ()) if one.get("type") != "null"]
    return found or [schema]


def _types(schema: Schema) -> set[str]:
    """The JSON types a schema names itself, null included; none where its alternatives or references tell."""
    said = schema.get("type")
    found = set(said) if isinstance(said, list) else {said} if isinstance(said, str) else set()
    unions = [one for name in ("anyOf", "oneOf") for one in schema.get(name, ())]
    if unions and not found:
        # The alternatives are compared one by one; only whether null is among them is decided here.
        return {"null", "a value"} if any(one.get("type") == "null" for one in unions) else {"a value"}
    if schema.get("nullable"):
        found.add("null")
    return found


def _lost(wanted: set[str], offered: set[str]) -> set[str]:
    """The types of one side that the other one lacks."""
    if not offered:
        return set()
    if "a value" in wanted | offered:
        return {"null"} & (wanted - offered)
    lost = wanted - offered
    return lost - {"integer"} if "number" in offered else lost


def _values(schema: Schema) -> list[Any] | None:
    return [schema["const"]] if "const" in schema else schema.get("enum")


def _listed(values: Any) -> str:
    return " or ".join(sorted(values))
