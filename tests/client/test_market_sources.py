"""From which paths of a marketplace the clients install a plugin, and whether packlint says so."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from packlint import lint
from packlint.config import Settings
from packlint.problem import Severity
from tests.client import versions
from tests.client.driver import clean_environment
from tests.client.staging import commit_nothing
from tests.planted.checking import read

# Sources, and the first client that does not install from there.
SOURCES = {
    ".": None,
    "./a//plain": None,
    "./.github/b": None,
    "./c/./d": "2.1.328",
    "./e/.": "2.1.328",
    "./f\\g": "2.1.328",
    "./.git/h": "2.1.332",
    "./i/.GIT": "2.1.332",
}


@pytest.mark.parametrize("version", [*versions.VERSIONS, *versions.ALIKE], indirect=["version"], scope="module")
def test_which_sources_are_installed(binary: Path, version: str, tmp_path: Path) -> None:
    market, home = tmp_path / "mk", tmp_path / "home"
    commit_nothing(home)
    entries = [{"name": f"p{number}", "source": source} for number, source in enumerate(SOURCES)]
    catalogue = {"name": "mk", "owner": {"name": "n"}, "plugins": entries}
    files = {f"{entry['source']}/commands/go.md": "---\ndescription: Go on\n---\nGo on.\n" for entry in entries}
    for path, text in (files | {".claude-plugin/marketplace.json": json.dumps(catalogue)}).items():
        (market / path).parent.mkdir(parents=True, exist_ok=True)
        (market / path).write_text(text, encoding="utf-8")
    environment = clean_environment(str(home), "http://127.0.0.1:9")

    def succeeds(*arguments: str) -> bool:
        command = [str(binary), "plugin", *arguments]
        return subprocess.run(command, cwd=home, env=environment, capture_output=True, check=False).returncode == 0

    assert succeeds("marketplace", "add", str(market))
    installed = {entry["source"]: succeeds("install", f"{entry['name']}@mk") for entry in entries}
    expected = {source: since is None or version < since for source, since in SOURCES.items()}
    assert installed == expected
    found = lint.check(read(market, version), Settings())
    lines = [each.message for each in found if each.severity is Severity.ERROR and version in each.consequence]
    assert {source for source in SOURCES if any(f"the source '{source}' " in line for line in lines)} == {
        source for source, is_installed in expected.items() if not is_installed
    }
