from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

import pytest

from packlint import lint
from packlint.client import client
from packlint.config import Settings
from packlint.discover import discover
from packlint.discovery.layout import Layout
from packlint.pack import Pack
from packlint.problem import Problem

Files = Mapping[str, str | bytes]
WritePack = Callable[..., Path]
FindProblems = Callable[..., list[Problem]]


@pytest.fixture(scope="session")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Cache folders that nobody has used yet; none is there before it is used."""
    base = tmp_path_factory.mktemp("caches")
    return (base / str(number) for number in count())


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch, caches: Iterator[Path]) -> None:
    """What packlint reads from the environment is not there, whoever runs the tests; each test has its own cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(next(caches)))
    for name in ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def write_pack(tmp_path: Path) -> WritePack:
    """Writes files as a plugin called `shop` or as a project; returns the folder to check."""

    def write(files: Files, layout: Layout = Layout.PLUGIN, name: str = "pack") -> Path:
        root = tmp_path / name
        base = root / ".claude" if layout is Layout.PROJECT else root
        base.mkdir(parents=True, exist_ok=True)
        if layout is Layout.PLUGIN and ".claude-plugin/plugin.json" not in files:
            (root / ".claude-plugin").mkdir()
            (root / ".claude-plugin/plugin.json").write_text('{"name": "shop"}')
        for path, content in files.items():
            place = base / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return write


@pytest.fixture
def problems_of(write_pack: WritePack) -> FindProblems:
    """The problems of a pack given as files; by default of all rules, as the newest client."""

    def find(files: Files, layout: Layout = Layout.PLUGIN, version: str | None = None, *codes: str) -> list[Problem]:
        root = write_pack(files, layout)
        packs = [Pack(found, client(version), root) for found in discover([root])]
        return lint.check(packs, Settings(client=version, select=codes))

    return find


def pytest_collection_finish() -> None:
    """Keep each full collection of garbage from going through the thirteen thousand tests again."""
    gc.collect()
    gc.freeze()
