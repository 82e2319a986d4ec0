"""What a project's configuration files say: its name, its Python, what it depends on, the tools it configures."""

from __future__ import annotations

import ast
import configparser
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from toolkit.project import manifests

_NAME = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*(.*)")
_ITEM = re.compile(r"""^\s*-\s+["']?([A-Za-z0-9].*?)["']?\s*$""", re.MULTILINE)


def text(path: Path) -> str:
    """The file's text; nothing where it is absent."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def toml(path: Path) -> dict[str, Any]:
    """The file's content; nothing where it is absent or broken."""
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}


# Everything is asked of the same few files.
_parsed = lru_cache(maxsize=8)(tomllib.loads)


def ini(path: Path) -> configparser.RawConfigParser:
    """The file's sections; none where it is absent or broken."""
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, configparser.Error):
        return configparser.RawConfigParser()
    return parser


def within(data: Mapping[str, Any], *keys: str) -> Any:
    """The value under nested keys; None where one of them is missing."""
    value: Any = data
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def normal(name: str) -> str:
    """A distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def dependencies(folder: Path) -> dict[str, str]:
    """What the project declares that it needs, for itself or for its development: name and version specifier."""
    found: dict[str, str] = {}
    for text in _requirements(folder):
        if match := _NAME.fullmatch(re.split(r"\s#|;", text, maxsplit=1)[0].strip()):
            found.setdefault(normal(match[1]), match[2].strip().strip("()"))
    for name, specifier in _tables(folder):
        found.setdefault(normal(name), specifier)
    found.pop("python", None)
    return found


def _requirements(folder: Path) -> Iterator[str]:
    data = toml(folder / "pyproject.toml")
    lists = [within(data, "project", "dependencies"), within(data, "tool", "uv", "dev-dependencies")]
    for groups in (
        within(data, "project", "optional-dependencies"),
        within(data, "dependency-groups"),
        within(data, "tool", "pdm", "dev-dependencies"),
    ):
        lists += groups.values() if isinstance(groups, dict) else []
    envs = within(data, "tool", "hatch", "envs")
    for environment in envs.values() if isinstance(envs, dict) else ():
        lists += [within(environment, "dependencies"), within(environment, "extra-dependencies")]
    for texts in lists:
        yield from (text for text in texts or () if isinstance(text, str))
    for path in manifests.requirements(str(folder)):
        lines = Path(path).read_text(encoding="utf-8", errors="replace").splitlines()
        yield from (line for line in lines if not line.lstrip().startswith(("#", "-")))
    yield from _conda(folder)
    yield from _setup_cfg(ini(folder / "setup.cfg"))
    arguments = _setup_py(folder)
    for key in ("install_requires", "extras_require", "tests_require"):
        yield from arguments.get(key, ())


def _conda(folder: Path) -> Iterator[str]:
    """The list of dependencies in conda's file of an environment, those for pip included; it is no whole YAML."""
    for name in ("environment.yml", "environment.yaml"):
        if (folder / name).is_file():
            text = (folder / name).read_text(encoding="utf-8", errors="replace")
            for match in _ITEM.finditer(text.partition("dependencies:")[2]):
                yield match[1].rpartition("::")[2]


def _setup_cfg(parser: configparser.RawConfigParser) -> Iterator[str]:
    yield from parser.get("options", "install_requires", fallback="").splitlines()
    if parser.has_section("options.extras_require"):
        for _, text in parser.items("options.extras_require"):
            yield from text.splitlines()


def _setup_py(folder: Path) -> Mapping[str, list[str]]:
    try:
        return _setup_arguments((folder / "setup.py").read_bytes())
    except OSError:
        return {}


@lru_cache(maxsize=4)
def _setup_arguments(source: bytes) -> Mapping[str, list[str]]:
    """The texts in each argument that a setup.py gives to `setup`, written there or bound to a name before."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return {}
    bound = {ast.unparse(one.targets[0]): one.value for one in tree.body if isinstance(one, ast.Assign)}
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "setup":
            for one in node.keywords:
                value = bound.get(one.value.id, one.value) if isinstance(one.value, ast.Name) else one.value
                found[one.arg or ""] = [*_texts(value)]
    return found


def _texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Dict(values=elements):
            for one in elements:
                yield from _texts(one)


def _tables(folder: Path) -> Iterator[tuple[str, str]]:
    """Dependencies that are written as tables: those of Poetry, Pipenv and pixi."""
    poetry = within(toml(folder / "pyproject.toml"), "tool", "poetry") or {}
    pipfile = toml(folder / "Pipfile")
    tables = [poetry.get("dependencies"), poetry.get("dev-dependencies"), pipfile.get("packages")]
    tables += [pipfile.get("dev-packages")]
    groups = poetry.get("group")
    tables += [within(group, "dependencies") for group in groups.values()] if isinstance(groups, dict) else []
    for pixi in (toml(folder / "pixi.toml"), within(toml(folder / "pyproject.toml"), "tool", "pixi")):
        features = within(pixi or {}, "feature")
        for one in (pixi, *(features.values() if isinstance(features, dict) else ())):
            tables += [within(one or {}, "dependencies"), within(one or {}, "pypi-dependencies")]
    for table in tables:
        for name, value in table.items() if isinstance(table, dict) else ():
            version = value.get("version", "") if isinstance(value, dict) else value
            yield name, version if isinstance(version, str) and version != "*" else ""


def python_range(folder: Path) -> tuple[str, str] | None:
    """The versions of Python the project allows, and where it says so."""
    data = toml(folder / "pyproject.toml")
    for keys in (("project", "requires-python"), ("tool", "poetry", "dependencies", "python")):
        if isinstance(value := within(data, *keys), str):
            return value, "pyproject.toml"
    if value := ini(folder / "setup.cfg").get("options", "python_requires", fallback=""):
        return value, "setup.cfg"
    if said := _setup_py(folder).get("python_requires"):
        return said[0], "setup.py"
    for name in (".python-version", "runtime.txt"):
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8", errors="replace").strip(), name
    version = within(toml(folder / "Pipfile"), "requires", "python_version")
    return (version, "Pipfile") if isinstance(version, str) else None


def name(folder: Path) -> str:
    """The project's own name, or its folder's."""
    data = toml(folder / "pyproject.toml")
    for keys in (("project", "name"), ("tool", "poetry", "name")):
        if isinstance(value := within(data, *keys), str):
            return value
    said = ini(folder / "setup.cfg").get("metadata", "name", fallback="")
    return said or next(iter(_setup_py(folder).get("name", ())), folder.resolve().name)


def locked(folder: Path) -> tuple[dict[str, str], str] | None:
    """The versions in the project's lock file, and its name; in a workspace it lies in a folder above."""
    for place in (folder, *folder.resolve().parents[:2]):
        for file in ("uv.lock", "poetry.lock", "pdm.lock"):
            packages = toml(place / file).get("package")
            if isinstance(packages, list):
                versions = {normal(one["name"]): one["version"] for one in packages if {"name", "version"} <= set(one)}
                return versions, file
        if versions := _pipfile_lock(place / "Pipfile.lock"):
            return versions, "Pipfile.lock"
        if (place / ".git").exists():
            break
    return None


def _pipfile_lock(path: Path) -> dict[str, str]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    entries = {**(within(data, "develop") or {}), **(within(data, "default") or {})}
    return {normal(one): str(within(entry, "version") or "").removeprefix("==") for one, entry in entries.items()}
