"""What the parts of a call are, and where a variable lives that is named inside functions."""

from __future__ import annotations

import ast

from toolkit.project.modules import Functions, Module

# A file and a name in it, with the functions or the class around it.
Key = tuple[str, str]
# An expression, and where it stands.
Given = tuple[Module, Functions, ast.expr]


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


def first(node: ast.expr) -> str:
    """The name that an expression begins with."""
    return dotted(node).partition(".")[0]


def in_turn(given: Given, node: ast.expr) -> Given:
    """An expression with what is given in the place of the parameter that it is, or is an attribute of."""
    if not isinstance(node, ast.Attribute):
        return given
    module, functions, value = in_turn(given, node.value)
    return module, functions, ast.Attribute(value, node.attr)


def scope(module: Module, functions: Functions, name: str) -> tuple[Functions, str]:
    """Where a variable lives and what it is called there: an attribute of `self` belongs to the class."""
    if not functions or not name.startswith("self."):
        return functions, name
    line = functions[0].lineno
    classes = [one for one in module.definitions.values() if isinstance(one, ast.ClassDef)]
    inside = [one.name for one in classes if one.lineno <= line <= (one.end_lineno or 0)]
    return ((), f"{inside[0]}.{name.removeprefix('self.')}") if inside else (functions, name)


def keys_of(module: Module, functions: Functions, name: str) -> list[Key]:
    """Where a name inside functions may be defined, the innermost first."""
    inside, name = scope(module, functions, name)
    return [key_of(module, inside[:depth], name) for depth in range(len(inside), -1, -1)] if name else []


def key_of(module: Module, functions: Functions, name: str) -> Key:
    return str(module.path), ".".join([*(function.name for function in functions), name])
