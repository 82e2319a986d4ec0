"""What variables are bound to, attributes of `self` keep, and functions return."""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TypeGuard

from toolkit.project.modules import Functions, Module
from toolkit.project.names import Definition, Names
from toolkit.project.scopes import Given, Key, dotted, key_of, keys_of, scope


class Bindings:
    """Those of all modules of one project."""

    def __init__(self, modules: list[Module], names: Names) -> None:
        self._names = names
        self._calls: dict[Key, ast.Call] = {}
        # Attributes that are what a name stands for, as in `self.router = router`.
        self._kept: dict[Key, Given] = {}
        self.returned: dict[ast.AST, list[ast.expr]] = defaultdict(list)
        for module in modules:
            for node, functions in module.members:
                if assigns(node):
                    self._bind(module, functions, node)
                elif isinstance(node, ast.Return) and node.value is not None and functions:
                    self.returned[functions[-1]].append(node.value)

    def _bind(self, module: Module, functions: Functions, node: ast.Assign | ast.AnnAssign) -> None:
        for target in targets(node):
            if isinstance(node.value, ast.Call):
                self._calls[key_of(module, *scope(module, functions, dotted(target)))] = node.value
            elif isinstance(node.value, ast.Name) and isinstance(target, ast.Attribute):
                self._kept[key_of(module, *scope(module, functions, dotted(target)))] = (module, functions, node.value)

    def call(self, module: Module, functions: Functions, node: ast.expr) -> tuple[Module, ast.Call] | None:
        """The call that makes what an expression stands for, and where that is: the expression, or a name's value."""
        if isinstance(node, ast.Call):
            return module, node
        known = next((self._calls[key] for key in keys_of(module, functions, dotted(node)) if key in self._calls), None)
        if known is not None:
            return module, known
        found = self._names.meaning(module, node)
        value = found.node.value if isinstance(found, Definition) and assigns(found.node) else None
        return (found.module, value) if isinstance(found, Definition) and isinstance(value, ast.Call) else None

    def made(self, module: Module, functions: Functions, node: ast.expr) -> Definition | None:
        """The function or class of the project that is called for what an expression stands for."""
        call = self.call(module, functions, node)
        made = self._names.called(*call) if call else None
        return made if isinstance(made, Definition) else None

    def kept(self, module: Module, functions: Functions, node: ast.expr) -> Given:
        """The name that an attribute of `self` was given, or the expression itself."""
        found = (self._kept[key] for key in keys_of(module, functions, dotted(node)) if key in self._kept)
        return next(found, (module, functions, node))

    def only(self, function: ast.AST) -> ast.expr | None:
        """What a function returns, where it does so in one place."""
        values = self.returned.get(function, ())
        return values[0] if len(values) == 1 else None


def targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def assigns(node: ast.AST) -> TypeGuard[ast.Assign | ast.AnnAssign]:
    return isinstance(node, ast.Assign | ast.AnnAssign)
