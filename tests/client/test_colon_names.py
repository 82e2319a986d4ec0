"""Commands that come to one name, by a folder and by a colon: which of them is called, and what packlint says."""

from __future__ import annotations

from pathlib import Path

import pytest

from packlint.client import client
from packlint.discovery.layout import Layout
from packlint.inspection import describe
from tests.client.driver import drive
from tests.client.staging import PLUGIN, commit_nothing
from tests.planted.checking import check, read

_PAIRS = [f"p{number}" for number in range(5)]


@pytest.mark.parametrize("layout", list(Layout))
def test_which_of_two_commands_is_called(layout: Layout, binary: Path, version: str, tmp_path: Path) -> None:
    cwd, plugin = tmp_path / "work", tmp_path / PLUGIN if layout is Layout.PLUGIN else None
    commit_nothing(cwd)
    base = plugin or cwd / ".claude"
    files = {f"commands/{name}{sign}b.md": f"{name} by {sign}" for name in _PAIRS for sign in "/:"}
    for path, said in files.items():
        (base / path).parent.mkdir(parents=True, exist_ok=True)
        (base / path).write_text(f"---\ndescription: Says {said}\n---\nSay {said}.\n", encoding="utf-8")
    if plugin:
        (plugin / ".claude-plugin").mkdir()
        (plugin / ".claude-plugin/plugin.json").write_text(f'{{"name": "{PLUGIN}"}}')
    names = [f"{PLUGIN}:{name}:b" if plugin else f"{name}:b" for name in _PAIRS]
    session = drive(binary, ["begin", *(f"/{name}" for name in names)], lambda _: "ok", cwd, plugin=plugin)
    called = []
    for name, span in zip(_PAIRS, session.spans[1:], strict=True):
        sent = {text for request in session.requests[slice(*span)] for text in request.user_texts}
        [path] = {path for path, words in files.items() if any(f"Say {words}." in text for text in sent)}
        assert f"/{name}" in path
        called.append(path)
    root = plugin or cwd
    shown = {
        each["path"]: each["loaded"] for each in describe(read(root, version), client(version))["packs"][0]["commands"]
    }
    loaded = {path for path, is_loaded in shown.items() if is_loaded}
    told = {problem.path: problem.consequence for problem in check(root) if problem.code == "NM003"}
    assert len(loaded) == len(told) == len(_PAIRS)
    assert not loaded & told.keys()
    if plugin:
        assert loaded == {*called}
    else:
        assert all("which one is not stable" in consequence for consequence in told.values())
