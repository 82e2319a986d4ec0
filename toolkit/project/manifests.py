"""The files in which a project declares what it depends on. A hook asks on every edit: nothing but `os` is imported."""

from __future__ import annotations

import os

NAMED = ("pyproject.toml", "setup.cfg", "setup.py", "Pipfile", "pixi.toml", "environment.yml", "environment.yaml")
REQUIREMENTS = "requirements"


def files(folder: str) -> list[str]:
    """Those of them that a folder has."""
    named = [os.path.join(folder, name) for name in NAMED]
    return [*filter(os.path.isfile, named), *requirements(folder)]


def requirements(folder: str) -> list[str]:
    """Its lists for pip: `requirements` is in their name, or their folder's; what they are made from comes last."""
    beside = [name for name in _texts(folder) if REQUIREMENTS in os.path.basename(name)]
    found = beside + _texts(os.path.join(folder, REQUIREMENTS))
    return sorted(found, key=lambda path: path.endswith(".in"))


def _texts(folder: str) -> list[str]:
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    found = [os.path.join(folder, name) for name in sorted(names) if name.endswith((".txt", ".in"))]
    return [*filter(os.path.isfile, found)]
