"""What the parameters of a function stand for: what its callers in the project give, and what it says itself."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from toolkit.project.modules import Function, Functions, Module, is_test
from toolkit.project.names import Definition, Names
from toolkit.project.scopes import Given, dotted


class Parameters:
    """Answers for all functions of one project."""

    def __init__(self, modules: list[Module], names: Names) -> None:
        self._modules = modules
        self._names = names

    @cached_property
    def _calls(self) -> dict[str, list[tuple[Module, Functions, ast.Call]]]:
        """The calls of everything, by the last part of the name that is called; tests call for themselves."""
        found: dict[str, list[tuple[Module, Functions, ast.Call]]] = defaultdict(list)
        for module in self._modules:
            for node, functions in module.members if not is_test(module) else ():
                if isinstance(node, ast.Call):
                    found[dotted(node.func).rpartition(".")[2]].append((module, functions, node))
        return found

    def turns(self, module: Module, functions: Functions, used: set[str]) -> list[dict[str, Given]]:
        """What the innermost parameters of some names stand for: one turn for each call of their function.

        Args:
            module: where the function is.
            functions: it and those around it.
            used: names, some of which may be parameters.
        """
        for depth in range(len(functions), 0, -1):
            function = functions[depth - 1]
            wanted = [name for name in _parameters(function) if name in used]
            if wanted:
                defaults = _defaults(module, functions[: depth - 1], function)
                found = [
                    {name: one for name in wanted if (one := arguments.get(name) or defaults.get(name))}
                    for arguments in self._given(module, function)
                ]
                return [turn for turn in found if turn] or [
                    {name: defaults[name] for name in wanted if name in defaults}
                ]
        return []

    @staticmethod
    def said(functions: Functions, name: str) -> ast.expr | None:
        """The annotation of a parameter."""
        for function in reversed(functions):
            for argument in _arguments(function):
                if argument.arg == name:
                    return argument.annotation
        return None

    def _given(self, module: Module, function: Function) -> Iterator[dict[str, Given]]:
        """The arguments of each call of a function, by the parameters they are for."""
        names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
        is_method = names[:1] in (["self"], ["cls"])
        for home, around, call in self._calls[function.name]:
            if self._is_called(module, function, home, call):
                places = zip(names[is_method:], call.args, strict=False)
                arguments = {name: value for name, value in places if not isinstance(value, ast.Starred)}
                arguments |= {one.arg: one.value for one in call.keywords if one.arg}
                yield {name: (home, around, value) for name, value in arguments.items()}

    def _is_called(self, module: Module, function: Function, home: Module, call: ast.Call) -> bool:
        found = self._names.called(home, call)
        if isinstance(found, Definition):
            return found.node is function
        return home is module and dotted(call.func) == f"self.{function.name}"


def _arguments(function: Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _parameters(function: Function) -> list[str]:
    return [argument.arg for argument in _arguments(function) if argument.arg not in ("self", "cls")]


def _defaults(module: Module, around: Functions, function: Function) -> dict[str, Given]:
    args = function.args
    placed = [*args.posonlyargs, *args.args]
    pairs = [
        *zip(reversed(placed), reversed(args.defaults), strict=False),
        *zip(args.kwonlyargs, args.kw_defaults, strict=True),
    ]
    return {argument.arg: (module, around, value) for argument, value in pairs if value is not None}
