"""What the variables of loops stand for in each turn, and expressions with that in the place of the variables."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from toolkit.project.instances import Instances
from toolkit.project.modules import Functions, Module
from toolkit.project.names import Definition, Names
from toolkit.project.scopes import Given

DEEPEST = 12


class Loops:
    """The loops of one module, as far as it was read."""

    def __init__(self, names: Names, instances: Instances) -> None:
        self._names = names
        self._instances = instances
        self._turns: dict[str, list[ast.expr]] = {}
        # Where the elements stand that are from elsewhere.
        self._homes: dict[ast.expr, tuple[Module, Functions]] = {}

    def enter(self, module: Module, functions: Functions, loop: ast.For) -> None:
        elements = self._elements(module, functions, loop.iter)
        self._turns.update(
            (name, [_part(one, *places) for one in elements]) for name, places in _variables(loop.target)
        )

    def turns(self, child: ast.expr | None, prefix: ast.expr | None) -> Iterator[tuple[ast.expr, ast.expr | None]]:
        """An included router and its prefix; in a loop, one pair for each turn."""
        if child is None:
            return
        name = next((one.id for one in ast.walk(child) if isinstance(one, ast.Name) and self._turns.get(one.id)), None)
        if name is None:
            yield child, prefix
            return
        for turn in range(len(self._turns[name])):
            values = {one: elements[turn] for one, elements in self._turns.items() if turn < len(elements)}
            yield replaced(child, values), replaced(prefix, values) if prefix is not None else None

    def home(self, module: Module, functions: Functions, node: ast.expr) -> Given:
        """An element, and where it stands."""
        return (*self._homes.get(node, (module, functions)), node)

    def _elements(self, module: Module, functions: Functions, node: ast.expr) -> list[ast.expr]:
        """What a loop goes through: a tuple, a list, or a part of a dict; there, named, given or returned."""
        part = ""
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr="items" | "values" | "keys" as part), args=[]):
                node = value
            case ast.Call(func=ast.Name("zip"), args=args):
                columns = [self._elements(module, functions, one) for one in args]
                return [ast.Tuple(elts=[*turn]) for turn in zip(*columns, strict=False)]
            case ast.Call(func=ast.Name("enumerate"), args=[counted, *_]):
                counted_ones = self._elements(module, functions, counted)
                return [ast.Tuple(elts=[ast.Constant(None), one]) for one in counted_ones]
        found = []
        for home, around, value in self._values(module, functions, node):
            elements = _elements(value, part)
            found += elements
            if home is not module:
                self._homes.update((one, (home, around)) for one in elements)
        return found

    def _values(self, module: Module, functions: Functions, node: ast.expr) -> list[Given]:
        """What an expression is bound to, or, where it is a parameter, what that is given."""
        if isinstance(node, ast.Name):
            turns = self._instances.parameters.turns(module, functions, {node.id})
            if given := [one for turn in turns for one in turn.values()]:
                return [self._bound(*one) for one in given]
        return [self._bound(module, functions, node)]

    def _bound(self, module: Module, functions: Functions, node: ast.expr) -> Given:
        home, around = module, functions
        for _ in range(DEEPEST):
            found = self._names.called(home, node) or self._names.meaning(home, node)
            if not isinstance(found, Definition):
                break
            bound: ast.expr | None = getattr(found.node, "value", None) or self._instances.bindings.only(found.node)
            if bound is None:
                break
            home, around, node = found.module, (), bound
        return home, around, node


def _elements(node: ast.expr, part: str) -> list[ast.expr]:
    match node:
        case ast.Dict(keys=keys, values=values):
            known = [(key, value) for key, value in zip(keys, values, strict=True) if key is not None]
            pairs: list[ast.expr] = [ast.Tuple(elts=[key, value]) for key, value in known]
            return pairs if part == "items" else [value if part == "values" else key for key, value in known]
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return elements
    return []


def _variables(target: ast.expr, places: tuple[int, ...] = ()) -> list[tuple[str, tuple[int, ...]]]:
    """The names a loop binds, each with its places in what one turn gives: none of them for all of it."""
    match target:
        case ast.Name(id=name):
            return [(name, places)]
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return [one for place, inner in enumerate(elements) for one in _variables(inner, (*places, place))]
    return []


def _part(element: ast.expr, *places: int) -> ast.expr:
    for place in places:
        parts = element.elts if isinstance(element, ast.Tuple | ast.List) else []
        element = parts[place] if place < len(parts) else ast.Constant(None)
    return element


def replaced(node: ast.expr, values: dict[str, ast.expr]) -> ast.expr:
    """An expression with other expressions in the place of variables."""
    match node:
        case ast.Name(id=name):
            return values.get(name, node)
        case ast.Attribute(value=value, attr=attr):
            return ast.Attribute(value=replaced(value, values), attr=attr, ctx=ast.Load())
        case ast.JoinedStr(values=parts):
            return ast.JoinedStr(values=[replaced(one, values) for one in parts])
        case ast.FormattedValue(value=value):
            return ast.FormattedValue(value=replaced(value, values), conversion=-1)
        case ast.BinOp(left=left, op=op, right=right):
            return ast.BinOp(left=replaced(left, values), op=op, right=replaced(right, values))
        case ast.Subscript(value=value, slice=ast.Constant(value=int(place))):
            return _part(replaced(value, values), place)
    return node
