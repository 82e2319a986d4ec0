"""Checks a planted pack as `packlint check` does, with every rule."""

from __future__ import annotations

from pathlib import Path

from packlint import lint
from packlint.client import client
from packlint.config import Settings
from packlint.discover import discover
from packlint.pack import Pack
from packlint.problem import Problem


def read(root: Path, version: str | None = None) -> list[Pack]:
    """The packs below `root` as one client sees them; paths are reported relative to `root`."""
    return [Pack(found, client(version), root) for found in discover([root])]


def check(root: Path) -> list[Problem]:
    """Every problem of the packs below `root`, advice included."""
    return lint.check(read(root), Settings())
