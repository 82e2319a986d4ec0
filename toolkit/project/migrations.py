"""The migrations, Alembic's or Aerich's: their folder, revisions and heads, read from the files alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.project import configuration


@dataclass(frozen=True)
class Revision:
    name: str
    path: Path
    down: tuple[str, ...]


@dataclass(frozen=True)
class Migrations:
    """What the tool is told: the file that tells it, the folder of the migrations, and the revisions there."""

    config: Path
    folder: Path
    revisions: tuple[Revision, ...]
    tool: str = "alembic"

    @property
    def heads(self) -> list[str]:
        """Revisions that no other one follows."""
        followed = {down for revision in self.revisions for down in revision.down}
        return [revision.name for revision in self.revisions if revision.name not in followed]


def find(folder: Path, below: tuple[Path, ...]) -> Migrations | None:
    """The tool's settings in the project's folder or one of those below it; None where there are none."""
    for place, values in _settings(folder, below):
        location = values.get("script_location", "")
        scripts = _scripts(location, place.parent, (folder, *below)).resolve() if location else place.parent
        versions = re.split(r"[ ,:;\n]+", values["version_locations"]) if values.get("version_locations") else []
        folders = [place.parent / _here(one, place.parent) for one in versions] or [scripts / "versions"]
        recursive = values.get("recursive_version_locations", "").lower() == "true"
        revisions = [one for versions in folders for path in _files(versions, recursive) for one in _revision(path)]
        return Migrations(place, scripts, tuple(revisions))
    return next(_of_aerich(folder), None)


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
        yield Migrations(folder / file, place, tuple(revisions), "aerich")


def _settings(folder: Path, below: tuple[Path, ...]) -> Iterator[tuple[Path, dict[str, str]]]:
    for place in (folder, *sorted(below, key=lambda one: len(one.parts))):
        parser = configuration.ini(place / "alembic.ini")
        table = configuration.within(configuration.toml(place / "pyproject.toml"), "tool", "alembic")
        if isinstance(table, dict):
            yield place / "pyproject.toml", {key: _joined(value) for key, value in table.items()}
        elif parser.has_section("alembic"):
            yield place / "alembic.ini", dict(parser.items("alembic"))


def _scripts(location: str, beside: Path, places: tuple[Path, ...]) -> Path:
    """Where the revisions are: a path from the settings, or, as in `package:folder`, from a package of the project."""
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
