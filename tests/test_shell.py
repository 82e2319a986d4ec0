"""Shell blocks: every command of tests/conformance/shell.jsonl stood in a block that the client was given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from packlint.client import client, versions
from packlint.prompts import blocks
from packlint.prompts.shell import Shell

LABELS = [
    json.loads(line)
    for line in (Path(__file__).parent / "conformance/shell.jsonl").read_text(encoding="utf-8").splitlines()
]

# Not modelled, because nobody writes them: what the client really does is on the right.
UNMODELLED = {
    ("2.1.197", "X=1 | ls", True),
    ("2.1.197", 'echo "unterminated', True),
    ("2.1.197", "echo $1", True),
    ("2.1.197", "pyright", True),
    ("2.1.197", "pyright --version", True),
    ("2.1.197", 'X=a; touch "$X"', True),
    ("2.1.197", 'which "a: $(ls)"', True),
    ("2.1.197", "touch x && mkdir -p d", True),
    ("2.1.328", "touch x && mkdir -p d", True),
    ("2.1.197", "sleep 1 & wait", True),
    ("2.1.328", "sleep 1 & wait", True),
    ("2.1.197", "(ls &)", True),
    ("2.1.328", "(ls &)", True),
    ("2.1.197", "nohup ls > /dev/null 2>&1 &", True),
    ("2.1.328", "nohup ls > /dev/null 2>&1 &", True),
    ("2.1.197", 'touch "x$((1+1))"', False),
    ("2.1.328", 'touch "x$((1+1))"', False),
    ("2.1.197", "echo =x", False),
    ("2.1.328", "echo =x", False),
    ("2.1.197", 'find . -path "/x" -prune', False),
    ("2.1.328", 'find . -path "/x" -prune', False),
    ("2.1.197", 'echo "a $(echo "b")"', True),
    ("2.1.328", 'echo "a $(echo "b")"', True),
    ("2.1.197", 'echo "x $(echo "y $(ls)")"', True),
    ("2.1.328", 'echo "x $(echo "y $(ls)")"', True),
}


@pytest.mark.parametrize("version", versions())
def test_every_labelled_command_runs_or_stops_as_in_the_client(version: str) -> None:
    differing = {
        (version, label["command"], label["runs"][version])
        for label in LABELS
        if (Shell(label["grants"], "/project", client(version)).refusal(label["command"]) is None)
        is not label["runs"][version]
    }
    assert differing == {known for known in UNMODELLED if known[0] == version}


@pytest.mark.parametrize(
    ("body", "commands"),
    [
        ("!`a`", ["a"]),
        ("x !`a` y", ["a"]),
        ("x=!`a`", []),
        ("(!`a`)", []),
        ("- !`a`", ["a"]),
        ("> !`a`", ["a"]),
        ("**!`a`**", []),
        ("!`a\nb`", ["a\nb"]),
        ("!``", []),
        ("!``a``", []),
        ("`!`a``", []),
        ("` !`a` `", []),
        ("`x !` then `y` z", []),
        ("`x` !`a` `y`", ["a"]),
        ("the `!` and !`a`", ["a"]),
        ("it`s !`a` z", []),
        ("``x`` !`a`", ["a"]),
        ("``` !`a` ```", ["a"]),
        ("!`a` !`b`", ["a", "b"]),
        ("!`a`!`b`", ["a"]),
        ("```\n!`a`\n```", ["a"]),
        ("<!-- !`a` -->", ["a"]),
        ("```!\na\nb\n```", ["a\nb"]),
        ("```! a```", ["a"]),
        ("```!bash\na\n```", ["bash\na"]),
        ("``` !\na\n```", []),
        ("~~~!\na\n~~~", []),
        ("```!\na", []),
        ("\\!`a`", []),
        ("! `a`", []),
    ],
)
def test_blocks_are_where_the_client_sees_them(body: str, commands: list[str]) -> None:
    assert [match["command"].strip() for match in blocks.find(body)] == commands


def test_an_absolute_path_inside_the_project_is_no_way_out() -> None:
    shell = Shell([], "/project", client())
    assert shell.refusal("cat /project/src/a.py") is None
    assert shell.refusal("cat /project/../secret") is not None
    assert shell.refusal("cat /projects/a") is not None
