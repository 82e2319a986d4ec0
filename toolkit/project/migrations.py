"""Alembic's folder, its revisions and their heads, read from the files alone."""

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
    """What Alembic is told: the file that tells it, the folder of env.py, and the revisions there."""

    config: Path
    folder: Path
    revisions: tuple[Revision, ...]

    @property
    def heads(self) -> list[str]:
        """Revisions that no other one follows."""
        followed = {down for revision in self.revisions for down in revision.down}
        return [revision.name for revision in self.revisions if revision.name not in followed]


def find(folder: Path, below: tuple[Path, ...]) -> Migrations | None:
    """Alembic's settings in the project's folder or one of those below it; None where there are none."""
    for place, values in _settings(folder, below):
        location = values.get("script_location", "")
        scripts = _scripts(location, place.parent, (folder, *below)).resolve() if location else place.parent
        versions = re.split(r"[ ,:;\n]+", values["version_locations"]) if values.get("version_locations") else []
        folders = [place.parent / _here(one, place.parent) for one in versions] or [scripts / "versions"]
        revisions = [one for versions in folders for path in sorted(versions.glob("*.py")) for one in _revision(path)]
        return Migrations(place, scripts, tuple(revisions))
    return None


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
    package, colon, inside = _here(location, beside).partition(":")
    if not colon or "/" in package or "\\" in package:
        return beside / _here(location, beside)
    found = (place / package.replace(".", "/") / inside for place in places)
    return next((one for one in found if one.is_dir()), beside / inside)


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
