"""The building blocks beside the routers: schemas, database models, services, repositories, settings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.project.instances import APP_CLASSES
from toolkit.project.modules import Module, is_test
from toolkit.project.names import Definition, Names
from toolkit.project.sources import Sources

SCHEMA_BASES = {
    *("pydantic.BaseModel", "pydantic.RootModel", "pydantic.main.BaseModel", "pydantic.generics.GenericModel"),
    *("pydantic.v1.BaseModel", "sqlmodel.SQLModel"),
    *(f"fastapi_users.schemas.{name}" for name in ("BaseUser", "BaseUserCreate", "BaseUserUpdate")),
}
# Calls that make a schema out of a model.
SCHEMA_CALLS = {
    *("pydantic.create_model", "tortoise.contrib.pydantic.pydantic_model_creator"),
    *("tortoise.contrib.pydantic.creator.pydantic_model_creator", "pydantic_sqlalchemy.sqlalchemy_to_pydantic"),
}
SETTINGS_BASES = {"pydantic_settings.BaseSettings", "pydantic.BaseSettings", "pydantic_settings.main.BaseSettings"}
TABLE_BASES = {
    "sqlalchemy.orm.DeclarativeBase",
    "sqlalchemy.orm.DeclarativeBaseNoMeta",
    "sqlalchemy.orm.declarative_base",
    "sqlalchemy.ext.declarative.declarative_base",
    "sqlalchemy.orm.registry",
}
DOCUMENT_BASES = {
    "beanie.Document",
    "mongoengine.Document",
    "odmantic.Model",
    "tortoise.models.Model",
    "tortoise.Model",
    "django.db.models.Model",
    "ormar.Model",
    "peewee.Model",
    "piccolo.table.Table",
}
# Classes that are something else, whatever their name or folder.
_VALUES = {"enum.Enum", "enum.StrEnum", "enum.IntEnum", "typing.NamedTuple", "typing.TypedDict"}
NO_LAYER = APP_CLASSES | _VALUES
# What derives from a class that derives from one of these may be one that does what they promise.
PROMISES = {"typing.Protocol", "typing_extensions.Protocol"}
TABLE_CALLS = {"sqlalchemy.Table", "sqlalchemy.schema.Table"}
# The libraries whose names decide what a class is; few are imported by the name that they are declared by.
LIBRARIES = {
    name.partition(".")[0]
    for name in (*APP_CLASSES, *SCHEMA_BASES, *SCHEMA_CALLS, *SETTINGS_BASES, *TABLE_BASES, *DOCUMENT_BASES)
}
# A layer is told by the name of a folder, a file or a class: `services/`, `user_service.py`, `UserService`.
LAYERS = {
    "service": re.compile(r"(?:^|_)(?:service|usecase|use_case|interactor)s?$", re.IGNORECASE),
    "repository": re.compile(r"(?:^|_)(?:repository|repositories|repo|repos|crud|cruds|dao|daos)$", re.IGNORECASE),
}
OTHER_LAYERS = re.compile(r"^(?:models?|schemas?|routers?|routes?|endpoints?|views?)$")
CLASSES = {
    "service": re.compile(r"(?:Service|UseCase|Interactor)$"),
    "repository": re.compile(r"(?:Repository|Repo|DAO|Dao)$|^CRUD"),
}


@dataclass(frozen=True)
class Part:
    """One class, or one function where a layer has functions. `table` is the table of a model, as far as it is said."""

    kind: str
    module: Module
    name: str
    line: int
    table: str = ""


def parts(sources: Sources, names: Names) -> Iterator[Part]:
    """All parts of a project, in the order of its files."""
    for module in sources.modules.values():
        if not is_test(module):
            yield from _parts(names, module)


def _parts(names: Names, module: Module) -> Iterator[Part]:
    layer = _layer(module)
    plain: list[Part] = []
    for name, node in module.definitions.items():
        kind = _kind(names, Definition(module, name, node))
        part = Part(kind or layer, module, name, node.lineno, _table(names, module, node))
        if kind:
            layer = "" if kind == layer else layer
            yield part
        elif _is_of_layer(names, module, node):
            plain.append(part)
    # In a folder of a layer, what is called by the layer's name is the layer, and the rest helps it.
    if layer:
        functions = [part for part in plain if not isinstance(module.definitions[part.name], ast.ClassDef)]
        yield from functions or plain


def _layer(module: Module) -> str:
    """The layer that the nearest name on the way to a file tells; none where that is one with classes of its own."""
    for part in reversed(module.parts):
        for layer, pattern in LAYERS.items():
            if pattern.search(part):
                return layer
        if OTHER_LAYERS.search(part):
            return ""
    return ""


def is_document(names: Names, part: Part) -> bool:
    """Whether a model is of a library that has no tables in SQLAlchemy's sense."""
    definition = Definition(part.module, part.name, part.module.definitions[part.name])
    return bool(names.ancestors(definition) & DOCUMENT_BASES)


def _kind(names: Names, found: Definition) -> str:
    node = found.node
    if isinstance(node, ast.ClassDef):
        return _class_kind(names, found, node)
    if isinstance(node, ast.Assign | ast.AnnAssign):
        made = names.called(found.module, node.value)
        return "model" if made in TABLE_CALLS else "schema" if made in SCHEMA_CALLS else ""
    return ""


def _class_kind(names: Names, found: Definition, node: ast.ClassDef) -> str:
    ancestors = names.ancestors(found)
    if ancestors & SETTINGS_BASES:
        return "settings"
    if _is_table(node) or ancestors & DOCUMENT_BASES:
        return "" if _has_abstract_meta(node) else "model"
    if ancestors & TABLE_BASES:
        return "" if _is_abstract(names, found.module, node) else "model"
    if ancestors & (SCHEMA_BASES | SCHEMA_CALLS):
        return "schema"
    if ancestors & NO_LAYER or _promises(names, found.module, node):
        return ""
    return next((kind for kind, pattern in CLASSES.items() if pattern.search(node.name)), "")


def _is_of_layer(names: Names, module: Module, node: ast.stmt) -> bool:
    """Whether something in a folder of a layer does the layer's work: no value, no error, nothing private."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return not name.startswith("_")
        case ast.ClassDef(name=name, decorator_list=decorators):
            value = any(names.meaning(module, _uncalled(one)) == "dataclasses.dataclass" for one in decorators)
            odd = name.startswith("_") or re.search(r"(?:Error|Exception)$", name)
            no_layer = names.ancestors(Definition(module, name, node)) & NO_LAYER
            return not (value or odd or no_layer or _promises(names, module, node))
    return False


def _promises(names: Names, module: Module, node: ast.ClassDef) -> bool:
    return any(names.meaning(module, base) in PROMISES for base in node.bases)


def _uncalled(node: ast.expr) -> ast.expr:
    return node.func if isinstance(node, ast.Call) else node


def _is_table(node: ast.ClassDef) -> bool:
    return _says_table(node) or _assigned(node, "__tablename__") is not None or _assigned(node, "__table__") is not None


def _says_table(node: ast.ClassDef) -> bool:
    """Whether a class is declared with `table=True`, as SQLModel has it."""
    return any(one.arg == "table" and _is_true(one.value) for one in node.keywords)


def _is_abstract(names: Names, module: Module, node: ast.ClassDef) -> bool:
    """Whether a declarative class has no table: it says so, or it is the base itself."""
    if (abstract := _assigned(node, "__abstract__")) is not None:
        return _is_true(abstract)
    return any(names.meaning(module, base) in TABLE_BASES for base in node.bases)


def _has_abstract_meta(node: ast.ClassDef) -> bool:
    """Whether a class of Tortoise or Django says in its `Meta` that it has no table of its own."""
    inner = [one for one in node.body if isinstance(one, ast.ClassDef) and one.name == "Meta"]
    said = _assigned(inner[0], "abstract") if inner else None
    return said is not None and _is_true(said)


def _is_true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _assigned(node: ast.ClassDef, name: str) -> ast.expr | None:
    for statement in node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                return value
            case ast.AnnAssign(target=ast.Name(id=target), value=value) if target == name:
                return value
    return None


def _table(names: Names, module: Module, node: ast.stmt) -> str:
    match node:
        case ast.ClassDef():
            name = _assigned(node, "__tablename__")
            if name is None and _sqlmodel(names, module, node):
                return node.name.lower()
        case ast.Assign(value=ast.Call(args=[name, *_]) as call) if names.called(module, call) in TABLE_CALLS:
            pass
        case _:
            return ""
    return name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else ""


def _sqlmodel(names: Names, module: Module, node: ast.ClassDef) -> bool:
    return _says_table(node) and "sqlmodel.SQLModel" in names.ancestors(Definition(module, node.name, node))
