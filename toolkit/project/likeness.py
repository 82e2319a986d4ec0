"""Which existing code a described feature most resembles: by the names of files, classes, paths and fields."""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from toolkit.project import testing
from toolkit.project.modules import Module
from toolkit.project.overview import Overview

KINDS = ("router", "service", "repository", "model", "schema", "test")
# A resource has one of these; what has only schemas or tests is a helper.
OWNERS = {"router", "model", "service", "repository"}
_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")


@cache
def _listed(name: str) -> frozenset[str]:
    """Words of one sort.

    Most name no resource: those of folders and layers, those of roles in a class name, those of a sentence.
    """
    lists: dict[str, list[str]] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return frozenset(lists[name])


@dataclass
class Resource:
    """What a project has for one thing of its domain: code by kind, and every word that occurs in it."""

    name: str
    code: dict[str, dict[Module, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    endpoints: int = 0
    words: set[str] = field(default_factory=set)

    @property
    def size(self) -> tuple[int, int]:
        return len(self.code), self.endpoints


@dataclass(frozen=True)
class Likeness:
    """The nearest resource, the words of the description that led to it, and the next one for what it lacks."""

    nearest: Resource
    matched: tuple[str, ...]
    others: tuple[Resource, ...]


def nearest(overview: Overview, description: str) -> Likeness | None:
    """Find what a feature resembles.

    Args:
        overview: the project.
        description: the feature in the user's words.

    Returns:
        None where the project has no resource at all.
    """
    found = resources(overview)
    if not found:
        return None
    wanted = [word for word in dict.fromkeys(words(description)) if word not in _listed("unsaid")]
    ranked = sorted(found.values(), key=lambda one: _rank(one, wanted))
    best = ranked[0]
    by_name = [word for word in wanted if word in words(best.name)]
    matched = by_name or [word for word in wanted if word in best.words]
    return Likeness(best, tuple(matched), tuple(one for one in ranked[1:] if _score(one, wanted) >= 10 or not matched))


def resources(overview: Overview) -> dict[str, Resource]:
    """All resources of a project: those that a router, a model, a service or a repository is named after."""
    found: dict[str, Resource] = {}
    package = overview.application.import_name.rpartition(".")[0].partition(".")[0] if overview.application else ""
    unnamed = []
    for one in _code(overview):
        name = _of_file(one.module, package) or one.name
        if name:
            _add(found.setdefault(name, Resource(name)), one)
        else:
            unnamed.append(one)
    found = {name: one for name, one in found.items() if OWNERS & set(one.code)}
    for one in unnamed:
        for resource in found.values():
            if set(words(resource.name)) <= set(words(one.symbol)):
                _add(resource, one)
    return found


def _add(resource: Resource, one: _Code) -> None:
    symbols = resource.code[one.kind][one.module]
    symbols += [one.symbol] if one.symbol and one.symbol not in symbols else []
    resource.words.update(one.words, words(one.symbol))
    resource.endpoints += one.kind == "router"


def words(text: str) -> list[str]:
    """The words of an identifier or a sentence: lower case, singular."""
    return [singular(word.lower()) for word in _WORDS.findall(text)]


def singular(word: str) -> str:
    """An English noun without its plural; good enough to compare two of them."""
    if word[:-1] in _listed("plural with s alone") and word.endswith("s"):
        return word[:-1]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("izzes"):
        return word[:-3]
    if len(word) > 4 and re.search(r"(?:ss|x|o|ch|sh|[^oa]us)es$", word):
        return word[:-2]
    return word[:-1] if len(word) > 3 and re.search(r"(?:[^isu]|[^s]i)s$", word) else word


@dataclass(frozen=True)
class _Code:
    """Something that may belong to a resource, the name it suggests, and further words in it."""

    kind: str
    module: Module
    symbol: str
    name: str
    words: list[str]


def _code(overview: Overview) -> Iterator[_Code]:
    for router in overview.routes.routers.values():
        for endpoint in router.endpoints:
            path = words(re.sub(r"\{[^}]*\}", "", router.prefix + endpoint.path))
            yield _Code("router", endpoint.module, endpoint.function, "_".join(_meaningful(path)[:1]), path)
    for part in overview.parts:
        if part.kind in KINDS:
            node = part.module.definitions[part.name]
            name = "" if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else _of_class(part.name)
            yield _Code(part.kind, part.module, part.name, name, _fields(node))
    for module in overview.tests.files:
        yield _Code("test", module, "", "", [word for name in testing.functions(module) for word in words(name)])


def _of_file(module: Module, package: str) -> str:
    """The thing a file is about: by its own name, else by the nearest folder that is named after a thing."""
    for part in reversed(module.parts):
        if meant := _meaningful(words(part) if part != package else []):
            return _without_roles(meant)
    return ""


def is_about(name: str) -> bool:
    """Whether a folder is named after a thing, and not after its place in an architecture."""
    return bool(_meaningful(words(name)))


def _meaningful(found: list[str]) -> list[str]:
    return [word for word in found if word not in _listed("places") and not word.isdigit()]


def _of_class(name: str) -> str:
    """The thing a class is about: its name without the words for roles, unless nothing else is there."""
    return _without_roles(_meaningful(words(name)))


def _without_roles(found: list[str]) -> str:
    return "_".join([word for word in found if word not in _listed("roles")] or found[:1])


def _fields(node: ast.stmt) -> list[str]:
    """The words of a class's attributes and methods."""
    body = node.body if isinstance(node, ast.ClassDef) else []
    found: list[str] = []
    for statement in body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found += words(name)
    return found


def _rank(resource: Resource, wanted: list[str]) -> tuple[int | str, ...]:
    """The best match first; of equal ones that which is named after nothing else, then the most complete one."""
    others = [word for word in words(resource.name) if word not in wanted] if _score(resource, wanted) >= 10 else []
    return -_score(resource, wanted), len(others), *(-size for size in resource.size), resource.name


def _score(resource: Resource, wanted: list[str]) -> int:
    named = words(resource.name)
    return sum(10 if word in named else word in resource.words for word in wanted)
