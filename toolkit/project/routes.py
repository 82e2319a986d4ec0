"""Endpoints, and the full path each answers under: the prefixes of all routers it is included through."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from toolkit.project.instances import APP, Instances
from toolkit.project.loops import Loops, replaced
from toolkit.project.modules import Functions, Module, is_test
from toolkit.project.names import Names
from toolkit.project.scopes import Given, Key, dotted, first, in_turn, keyword, mounted
from toolkit.project.sources import Sources
from toolkit.project.texts import text

ADDING = ("add_api_route", "add_api_websocket_route", "add_websocket_route")
METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "trace", "websocket")
DEEPEST = 12


@dataclass(frozen=True)
class Endpoint:
    module: Module
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
        for key, (module, call) in self.instances.routers.items():
            if not is_test(module):
                self.routers[key] = Router(module, text(names, module, keyword(call, "prefix")))
        for module in sources.modules.values():
            if is_test(module):  # tests make routes for themselves
                continue
            loops = Loops(names, self.instances)
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
            case ast.For():
                loops.enter(module, functions, node)
            case ast.Call(func=ast.Attribute(attr="include_router", value=parent), args=args):
                child = args[0] if args else keyword(node, "router")
                for turn in loops.turns(child, keyword(node, "prefix")):
                    self._include(module, functions, parent, loops, *turn)
            case ast.Call(func=ast.Attribute(attr="mount", value=parent), args=args):
                for turn in loops.turns(mounted(node), args[0] if args else keyword(node, "path")):
                    self._include(module, functions, parent, loops, *turn)
            case ast.Call(func=ast.Attribute(attr=attr, value=owner), args=args) if attr in ADDING:
                path = args[0] if args else keyword(node, "path")
                function = args[1] if len(args) > 1 else keyword(node, "route" if "socket" in attr else "endpoint")
                methods = ["websocket"] if "socket" in attr else _methods(node)
                if function is not None:
                    self._add(module, self.instances.owners(module, functions, owner), methods, path, function)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                for decorator in node.decorator_list:
                    self._decorated(module, functions, decorator, node)

    def _include(
        self,
        module: Module,
        functions: Functions,
        parent: ast.expr,
        loops: Loops,
        child: ast.expr,
        prefix: ast.expr | None,
    ) -> None:
        """Note an inclusion: where parameters have a part in it, one for each call of their function."""
        home = loops.home(module, functions, child)
        above, below = self.instances.owner(module, functions, parent), self.instances.owner(*home)
        used = {} if above else {first(parent)}
        used = {*used, *({first(child)} if below is None else ()), *_names_in(prefix)}
        for turn in self.instances.parameters.turns(module, functions, used) or [{}]:
            texts = {name: ast.Constant(text(self._names, given[0], given[2])) for name, given in turn.items()}
            added = text(self._names, module, replaced(prefix, {**texts}) if prefix is not None else None)
            places = [above] if above else self._owners(module, functions, parent, turn)
            for place in places:
                self._place(module, place, [below] if below else self._owners(*home, turn), home, added)

    def _owners(self, module: Module, functions: Functions, node: ast.expr, turn: dict[str, Given]) -> list[Key]:
        given = turn.get(first(node))
        return self.instances.owners(*(in_turn(given, node) if given else (module, functions, node)))

    def _place(self, module: Module, above: Key, keys: list[Key], home: Given, added: str) -> None:
        for key in keys:
            if key in self.routers and key != above and (above, added) not in self.routers[key].parents:
                self.routers[key].parents.append((above, added))
        if not keys and (made := self.instances.bindings.call(*home)):
            own = text(self._names, made[0], keyword(made[1], "prefix"))
            self.made.append(Made(module, above, added + own, _maker(made[1])))

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
                keys = self.instances.owners(module, functions, owner)
                self._add(module, keys, methods, path, ast.Name(function.name), function.lineno)

    def _add(
        self,
        module: Module,
        keys: list[Key],
        methods: list[str],
        path: ast.expr | None,
        function: ast.expr,
        line: int | None = None,
    ) -> None:
        shown = text(self._names, module, path)
        for key in keys:
            self.routers.setdefault(key, Router(module)).endpoints += [
                Endpoint(module, one.upper(), shown, dotted(function).removeprefix("self."), line or function.lineno)
                for one in methods
            ]


def _maker(call: ast.Call) -> str:
    """What makes a router: a call by its name, but of `getattr(module, "router")` all is worth knowing."""
    name = ast.unparse(call.func)
    return ast.unparse(call) if name == "getattr" else f"{name}()"


def _methods(node: ast.Call) -> list[str]:
    value = keyword(node, "methods")
    elements = value.elts if isinstance(value, ast.List | ast.Tuple | ast.Set) else []
    return [one.value for one in elements if isinstance(one, ast.Constant) and isinstance(one.value, str)] or ["get"]


def _names_in(node: ast.expr | None) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} if node is not None else set()
