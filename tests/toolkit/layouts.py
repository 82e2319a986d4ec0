"""Miniature projects: each file of `layouts/` and `services/` holds one, its parts under lines with their paths."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
NAMES = tuple(sorted(path.stem for path in (HERE / "layouts").glob("*.txt")))


def build(name: str, folder: Path) -> Path:
    """Write the files of a layout below a folder, and return the folder."""
    [path] = HERE.glob(f"*/{name}.txt")
    text = path.read_text(encoding="utf-8")
    return write(folder, dict(part.split("\n", 1) for part in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]))


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files below a folder, and return the folder."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    return folder
