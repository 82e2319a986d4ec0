"""Which variables of a project hold its application and its routers."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from toolkit.project.modules import Functions, Module, is_test
from toolkit.project.names import Definition, Names
from toolkit.project.scopes import Key, dotted, key_of, keys_of, mounted, scope
from toolkit.project.sources import Sources

ROUTER_CLASSES = {"fastapi.APIRouter", "fastapi.routing.APIRouter"}
APP_CLASSES = {"fastapi.FastAPI", "fastapi.applications.FastAPI"}
# The application has one key, however it is reached: a variable, a parameter, what a factory returns.
APP = ("", "app")
# What a parameter without annotation is called that stands for the application.
USUAL_NAMES = {"app", "application"}


@dataclass(frozen=True, eq=False)
class Instance:
    """A variable of a module, or of functions in it, and the call that makes what it holds; "" where it is returned."""

    module: Module
    functions: Functions
    name: str
    call: ast.Call

    @property
    def key(self) -> Key:
        return key_of(self.module, self.functions, self.name)


class Instances:
    """Routers by the place that defines them, applications apart from those that another one mounts."""

    def __init__(self, sources: Sources, names: Names) -> None:
        self.names = names
        self._modules = list(sources.modules.values())
        self.routers: dict[Key, tuple[Module, ast.Call]] = {}
        self.applications: list[Instance] = []
        self.mounted: list[Instance] = []
        self._calls: dict[Key, ast.Call] = {}
        self._asked: list[ast.FunctionDef] = []
        self._returned: dict[ast.AST, list[ast.expr]] = defaultdict(list)
        for module in self._modules:
            self._define(module)
        self._mount()

    def _define(self, module: Module) -> None:
        for node, functions in module.members:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call):
                kind = self._kind(module, node.value)
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    one = Instance(module, *scope(module, functions, dotted(target)), node.value)
                    self._calls[one.key] = node.value
                    if kind == "router" and one.name:
                        self.routers[one.key] = (module, node.value)
                    elif kind == "app":
                        self.applications.append(one)
            elif isinstance(node, ast.Return) and node.value is not None and functions:
                self._returned[functions[-1]].append(node.value)
                if isinstance(node.value, ast.Call) and self._kind(module, node.value) == "app":
                    self.applications.append(Instance(module, functions, "", node.value))

    def _kind(self, module: Module, node: ast.expr | None) -> str:
        found = self.names.called(module, node)
        if isinstance(found, Definition):
            made = self.names.ancestors(found) if isinstance(found.node, ast.ClassDef) else frozenset()
        else:
            made = frozenset({found or ""})
        return "app" if made & APP_CLASSES else "router" if made & ROUTER_CLASSES else ""

    def _mount(self) -> None:
        """An application that is mounted in another one answers below a prefix, as a router does."""
        found = [
            one
            for module in self._modules
            if not is_test(module)
            for node, functions in module.members
            if isinstance(node, ast.Call)
            for one in self._inner(module, functions, node)
        ]
        for one in dict.fromkeys(found):
            self.applications.remove(one)
            self.mounted.append(one)
            self.routers[one.key] = (one.module, one.call)

    def _inner(self, module: Module, functions: Functions, node: ast.Call) -> Iterator[Instance]:
        """The application that a call mounts, unless the function that mounts it returns it in other cases."""
        child = mounted(node)
        if child is None or not isinstance(node.func, ast.Attribute):
            return
        one = self._denoted(module, functions, child, self.applications)
        if one is None or self.owner(module, functions, node.func.value) is None:
            return
        if not (functions and one.functions == functions and one.name in map(dotted, self._returned[functions[-1]])):
            yield one

    def _denoted(self, module: Module, functions: Functions, node: ast.expr, among: list[Instance]) -> Instance | None:
        """The one of some instances that an expression inside functions stands for: by its name, or by its factory."""
        keys = [*keys_of(module, functions, dotted(node)), *self._attribute(module, functions, node)]
        found = self.names.meaning(module, node)
        keys += [found.key] if isinstance(found, Definition) else []
        by_name = next((one for key in keys for one in among if one.name and one.key == key), None)
        factory = self._factory(module, functions, node)
        if by_name or factory is None:
            return by_name
        returned = {dotted(value) for value in self._returned[factory]}
        return next((one for one in among if one.functions[:1] == (factory,) and one.name in returned), None)

    def _factory(self, module: Module, functions: Functions, node: ast.expr) -> ast.FunctionDef | None:
        """The function of the project that makes what an expression stands for: `make()`, or `x` after `x = make()`."""
        made = self._made(module, functions, node)
        return made.node if made and isinstance(made.node, ast.FunctionDef) else None

    def call(self, module: Module, functions: Functions, node: ast.expr) -> tuple[Module, ast.Call] | None:
        """The call that makes what an expression stands for, and where that is: the expression, or a name's value."""
        if isinstance(node, ast.Call):
            return module, node
        known = next((self._calls[key] for key in keys_of(module, functions, dotted(node)) if key in self._calls), None)
        if known is not None:
            return module, known
        found = self.names.meaning(module, node)
        value = found.node.value if isinstance(found, Definition) and _assigns(found.node) else None
        return (found.module, value) if isinstance(found, Definition) and isinstance(value, ast.Call) else None

    def returned(self, function: ast.AST) -> ast.expr | None:
        """What a function returns, where it does so in one place."""
        values = self._returned.get(function, ())
        return values[0] if len(values) == 1 else None

    def _made(self, module: Module, functions: Functions, node: ast.expr) -> Definition | None:
        """The function or class of the project that is called for what an expression stands for."""
        call = self.call(module, functions, node)
        made = self.names.called(*call) if call else None
        return made if isinstance(made, Definition) else None

    def _attribute(self, module: Module, functions: Functions, node: ast.expr) -> list[Key]:
        """Where `Class.router`, `Class().router`, or `x.router` after `x = Class()` may be defined."""
        if not isinstance(node, ast.Attribute):
            return []
        found = self.names.meaning(module, node.value)
        if not (isinstance(found, Definition) and isinstance(found.node, ast.ClassDef)):
            found = self._made(module, functions, node.value)
        if found is None or isinstance(found, str) or not isinstance(found.node, ast.ClassDef):
            return []
        path = str(found.module.path)
        return [(path, f"{found.node.name}.{node.attr}"), (path, node.attr)]

    def owner(self, module: Module, functions: Functions, node: ast.expr) -> Key | None:
        """The key of the router, or of the application, that an expression inside functions stands for."""
        attributes = self._attribute(module, functions, node)
        for key in (*keys_of(module, functions, dotted(node)), *attributes):
            if key in self.routers:
                return key
        found = self.names.meaning(module, node)
        if isinstance(found, Definition) and found.key in self.routers:
            return found.key
        if inner := self._denoted(module, functions, node, self.mounted):
            return inner.key
        if (made := self._made_router(module, functions, node)) is not None:
            return made
        return APP if self._is_application(module, functions, node) else None

    def _made_router(self, module: Module, functions: Functions, node: ast.expr) -> Key | None:
        """The router that a function of the project returns, wherever it is made."""
        made = self._made(module, functions, node)
        if made is None or not isinstance(made.node, ast.FunctionDef):
            return None
        for value in self._returned[made.node]:
            names = keys_of(made.module, (made.node,), dotted(value))
            meant = self.names.meaning(made.module, value)
            keys = [*names, *([meant.key] if isinstance(meant, Definition) else [])]
            if key := next((key for key in keys if key in self.routers), None):
                return key
        return None

    def _is_application(self, module: Module, functions: Functions, node: ast.expr) -> bool:
        if self._denoted(module, functions, node, self.applications):
            return True
        for function in functions:
            for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs):
                if argument.arg == dotted(node):
                    said = argument.annotation
                    return self.names.meaning(module, said) in APP_CLASSES if said else argument.arg in USUAL_NAMES
        made = self._made(module, functions, node)
        return made is not None and self.is_factory(made)

    def is_factory(self, function: Definition) -> bool:
        """Whether a function of the project returns an application, and not one that another one mounts."""
        node = function.node
        if not isinstance(node, ast.FunctionDef) or node in self._asked:
            return False
        if any(one.functions == (node,) and not one.name for one in self.applications):
            return True
        self._asked.append(node)
        owners = {self.owner(function.module, (node,), value) for value in self._returned[node]}
        self._asked.pop()
        if APP in owners or owners & {one.key for one in self.mounted}:
            return APP in owners
        made = self.names.meaning(function.module, node.returns)
        ancestors = self.names.ancestors(made) if isinstance(made, Definition) else {made}
        return bool(ancestors & APP_CLASSES)

    def is_application(self, found: Definition) -> bool:
        """Whether a name of a module is bound to what a factory returns, or to an application that an object holds."""
        value = found.node.value if _assigns(found.node) else None
        return value is not None and self.owner(found.module, (), value) == APP


def _assigns(node: ast.AST) -> TypeGuard[ast.Assign | ast.AnnAssign]:
    return isinstance(node, ast.Assign | ast.AnnAssign)
