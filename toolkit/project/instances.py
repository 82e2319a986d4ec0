"""Which variables of a project hold its application and its routers."""

from __future__ import annotations

import ast
from typing import TypeGuard

from toolkit.project.modules import Functions, Module, Sources
from toolkit.project.names import Definition, Names

ROUTER_CLASSES = {"fastapi.APIRouter", "fastapi.routing.APIRouter"}
APP_CLASSES = {"fastapi.FastAPI", "fastapi.applications.FastAPI"}
# The application has one key, however it is reached: a variable, a parameter, what a factory returns.
APP = ("", "app")

Key = tuple[str, str]


class Instances:
    """Routers by the place that defines them, applications apart from those that another one mounts."""

    def __init__(self, sources: Sources, names: Names) -> None:
        self.names = names
        self._modules = list(sources.modules.values())
        self.routers: dict[Key, tuple[Module, ast.Call]] = {}
        self.applications: list[tuple[Module, Functions, str]] = []
        for module in self._modules:
            self._define(module)
        self._mounted()

    def _define(self, module: Module) -> None:
        for node, functions in module.members:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call):
                kind = self._kind(module, node.value)
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    if kind == "router" and dotted(target):
                        self.routers[_key(module, functions, dotted(target))] = (module, node.value)
                    elif kind == "app":
                        self.applications.append((module, functions, dotted(target)))
            elif isinstance(node, ast.Return) and self._kind(module, node.value) == "app":
                self.applications.append((module, functions, ""))

    def _kind(self, module: Module, node: ast.expr | None) -> str:
        found = self.names.called(module, node)
        if isinstance(found, Definition):
            made = self.names.ancestors(found) if isinstance(found.node, ast.ClassDef) else frozenset()
        else:
            made = frozenset({found or ""})
        return "app" if made & APP_CLASSES else "router" if made & ROUTER_CLASSES else ""

    def _mounted(self) -> None:
        """An application that is mounted in another one answers below a prefix, as a router does."""
        for module in self._modules:
            for node, _ in module.members:
                if isinstance(node, ast.Call) and (child := mounted(node)) is not None:
                    found = self.names.meaning(module, child)
                    value = found.node.value if isinstance(found, Definition) and _assigns(found.node) else None
                    place = (found.module, (), found.name) if isinstance(found, Definition) else None
                    if place in self.applications and isinstance(value, ast.Call) and isinstance(found, Definition):
                        self.applications.remove(place)
                        self.routers[found.key] = (found.module, value)

    def owner(self, module: Module, functions: Functions, node: ast.expr) -> Key | None:
        """The key of the router, or of the application, that an expression inside functions stands for."""
        if name := dotted(node):
            for depth in range(len(functions), -1, -1):
                key = _key(module, functions[:depth], name)
                if key in self.routers:
                    return key
        found = self.names.meaning(module, node)
        if isinstance(found, Definition):
            return found.key if found.key in self.routers else self._application(found.module, (), found.name)
        return self._application(module, functions, name) if name else None

    def _application(self, module: Module, functions: Functions, name: str) -> Key | None:
        for one, inside, called in self.applications:
            if one is module and called == name and inside == functions[: len(inside)]:
                return APP
        for function in functions:
            for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs):
                if argument.arg == name and self.names.meaning(module, argument.annotation) in APP_CLASSES:
                    return APP
        return APP if self.made_by_factory(self.names.lookup(module, name)) else None

    def made_by_factory(self, found: object) -> bool:
        """Whether a name is bound to what a factory of the project returns."""
        if not isinstance(found, Definition) or not _assigns(found.node):
            return False
        made = self.names.called(found.module, found.node.value)
        return isinstance(made, Definition) and self.is_factory(made)

    def is_factory(self, function: Definition) -> bool:
        """Whether a function of the project returns an application."""
        node = function.node
        if not isinstance(node, ast.FunctionDef):
            return False
        made = self.names.meaning(function.module, node.returns)
        ancestors = self.names.ancestors(made) if isinstance(made, Definition) else {made}
        if ancestors & APP_CLASSES:
            return True
        returned = {dotted(one.value) for one in ast.walk(node) if isinstance(one, ast.Return)}
        return any(inside[:1] == (node,) and name in returned for _, inside, name in self.applications)


def mounted(node: ast.Call) -> ast.expr | None:
    """What a call like `app.mount("/v2", other)` mounts."""
    if not isinstance(node.func, ast.Attribute) or node.func.attr != "mount":
        return None
    return node.args[1] if len(node.args) > 1 else keyword(node, "app")


def keyword(node: ast.Call, name: str) -> ast.expr | None:
    """The value of a keyword argument."""
    return next((one.value for one in node.keywords if one.arg == name), None)


def dotted(node: ast.AST | None) -> str:
    """A name or an attribute as it is written; nothing for other expressions."""
    return ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""


def _key(module: Module, functions: Functions, name: str) -> Key:
    return str(module.path), ".".join([*(function.name for function in functions), name])


def _assigns(node: ast.AST) -> TypeGuard[ast.Assign | ast.AnnAssign]:
    return isinstance(node, ast.Assign | ast.AnnAssign)
