"""Which variables of a project hold its application and its routers."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.project.bindings import Bindings, assigns, targets
from toolkit.project.modules import Functions, Module, is_test
from toolkit.project.names import Definition, Names
from toolkit.project.parameters import Parameters
from toolkit.project.scopes import Key, dotted, first, in_turn, key_of, keys_of, mounted, scope
from toolkit.project.sources import Sources

ROUTER_CLASSES = {"fastapi.APIRouter", "fastapi.routing.APIRouter"}
APP_CLASSES = {"fastapi.FastAPI", "fastapi.applications.FastAPI"}
# The application has one key, however it is reached: a variable, a parameter, what a factory returns.
APP = ("", "app")
# What a parameter without annotation is called that stands for the application.
USUAL_NAMES = {"app", "application"}
DEEPEST = 6


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
        self.parameters = Parameters(self._modules, names)
        self.bindings = Bindings(self._modules, names)
        self._asked: list[ast.FunctionDef] = []
        for module in self._modules:
            self._define(module)
        self._inherit()
        self._mount()

    def _define(self, module: Module) -> None:
        for node, functions in module.members:
            call = getattr(node, "value", None)
            if not isinstance(call, ast.Call) or not (kind := self._kind(module, call)):
                continue
            for target in targets(node) if assigns(node) else (None,):
                one = Instance(module, *scope(module, functions, dotted(target)), call)
                if kind == "router" and one.name:
                    self.routers[one.key] = (module, call)
                elif kind == "app":
                    self.applications.append(one)

    def _inherit(self) -> None:
        """A class has the routers that its parents make for their instances, each for itself."""
        made: dict[Key, list[tuple[str, tuple[Module, ast.Call]]]] = defaultdict(list)
        for (path, name), router in self.routers.items():
            owner, _, attribute = name.rpartition(".")
            made[path, owner].append((attribute, router))
        classes = [
            Definition(module, name, node)
            for module in self._modules
            for name, node in module.definitions.items()
            if isinstance(node, ast.ClassDef) and node.bases
        ]
        for one in classes if any(owner for _, owner in made) else ():
            for parent in self.names.parents(one):
                for attribute, router in made.get(parent.key, ()):
                    self.routers.setdefault((one.key[0], f"{one.name}.{attribute}"), router)

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
        if not (
            functions and one.functions == functions and one.name in map(dotted, self.bindings.returned[functions[-1]])
        ):
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
        returned = {dotted(value) for value in self.bindings.returned[factory]}
        return next((one for one in among if one.functions[:1] == (factory,) and one.name in returned), None)

    def _factory(self, module: Module, functions: Functions, node: ast.expr) -> ast.FunctionDef | None:
        """The function of the project that makes what an expression stands for: `make()`, or `x` after `x = make()`."""
        made = self.bindings.made(module, functions, node)
        return made.node if made and isinstance(made.node, ast.FunctionDef) else None

    def _attribute(self, module: Module, functions: Functions, node: ast.expr) -> list[Key]:
        """Where `Class.router`, `Class().router`, or `x.router` after `x = Class()` may be defined."""
        if not isinstance(node, ast.Attribute):
            return []
        found = self.names.meaning(module, node.value)
        if not (isinstance(found, Definition) and isinstance(found.node, ast.ClassDef)):
            found = self.bindings.made(module, functions, node.value)
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
        made = self.bindings.made(module, functions, node)
        given_out = self._given_out(made) if made else []
        if given_out and APP not in given_out:
            return given_out[0]
        if self._is_application(module, functions, node) or (made and self.is_factory(made)):
            return APP
        return self._held(module, functions, node)

    def owners(self, module: Module, functions: Functions, node: ast.expr, depth: int = 0) -> list[Key]:
        """The same, where a parameter stands for whatever the callers of its function give."""
        if (key := self.owner(module, functions, node)) is not None:
            return [key]
        name = first(node)
        turns = self.parameters.turns(module, functions, {name}) if name and depth < DEEPEST else []
        given = [in_turn(turn[name], node) for turn in turns if name in turn]
        return list(dict.fromkeys(key for one in given for key in self.owners(*one, depth + 1)))

    def _held(self, module: Module, functions: Functions, node: ast.expr) -> Key | None:
        """The one router that an object of the project's holds, where a parameter or an attribute is said to be one."""
        module, functions, node = self.bindings.kept(module, functions, node)
        said = self.names.meaning(module, self.parameters.said(functions, dotted(node)))
        if not isinstance(said, Definition) or not isinstance(said.node, ast.ClassDef):
            return None
        held = [key for key in self.routers if key[0] == said.key[0] and key[1].startswith(f"{said.name}.")]
        return held[0] if len(held) == 1 else None

    def _given_out(self, function: Definition) -> list[Key]:
        """The routers and applications that a function of the project returns."""
        node = function.node
        if not isinstance(node, ast.FunctionDef) or node in self._asked:
            return []
        self._asked.append(node)
        found = [self.owner(function.module, (node,), value) for value in self.bindings.returned[node]]
        self._asked.pop()
        return [key for key in found if key is not None]

    def _is_application(self, module: Module, functions: Functions, node: ast.expr) -> bool:
        if self._denoted(module, functions, node, self.applications):
            return True
        for function in functions:
            for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs):
                if argument.arg == dotted(node):
                    said = argument.annotation
                    return self.names.meaning(module, said) in APP_CLASSES if said else argument.arg in USUAL_NAMES
        return False

    def is_factory(self, function: Definition) -> bool:
        """Whether a function of the project returns an application, and not one that another one mounts."""
        node = function.node
        if not isinstance(node, ast.FunctionDef) or node in self._asked:
            return False
        if any(one.functions == (node,) and not one.name for one in self.applications):
            return True
        owners = self._given_out(function)
        if APP in owners or {*owners} & {one.key for one in self.mounted}:
            return APP in owners
        made = self.names.meaning(function.module, node.returns)
        ancestors = self.names.ancestors(made) if isinstance(made, Definition) else {made}
        return bool(ancestors & APP_CLASSES)

    def is_application(self, found: Definition) -> bool:
        """Whether a name of a module is bound to what a factory returns, or to an application that an object holds."""
        value = found.node.value if assigns(found.node) else None
        return value is not None and self.owner(found.module, (), value) == APP
