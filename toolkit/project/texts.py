"""The text an expression has, as far as it stands in the code: constants, f-strings, defaults of settings classes."""

from __future__ import annotations

import ast

from toolkit.project.modules import Module
from toolkit.project.names import Definition, Names

DEEPEST = 8


def text(names: Names, module: Module, node: ast.expr | None, depth: int = 0) -> str:
    """The text, with what cannot be known left as `{expression}`."""
    return known(names, module, node, depth) if node is not None else ""


def known(names: Names, module: Module, node: ast.expr, depth: int = 0) -> str:
    """The same, for an expression that is there."""
    match node:
        case ast.Constant(value=str(value)):
            return value
        case ast.JoinedStr(values=values):
            return "".join(known(names, module, one, depth) for one in values)
        case ast.FormattedValue(value=value):
            return known(names, module, value, depth)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return known(names, module, left, depth) + known(names, module, right, depth)
        case ast.Name() | ast.Attribute() if depth < DEEPEST:
            found = _looked_up(names, module, node, depth)
            if found is not None:
                return found
    return "{" + ast.unparse(node) + "}"


def _looked_up(names: Names, module: Module, node: ast.expr, depth: int) -> str | None:
    found = names.meaning(module, node)
    if isinstance(found, Definition) and (value := _value(found.node)) is not None:
        return known(names, found.module, value, depth + 1)
    if isinstance(node, ast.Attribute):
        owner = _owner(names, module, node.value)
        default = _default(names, owner, node.attr) if owner else None
        if owner and default is not None:
            return known(names, owner.module, default, depth + 1)
    return None


def _value(node: ast.AST) -> ast.expr | None:
    return node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None


def _owner(names: Names, module: Module, node: ast.expr) -> Definition | None:
    """The class of the project whose instance, or which itself, an expression is: `Settings`, `settings`, `get()`."""
    found = names.called(module, node) if isinstance(node, ast.Call) else names.meaning(module, node)
    for _ in range(DEEPEST):
        if not isinstance(found, Definition):
            return None
        match found.node:
            case ast.ClassDef():
                return found
            case ast.FunctionDef(returns=returns) if returns is not None:
                found = names.meaning(found.module, returns)
            case ast.Assign(value=ast.Call() as value) | ast.AnnAssign(value=ast.Call() as value):
                found = names.called(found.module, value)
            case _:
                return None
    return None


def _default(names: Names, owner: Definition, attribute: str, depth: int = 0) -> ast.expr | None:
    """What a class says an attribute is, its parents in the project included."""
    if not isinstance(owner.node, ast.ClassDef):
        return None
    for statement in owner.node.body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if name == attribute and value is not None:
                return _of_field(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name == attribute:
                return value
    for base in owner.node.bases:
        parent = names.meaning(owner.module, base)
        if isinstance(parent, Definition) and depth < DEEPEST:
            found = _default(names, parent, attribute, depth + 1)
            if found is not None:
                return found
    return None


def _of_field(value: ast.expr) -> ast.expr | None:
    """The default inside `Field(...)`, or the value itself."""
    if not isinstance(value, ast.Call):
        return value
    if value.args and not (isinstance(value.args[0], ast.Constant) and value.args[0].value is ...):
        return value.args[0]
    return next((keyword.value for keyword in value.keywords if keyword.arg == "default"), None)
