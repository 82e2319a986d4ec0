"""The migrations, Alembic's or Aerich's: their folder, revisions and heads, read from the files alone."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.project import configuration

USUAL = "alembic"
# What settings call the sign between several folders of revisions; without a word of theirs it is a blank or a comma.
SEPARATORS = {":": ":", ";": ";", "os": re.escape(os.pathsep), "space": " +", "newline": "\n+"}


@dataclass(frozen=True)
class Revision:
    name: str
    path: Path
    down: tuple[str, ...]


@dataclass(frozen=True)
class Migrations:
    """What the tool is told: the file and section that tell it, the folder of the migrations, and the revisions there.

    Where the project's code alone tells Alembic, the file is env.py and there is no section.
    """

    config: Path
    folder: Path
    revisions: tuple[Revision, ...]
    tool: str = "alembic"
    section: str = ""

    @property
    def heads(self) -> list[str]:
        """Revisions that no other one follows."""
        followed = {down for revision in self.revisions for down in revision.down}
        return [revision.name for revision in self.revisions if revision.name not in followed]

    @property
    def is_told_by_code(self) -> bool:
        return self.config.name == "env.py"

    @property
    def named(self) -> tuple[str, ...]:
        """The options by which Alembic takes a section that is not the usual one."""
        return ("-n", self.section) if self.section not in ("", USUAL) else ()


def find(folder: Path, below: tuple[Path, ...]) -> list[Migrations]:
    """The migrations that the first settings tell of, in the project's folder or one of those below it."""
    places = (folder, *sorted(below, key=lambda one: len(one.parts)))
    for config, sections in _settings(places):
        return [_told(config, section, values, places) for section, values in sections.items()]
    return [*_of_aerich(folder)] or [*_told_by_code(places)]


def _told(config: Path, section: str, values: Mapping[str, str], places: tuple[Path, ...]) -> Migrations:
    beside, location = config.parent, values.get("script_location", "")
    scripts = _folder(location, beside, places).resolve() if location else beside
    separator = SEPARATORS.get(values.get("path_separator") or values.get("version_path_separator", ""), r"[ ,\n]+")
    versions = re.split(separator, values["version_locations"].strip()) if values.get("version_locations") else []
    folders = [_folder(one, beside, places) for one in versions] or [scripts / "versions"]
    recursive = values.get("recursive_version_locations", "").lower() == "true"
    revisions = [one for versions in folders for path in _files(versions, recursive) for one in _revision(path)]
    return Migrations(config, scripts, tuple(revisions), section=section)


def _told_by_code(places: tuple[Path, ...]) -> Iterator[Migrations]:
    for place in places:
        versions = _files(place / "versions", recursive=False) if (place / "env.py").is_file() else []
        if revisions := [one for path in versions for one in _revision(path)]:
            yield Migrations(place / "env.py", place.resolve(), tuple(revisions))


def _files(versions: Path, recursive: bool) -> list[Path]:
    """The files of revisions; env.py itself may have said that there are folders of them."""
    beside = [] if recursive else sorted(versions.glob("*.py"))
    return beside or sorted(versions.rglob("*.py"))


def _of_aerich(folder: Path) -> Iterator[Migrations]:
    """A folder for each of Tortoise's applications, and numbered files in it, each of which follows the one before."""
    table = configuration.within(configuration.toml(folder / "pyproject.toml"), "tool", "aerich")
    parser = configuration.ini(folder / "aerich.ini")
    settings = dict(parser.items("aerich")) if parser.has_section("aerich") else table
    if isinstance(settings, dict):
        place = (folder / str(settings.get("location", "migrations"))).resolve()
        revisions: list[Revision] = []
        for application in sorted({path.parent for path in place.glob("*/[0-9]*_*.py")}):
            before: tuple[str, ...] = ()
            for path in sorted(application.glob("[0-9]*_*.py"), key=lambda one: int(one.name.partition("_")[0])):
                revisions.append(Revision(path.stem, path, before))
                before = (path.stem,)
        file = "aerich.ini" if parser.has_section("aerich") else "pyproject.toml"
        yield Migrations(folder / file, place, tuple(revisions), tool="aerich")


def _settings(places: tuple[Path, ...]) -> Iterator[tuple[Path, dict[str, dict[str, str]]]]:
    """Files with settings of Alembic: each with its sections, the usual one first, or those that `alembic -n` names."""
    for place in places:
        parser = configuration.ini(place / "alembic.ini")
        table = configuration.within(configuration.toml(place / "pyproject.toml"), "tool", "alembic")
        if isinstance(table, dict):
            yield place / "pyproject.toml", {USUAL: {key: _joined(value) for key, value in table.items()}}
        else:
            found = {one: dict(parser.items(one)) for one in parser.sections()}
            found = {one: values for one, values in found.items() if one == USUAL or "script_location" in values}
            if found:
                yield place / "alembic.ini", found


def _folder(location: str, beside: Path, places: tuple[Path, ...]) -> Path:
    """A folder as settings name it: by a path, or, as in `package:folder`, from a package of the project."""
    said = _here(location, beside)
    package, *inside = said.split(":")
    if not inside or "/" in package or "\\" in package:
        found = [beside / said]
    else:
        found = [place.joinpath(*package.split("."), *inside) for place in places]
    # What is written there may be filled in by the project: the folder itself shows its purpose.
    found += [path.parent for path in sorted(beside.glob("*/script.py.mako"))]
    return next((one for one in found if one.is_dir()), beside / (inside[-1] if inside else said))


def _joined(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _here(text: str, folder: Path) -> str:
    return text.replace("%(here)s", str(folder)).strip()


def _revision(path: Path) -> Iterator[Revision]:
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return
    values: dict[str, tuple[str, ...]] = {}
    for node in tree.body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                values[name] = tuple(
                    one.value for one in ast.walk(value) if isinstance(one, ast.Constant) and isinstance(one.value, str)
                )
    if values.get("revision"):
        yield Revision(values["revision"][0], path, values.get("down_revision", ()))
