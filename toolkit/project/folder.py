"""Which folder is the FastAPI project, seen from where the user is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from toolkit.failure import ToolkitError
from toolkit.project import configuration, manifests

DEEPEST = 3
# Alembic's settings may lie beside the migrations, deep inside of a package.
DEEPEST_SETTINGS = 8
SKIPPED = {"node_modules", "__pycache__", "site-packages", "build", "dist"}
FRAMEWORKS = {"fastapi", "fastapi-slim"}


def find(start: Path) -> Path:
    """The project that `start` lies in, or the one below it.

    Raises:
        ToolkitError: `start` is no folder, there is no FastAPI project, or several are below it.
    """
    if not start.is_dir():
        raise ToolkitError(f"{start} is no folder: give the project's with --project")
    start = start.resolve()
    for place in (start, *start.parents):
        if is_project(place):
            return place
        if (place / ".git").exists():
            break
    found = [place for place in below(start, DEEPEST) if is_project(place)]
    if any(python_files(start, ())):
        # Where there is code, a folder with lists of dependencies alone is there to build an image.
        found = [place for place in found if any(python_files(place, ()))]
    if len(found) > 1:
        shown = ", ".join(str(place.relative_to(start)) for place in found)
        raise ToolkitError(f"{len(found)} FastAPI projects below {start}: choose one with --project: {shown}")
    if found:
        return found[0]
    if _imports_fastapi(start):
        return start
    raise ToolkitError(
        f"no FastAPI project in {start}: nothing there declares or imports fastapi; give its folder with --project"
    )


def is_project(place: Path) -> bool:
    """Whether a folder's own files declare that it depends on FastAPI."""
    # A folder of lists for pip belongs to the project around it.
    declares = place.name != manifests.REQUIREMENTS and manifests.files(str(place))
    return bool(declares and FRAMEWORKS & set(configuration.dependencies(place)))


def apart(folder: Path) -> tuple[Path, ...]:
    """Folders below a project that are projects of their own."""
    return tuple(place for place in below(folder, DEEPEST) if is_project(place))


def below(start: Path, depth: int) -> Iterator[Path]:
    """The folders below one that may hold source code."""
    try:
        with os.scandir(start) as entries:
            folders = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    except PermissionError:
        return
    for name in folders:
        if is_source(start / name, name):
            yield start / name
            if depth > 1:
                yield from below(start / name, depth - 1)


def _imports_fastapi(start: Path) -> bool:
    for place in (start, *below(start, DEEPEST)):
        for path in sorted(place.glob("*.py")):
            text = path.read_bytes()
            if b"from fastapi" in text or b"import fastapi" in text:
                return True
    return False


def python_files(folder: Path, apart: tuple[Path, ...]) -> Iterator[Path]:
    """The Python files of a project, those of projects below it apart."""
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(name for name in folders if is_source(here / name, name) and here / name not in apart)
        yield from (here / name for name in sorted(files) if name.endswith(".py"))


def is_source(path: Path, name: str) -> bool:
    """Whether a folder may hold code of the project, and not what was installed, built or hidden there."""
    hidden = name.startswith(".") or name in SKIPPED or name.endswith(".egg-info")
    return not hidden and not (path / "pyvenv.cfg").exists()
