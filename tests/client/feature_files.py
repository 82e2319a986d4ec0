"""The features that the scripted model writes: files of `features/`, each a new file or a list of edits."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.client.installed import Installed
from tests.client.obeying import ToolCalls
from tests.client.play import use

_FEATURES = Path(__file__).parent / "features"


def new_files(feature: str) -> dict[str, str]:
    """The files that a feature adds, by their path in the project."""
    folder = _FEATURES / feature
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.in"))}
    return {name.removesuffix(".in"): path.read_text(encoding="utf-8") for name, path in found.items()}


def edits(feature: str) -> list[dict[str, str]]:
    """What a feature changes in files that are there: path, old and new text, in order."""
    file = _FEATURES / feature / "edits.toml"
    listed: list[dict[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))["edit"] if file.exists() else []
    return listed


def write(installed: Installed, files: dict[str, str]) -> ToolCalls:
    return [use("Write", file_path=str(installed.cwd / name), content=text) for name, text in files.items()]


def edit(installed: Installed, changes: Iterable[dict[str, str]]) -> ToolCalls:
    return [
        use("Edit", file_path=str(installed.cwd / each["path"]), old_string=each["old"], new_string=each["new"])
        for each in changes
    ]


def edited_files(feature: str) -> list[str]:
    """The files that must be read before they are edited."""
    return list(dict.fromkeys(each["path"] for each in edits(feature)))


def applied(project: dict[str, str], *features: str) -> dict[str, str]:
    """The files of a project as they are once features are in it."""
    files: dict[str, Any] = dict(project)
    for feature in features:
        files |= new_files(feature)
        for each in edits(feature):
            files[each["path"]] = files[each["path"]].replace(each["old"], each["new"], 1)
    return files
