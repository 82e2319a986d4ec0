"""Endpoints, and the full path each answers under: the prefixes of all routers it is included through."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from toolkit.project.instances import APP, Instances
from toolkit.project.modules import Functions, Module, is_test
from toolkit.project.names import Definition, Names
from toolkit.project.scopes import Key, dotted, keyword, mounted
from toolkit.project.sources import Sources
from toolkit.project.texts import text

ADDING = ("add_api_route", "add_api_websocket_route", "add_websocket_route")
METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "trace", "websocket")
DEEPEST = 12

# The variables of loops, each with what it stands for in every turn.
Loops = dict[str, list[ast.expr]]


@dataclass(frozen=True)
class Endpoint:
    method: str
    path: str
    function: str
    line: int


@dataclass
class Router:
    """A router, or the application: its own prefix, its endpoints, and what includes it with which prefix."""

    module: Module
    prefix: str = ""
    endpoints: list[Endpoint] = field(default_factory=list)
    parents: list[tuple[Key, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Made:
    """An inclusion of a router that some call makes and that has no endpoints in the project's code."""

    module: Module
    parent: Key
    prefix: str
    maker: str


class Routes:
    """All routers of a project, by the place that defines them; the application's key is `APP`."""

    def __init__(self, sources: Sources, names: Names) -> None:
        self._names = names
        self.instances = Instances(sources, names)
        self.routers: dict[Key, Router] = {}
        self.made: list[Made] = []
        # The modules of what loops of other modules go through.
        self._homes: dict[ast.expr, Module] = {}
        for key, (module, call) in self.instances.routers.items():
            if not is_test(module):
                self.routers[key] = Router(module, text(names, module, keyword(call, "prefix")))
        for module in sources.modules.values():
            if is_test(module):  # tests make routes for themselves
                continue
            loops: Loops = {}
            for node, functions in module.members:
                self._read(module, functions, node, loops)

    def prefixes(self, key: Key, depth: int = 0) -> list[str]:
        """Every full prefix under which a router answers; none where nothing was seen to include it."""
        if key == APP:
            return [""]
        router = self.routers[key]
        above = [(parent, added) for parent, added in router.parents if depth < DEEPEST]
        return [start + added + router.prefix for parent, added in above for start in self.prefixes(parent, depth + 1)]

    def _read(self, module: Module, functions: Functions, node: ast.AST, loops: Loops) -> None:
        match node:
            case ast.For(target=target, iter=iterated):
                elements = self._elements(module, iterated)
                loops.update((name, [_part(one, *places) for one in elements]) for name, places in _variables(target))
            case ast.Call(func=ast.Attribute(attr="include_router", value=parent), args=args):
                child = args[0] if args else keyword(node, "router")
                self._include(module, functions, parent, _turns(child, keyword(node, "prefix"), loops))
            case ast.Call(func=ast.Attribute(attr="mount", value=parent), args=args):
                prefix = args[0] if args else keyword(node, "path")
                self._include(module, functions, parent, _turns(mounted(node), prefix, loops))
            case ast.Call(func=ast.Attribute(attr=attr, value=owner), args=args) if attr in ADDING:
                path = args[0] if args else keyword(node, "path")
                function = args[1] if len(args) > 1 else keyword(node, "route" if "socket" in attr else "endpoint")
                methods = ["websocket"] if "socket" in attr else _methods(node)
                if function is not None:
                    self._add(module, self.instances.owner(module, functions, owner), methods, path, function)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                for decorator in node.decorator_list:
                    self._decorated(module, functions, decorator, node)

    def _elements(self, module: Module, node: ast.expr) -> list[ast.expr]:
        """What a loop goes through: a tuple, a list, or a part of a dict, as it stands there, named or returned."""
        part = ""
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr="items" | "values" | "keys" as part), args=[]):
                node = value
            case ast.Call(func=ast.Name("zip"), args=args):
                columns = [self._elements(module, one) for one in args]
                return [ast.Tuple(elts=[*turn]) for turn in zip(*columns, strict=False)]
            case ast.Call(func=ast.Name("enumerate"), args=[counted, *_]):
                return [ast.Tuple(elts=[ast.Constant(None), one]) for one in self._elements(module, counted)]
        home = module
        for _ in range(DEEPEST):
            found = self._names.called(home, node) or self._names.meaning(home, node)
            if not isinstance(found, Definition):
                break
            bound: ast.expr | None = getattr(found.node, "value", None) or self.instances.returned(found.node)
            if bound is None:
                break
            home, node = found.module, bound
        elements = _elements(node, part)
        if home is not module:
            self._homes.update((one, home) for one in elements)
        return elements

    def _include(
        self,
        module: Module,
        functions: Functions,
        parent: ast.expr,
        turns: Iterator[tuple[ast.expr, ast.expr | None]],
    ) -> None:
        above = self.instances.owner(module, functions, parent)
        for child, prefix in turns:
            home = self._homes.get(child)
            key = self.instances.owner(home or module, () if home else functions, child)
            if above is None or key == above:
                continue
            added = text(self._names, module, prefix)
            if key in self.routers:
                self.routers[key].parents.append((above, added))
            elif made := self.instances.call(home or module, () if home else functions, child):
                own = text(self._names, made[0], keyword(made[1], "prefix"))
                self.made.append(Made(module, above, added + own, ast.unparse(made[1].func)))

    def _decorated(
        self,
        module: Module,
        functions: Functions,
        node: ast.expr,
        function: ast.FunctionDef | ast.AsyncFunctionDef,
    ) -> None:
        match node:
            case ast.Call(func=ast.Attribute(attr=method, value=owner)) if method in (*METHODS, "api_route"):
                path = node.args[0] if node.args else keyword(node, "path")
                methods = _methods(node) if method == "api_route" else [method]
                key = self.instances.owner(module, functions, owner)
                self._add(module, key, methods, path, ast.Name(function.name), function.lineno)

    def _add(
        self,
        module: Module,
        key: Key | None,
        methods: list[str],
        path: ast.expr | None,
        function: ast.expr,
        line: int | None = None,
    ) -> None:
        if key is None:
            return
        router = self.routers.setdefault(key, Router(module))
        shown = text(self._names, module, path)
        router.endpoints += [
            Endpoint(one.upper(), shown, dotted(function).removeprefix("self."), line or function.lineno)
            for one in methods
        ]


def _methods(node: ast.Call) -> list[str]:
    value = keyword(node, "methods")
    elements = value.elts if isinstance(value, ast.List | ast.Tuple | ast.Set) else []
    return [one.value for one in elements if isinstance(one, ast.Constant) and isinstance(one.value, str)] or ["get"]


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


def _turns(child: ast.expr | None, prefix: ast.expr | None, loops: Loops) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    """An included router and its prefix; in a loop, one pair for each turn."""
    if child is None:
        return
    name = next((one.id for one in ast.walk(child) if isinstance(one, ast.Name) and one.id in loops), None)
    if name is None:
        yield child, prefix
        return
    for turn in range(len(loops[name])):
        values = {one: elements[turn] for one, elements in loops.items() if turn < len(elements)}
        yield _with(child, values), _with(prefix, values) if prefix is not None else None


def _with(node: ast.expr, values: dict[str, ast.expr]) -> ast.expr:
    """An expression with other expressions in the place of variables."""
    match node:
        case ast.Name(id=name):
            return values.get(name, node)
        case ast.Attribute(value=value, attr=attr):
            return ast.Attribute(value=_with(value, values), attr=attr, ctx=ast.Load())
        case ast.JoinedStr(values=parts):
            return ast.JoinedStr(values=[_with(one, values) for one in parts])
        case ast.FormattedValue(value=value):
            return ast.FormattedValue(value=_with(value, values), conversion=-1)
        case ast.BinOp(left=left, op=op, right=right):
            return ast.BinOp(left=_with(left, values), op=op, right=_with(right, values))
        case ast.Subscript(value=value, slice=ast.Constant(value=int(place))):
            return _part(_with(value, values), place)
    return node
