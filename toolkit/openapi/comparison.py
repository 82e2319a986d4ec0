"""The differences between two OpenAPI documents: what is new, and what breaks clients that know the base."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from toolkit.openapi.document import METHODS, Document, followed
from toolkit.openapi.schemas import Comparison


@dataclass(frozen=True, order=True)
class Change:
    """One difference, in words; breaking ones sort first."""

    added: bool
    text: str

    @property
    def breaking(self) -> bool:
        return not self.added


def compare(base: Document, head: Document) -> list[Change]:
    """Every change a client can notice, breaking ones first.

    Args:
        base: the document clients know.
        head: the document they meet now.
    """
    before, after = _operations(base), _operations(head)
    found = [Change(False, f"{one.title}: removed") for key, one in before.items() if key not in after]
    found += [Change(True, f"{one.title}: new") for key, one in after.items() if key not in before]
    for key in before.keys() & after.keys():
        found += _Pair(base, head, before[key], after[key]).changes()
    return sorted(set(found))


@dataclass(frozen=True)
class _Operation:
    title: str
    path: str
    item: Document
    operation: Document


def _operations(document: Document) -> dict[tuple[str, str], _Operation]:
    """All operations; a path parameter's name is no part of what a client sends."""
    found = {}
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                title = f"{method.upper()} {path}"
                found[method, re.sub(r"\{[^}]*\}", "{}", path)] = _Operation(title, path, item, item[method])
    return found


class _Pair:
    """One operation in both documents."""

    def __init__(self, base: Document, head: Document, old: _Operation, new: _Operation) -> None:
        self._base = base
        self._head = head
        self._old = old
        self._new = new
        self._sent = Comparison(base, head, sent=True)
        self._received = Comparison(base, head, sent=False)

    def changes(self) -> Iterator[Change]:
        for breaking, text in (*self._parameters(), *self._body(), *self._responses(), *self._security()):
            yield Change(not breaking, f"{self._new.title}: {text}")

    def _parameters(self) -> Iterator[tuple[bool, str]]:
        before, after = _parameters(self._base, self._old), _parameters(self._head, self._new)
        for key in before.keys() - after.keys():
            yield True, f"{_called(before[key])} removed"
        for key, parameter in after.items():
            name = _called(parameter)
            known = before.get(key)
            if known is None:
                yield (
                    bool(parameter.get("required")),
                    f"{name} new{', and required' if parameter.get('required') else ''}",
                )
                continue
            if parameter.get("required") and not known.get("required"):
                yield True, f"{name} now required"
            for text in self._sent.differences(known.get("schema", {}), parameter.get("schema", {}), name):
                yield True, text

    def _body(self) -> Iterator[tuple[bool, str]]:
        before = followed(self._base, self._old.operation.get("requestBody"))
        after = followed(self._head, self._new.operation.get("requestBody"))
        if before and not after:
            yield True, "request body removed"
        elif after and after.get("required") and not (before and before.get("required")):
            yield True, "request body now required"
        elif after and not before:
            yield False, "request body new"
        if before and after:
            yield from self._contents(before, after, "request body", sent=True)

    def _contents(self, before: Document, after: Document, what: str, *, sent: bool) -> Iterator[tuple[bool, str]]:
        old, new = before.get("content", {}), after.get("content", {})
        comparison = self._sent if sent else self._received
        for media in old:
            if media not in new:
                yield True, f"{what}: {media} removed"
            else:
                base, head = old[media].get("schema", {}), new[media].get("schema", {})
                yield from ((True, text) for text in comparison.differences(base, head, what))
                yield from ((False, text) for text in _new_fields(self._base, self._head, base, head, what))

    def _responses(self) -> Iterator[tuple[bool, str]]:
        before, after = self._old.operation.get("responses", {}), self._new.operation.get("responses", {})
        for status in before.keys() - after.keys():
            yield True, f"status {status} removed"
        for status in after.keys() - before.keys():
            yield False, f"status {status} new"
        for status in before.keys() & after.keys():
            old, new = followed(self._base, before[status]), followed(self._head, after[status])
            yield from self._contents(old, new, f"response {status}", sent=False)

    def _security(self) -> Iterator[tuple[bool, str]]:
        before = self._old.operation.get("security", self._base.get("security")) or [{}]
        after = self._new.operation.get("security", self._head.get("security")) or [{}]
        if {} in before and {} not in after:
            yield True, f"authentication now required ({', '.join(sorted({name for one in after for name in one}))})"
        elif {} not in before and {} not in after:
            allowed = [set(one) for one in after]
            for one in before:
                if not any(other <= set(one) for other in allowed):
                    yield True, f"authentication by {' and '.join(sorted(one))} is no longer enough"


def _parameters(document: Document, one: _Operation) -> dict[tuple[str, str], Document]:
    found = {}
    places = re.findall(r"\{([^}]*)\}", one.path)
    for raw in (*one.item.get("parameters", ()), *one.operation.get("parameters", ())):
        parameter = followed(document, raw)
        name, place = str(parameter.get("name")), str(parameter.get("in"))
        # A parameter of the path is known by its position, one of a header by its name in any letters.
        key = str(places.index(name)) if place == "path" and name in places else name
        found[place, key.lower() if place == "header" else key] = parameter
    return found


def _called(parameter: Document) -> str:
    return f"{parameter.get('in')} parameter {parameter.get('name')}"


def _new_fields(base_document: Document, head_document: Document, base: Any, head: Any, what: str) -> Iterator[str]:
    """Fields of the outermost object that were added."""
    before = followed(base_document, base).get("properties", {})
    after = followed(head_document, head).get("properties", {})
    yield from (f"{what}.{name}: new" for name in after if before and name not in before)
