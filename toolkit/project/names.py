"""What a name in a module stands for: a definition of the project, imported or not, or a library's name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from toolkit.project.modules import Module
from toolkit.project.sources import Sources

DEEPEST = 12


@dataclass(frozen=True)
class Definition:
    """A statement of the project that binds a name. A module itself is one, too: its statement is its tree."""

    module: Module
    name: str
    node: ast.stmt | ast.Module

    @property
    def key(self) -> tuple[str, str]:
        return str(self.module.path), self.name


Found = Definition | str | None


class Names:
    """Answers for all modules of one project."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.lookup = cache(self._lookup)
        self.ancestors = cache(self._ancestors)

    def meaning(self, module: Module, node: ast.expr | None) -> Found:
        """What an expression of names and attributes stands for.

        Returns:
            A definition of the project, the dotted name of something imported from elsewhere, or None.
        """
        match node:
            case ast.Name(id=name):
                return self.lookup(module, name)
            case ast.Attribute(value=value, attr=attr):
                found = self.meaning(module, value)
                if isinstance(found, str):
                    return f"{found}.{attr}"
                if found is not None and isinstance(found.node, ast.Module):
                    return self.lookup(found.module, attr)
                return None
            case ast.Subscript(value=value):
                return self.meaning(module, value)
            case ast.Constant(value=str(text)):
                return self._quoted(module, text)
        return None

    def called(self, module: Module, node: ast.expr | None) -> Found:
        """What is called in a call expression."""
        return self.meaning(module, node.func) if isinstance(node, ast.Call) else None

    def _quoted(self, module: Module, text: str) -> Found:
        try:
            return self.meaning(module, ast.parse(text, mode="eval").body)
        except (SyntaxError, ValueError):
            return None

    def _lookup(self, module: Module, name: str, depth: int = 0) -> Found:
        if node := module.definitions.get(name):
            return Definition(module, name, node)
        if depth > DEEPEST:
            return None
        for statement in reversed(module.imports):
            if isinstance(statement, ast.Import):
                found = self._imported(module, statement, name)
            else:
                found = self._imported_from(module, statement, name, depth)
            if found is not None:
                return found
        return None

    def _imported(self, module: Module, statement: ast.Import, name: str) -> Found:
        for alias in statement.names:
            bound = alias.asname or alias.name.split(".")[0]
            if bound == name:
                dotted = alias.name if alias.asname else bound
                return self._module(module, dotted) or dotted
        return None

    def _module(self, module: Module, dotted: str, level: int = 0) -> Definition | None:
        path = self.sources.resolve(module, dotted, level)
        found = self.sources.modules[path] if path else None
        return Definition(found, "", found.tree) if found else None

    def _imported_from(self, module: Module, statement: ast.ImportFrom, name: str, depth: int) -> Found:
        origin = statement.module or ""
        for alias in statement.names:
            if alias.name == "*":
                source = self._module(module, origin, statement.level)
                found = self._lookup(source.module, name, depth + 1) if source else None
                if found is not None:
                    return found
            elif (alias.asname or alias.name) == name:
                return self._attribute(module, origin, alias.name, statement.level, depth)
        return None

    def _attribute(self, module: Module, origin: str, name: str, level: int, depth: int) -> Found:
        source = self._module(module, origin, level)
        found = self._lookup(source.module, name, depth + 1) if source and source.module is not module else None
        if found is None:
            found = self._module(module, f"{origin}.{name}" if origin else name, level)
        if found is not None or level:
            return found
        return f"{origin}.{name}" if source is None else None

    def parents(self, definition: Definition, depth: int = 0) -> Iterator[Definition]:
        """Every class of the project that a class derives from."""
        bases = definition.node.bases if isinstance(definition.node, ast.ClassDef) and depth <= DEEPEST else []
        for base in bases:
            found = self.meaning(definition.module, base)
            if isinstance(found, Definition) and found.node is not definition.node:
                yield found
                yield from self.parents(found, depth + 1)

    def _ancestors(self, definition: Definition, depth: int = 0) -> frozenset[str]:
        """The dotted names of every class from elsewhere that a class of the project derives from."""
        return frozenset(self._bases(definition, depth))

    def _bases(self, definition: Definition, depth: int) -> Iterator[str]:
        node = definition.node
        if isinstance(node, ast.ClassDef) and depth <= DEEPEST:
            for base in node.bases:
                found = self.meaning(definition.module, base)
                if isinstance(found, Definition):
                    yield from self._ancestors(found, depth + 1) if found.node is not node else ()
                elif found is not None:
                    yield found
                if isinstance(base, ast.Call) and isinstance(made := self.called(definition.module, base), str):
                    yield made
        elif isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call):
            made = self.called(definition.module, node.value)
            if isinstance(made, str):
                yield made
