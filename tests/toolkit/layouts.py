"""Miniature projects: each file of `layouts/` holds one, every part of it under a line with its path."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parent / "layouts"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))


def build(name: str, folder: Path) -> Path:
    """Write the files of a layout below a folder, and return the folder."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return write(folder, dict(part.split("\n", 1) for part in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]))


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files below a folder, and return the folder."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    return folder
