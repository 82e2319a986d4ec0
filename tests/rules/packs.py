"""Packs written for one test, and what the rules find in them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from packlint import lint
from packlint.client import client
from packlint.config import Settings
from packlint.discover import discover
from packlint.discovery.layout import Layout
from packlint.mending.patch import applied
from packlint.pack import Pack
from packlint.problem import Problem

PLUGIN, PROJECT = Layout.PLUGIN, Layout.PROJECT
BOTH = (PLUGIN, PROJECT)


def write(folder: Path, files: Mapping[str, str], layout: Layout = PLUGIN) -> Path:
    """A pack in `folder`; a project's files lie below .claude, sources of snippets beside it."""
    for name, text in files.items():
        below = ".claude" if layout is PROJECT and not name.startswith("src/") else ""
        path = folder / below / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return folder


def problems(
    folder: Path, files: Mapping[str, str], select: str, layout: Layout = PLUGIN, version: str | None = None
) -> list[Problem]:
    """Every finding of the rules selected, in the order reported."""
    packs = [Pack(root, client(version), folder) for root in discover([write(folder, files, layout)], layout)]
    return lint.check(packs, Settings(select=(select,)))


def findings(
    folder: Path, files: Mapping[str, str], select: str, layout: Layout = PLUGIN, version: str | None = None
) -> list[str]:
    """`line:column CODE severity` of every finding of the rules selected, in the order reported."""
    found = problems(folder, files, select, layout, version)
    return [f"{each.place.line}:{each.place.column} {each.code} {each.severity}" for each in found]


def marked(folder: Path, problem: Problem) -> str:
    """The part of a file that a finding is about."""
    lines = (folder / problem.path).read_bytes().decode().split("\n")
    place = problem.place
    inside = lines[place.line - 1 : place.end_line]
    inside[-1] = inside[-1][: place.end_column - 1]
    inside[0] = inside[0][place.column - 1 :]
    return "\n".join(inside)


def mended(folder: Path, problem: Problem) -> str:
    """The line that a finding is about, as its fix leaves it."""
    assert problem.fix is not None
    text = applied((folder / problem.path).read_bytes().decode(), problem.fix.edits)
    return text.split("\n")[problem.place.line - 1]


def told(
    folder: Path, files: Mapping[str, str], select: str, layout: Layout = PLUGIN, version: str | None = None
) -> list[tuple[str, str, str]]:
    """Of every finding of the rules selected: the text it marks, its severity and words, and what comes of it."""
    found = problems(folder, files, select, layout, version)
    return [(marked(folder, each), f"{each.severity}: {each.message}", each.consequence) for each in found]


def offered(
    folder: Path, files: Mapping[str, str], select: str, layout: Layout = PLUGIN
) -> list[tuple[str, bool, str]]:
    """Of every finding of the rules selected that has a fix: what that is called, whether it is safe, and the text it
    makes of the file."""
    return [
        (each.fix.description, each.fix.safe, applied((folder / each.path).read_bytes().decode(), each.fix.edits))
        for each in problems(folder, files, select, layout)
        if each.fix
    ]


def agent(body: str, **keys: str) -> dict[str, str]:
    """A pack of one agent whose body begins on line 6 unless there are more keys."""
    lines = {"name": "dev", "description": "Writes Python. Use for new code.", "model": "sonnet"} | keys
    head = "".join(f"{key}: {value}\n" for key, value in lines.items())
    return {"agents/dev.md": f"---\n{head}---\n{body}\n"}


def command(body: str, **keys: str) -> dict[str, str]:
    """A pack of one command; with no more keys its body begins on line 4."""
    head = "".join(f"{key.replace('_', '-')}: {value}\n" for key, value in ({"description": "Do it"} | keys).items())
    return {"commands/go.md": f"---\n{head}---\n{body}\n"}
