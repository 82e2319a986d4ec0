"""The clients are fetched whole or not at all; npm is a script of these tests' own here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.client import versions

# Writes the program of the package it is asked for, and ends as the file `code` beside it says.
NPM = f"""#!{sys.executable}
import pathlib, sys
words = sys.argv[1:]
prefix = pathlib.Path(words[words.index("--prefix") + 1])
program = prefix / "node_modules" / words[-1].rpartition("@")[0] / "claude"
program.parent.mkdir(parents=True)
program.write_text("half")
code = int(pathlib.Path(__file__).with_name("code").read_text())
if code == 0:
    program.write_text("whole")
sys.exit(code)
"""


def test_a_client_that_npm_did_not_finish_is_fetched_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs, cache = tmp_path / "bin", tmp_path / "clients"
    programs.mkdir()
    (programs / "npm").write_text(NPM)
    (programs / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("PACKLINT_CLIENTS", str(cache))
    (programs / "code").write_text("1")
    with pytest.raises(versions.NoClientError, match="npm could not fetch"):
        versions.binary("1.2.3")
    assert not (cache / "1.2.3").exists()
    (programs / "code").write_text("0")
    found = versions.binary("1.2.3")
    assert found.read_text() == "whole"
    assert found.is_relative_to(cache / "1.2.3")
    (programs / "npm").unlink()
    assert versions.binary("1.2.3") == found
