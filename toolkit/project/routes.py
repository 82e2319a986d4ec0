"""Endpoints, and the full path each answers under: the prefixes of all routers it is included through."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from toolkit.project.instances import APP, Instances, Key, dotted, keyword, mounted
from toolkit.project.modules import Functions, Module, Sources, is_test
from toolkit.project.names import Definition, Names
from toolkit.project.texts import text

METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "trace", "websocket")
DEEPEST = 12


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


class Routes:
    """All routers of a project, by the place that defines them; the application's key is `APP`."""

    def __init__(self, sources: Sources, names: Names) -> None:
        self._names = names
        self.instances = Instances(sources, names)
        self.routers: dict[Key, Router] = {}
        for key, (module, call) in self.instances.routers.items():
            if not is_test(module):
                self.routers[key] = Router(module, text(names, module, keyword(call, "prefix")))
        for module in sources.modules.values():
            if is_test(module):  # tests make routes for themselves
                continue
            loops: dict[str, list[ast.expr]] = {}
            for node, functions in module.members:
                self._read(module, functions, node, loops)

    def prefixes(self, key: Key, depth: int = 0) -> list[str]:
        """Every full prefix under which a router answers; none where nothing was seen to include it."""
        if key == APP:
            return [""]
        router = self.routers[key]
        above = [(parent, added) for parent, added in router.parents if depth < DEEPEST]
        return [start + added + router.prefix for parent, added in above for start in self.prefixes(parent, depth + 1)]

    def _read(self, module: Module, functions: Functions, node: ast.AST, loops: dict[str, list[ast.expr]]) -> None:
        match node:
            case ast.For(target=ast.Name(id=name), iter=iterated):
                loops[name] = self._elements(module, iterated)
            case ast.Call(func=ast.Attribute(attr="include_router", value=parent), args=args):
                child = args[0] if args else keyword(node, "router")
                self._include(module, functions, parent, _spread(child, loops), keyword(node, "prefix"))
            case ast.Call(func=ast.Attribute(attr="mount", value=parent), args=args):
                prefix = args[0] if args else keyword(node, "path")
                self._include(module, functions, parent, _spread(mounted(node), loops), prefix)
            case ast.Call(func=ast.Attribute(attr="add_api_route", value=owner), args=[path, function, *_]):
                self._add(module, self.instances.owner(module, functions, owner), _methods(node), path, function)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                for decorator in node.decorator_list:
                    self._decorated(module, functions, decorator, node)

    def _elements(self, module: Module, node: ast.expr) -> list[ast.expr]:
        """What a loop goes through: a tuple or a list, written there or bound to a name of the module."""
        found = self._names.meaning(module, node)
        if isinstance(found, Definition) and found.module is module:
            node = getattr(found.node, "value", None) or node
        return node.elts if isinstance(node, ast.Tuple | ast.List) else []

    def _include(
        self, module: Module, functions: Functions, parent: ast.expr, children: list[ast.expr], prefix: ast.expr | None
    ) -> None:
        above = self.instances.owner(module, functions, parent)
        for child in children:
            key = self.instances.owner(module, functions, child)
            if above is not None and key in self.routers and key != above:
                self.routers[key].parents.append((above, text(self._names, module, prefix)))

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
        router.endpoints += [Endpoint(one.upper(), shown, dotted(function), line or function.lineno) for one in methods]


def _methods(node: ast.Call) -> list[str]:
    value = keyword(node, "methods")
    elements = value.elts if isinstance(value, ast.List | ast.Tuple | ast.Set) else []
    return [one.value for one in elements if isinstance(one, ast.Constant) and isinstance(one.value, str)] or ["get"]


def _spread(child: ast.expr | None, loops: dict[str, list[ast.expr]]) -> list[ast.expr]:
    """An included router; one for each turn where it is the variable of a loop, or an attribute of it."""
    match child:
        case None:
            return []
        case ast.Name(id=name) if name in loops:
            return loops[name]
        case ast.Attribute(value=ast.Name(id=name), attr=attr) if name in loops:
            return [ast.Attribute(value=one, attr=attr, ctx=ast.Load()) for one in loops[name]]
    return [child]
