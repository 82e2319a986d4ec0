"""packlint on this pack: nothing to report, and each defect planted in a copy of it is found by its code."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .documents import ROOT

_FOLDERS = ("agents", "commands", "patterns", "styles", "skills", "toolkit", "hooks", ".claude-plugin", "reference")
_RUN = ("__pycache__", ".venv", ".*_cache", "*.egg-info", "coverage.json")
AGENT, OTHER = "agents/backend-developer.md", "agents/feature-developer.md"
IMPLEMENT, INDEX, STYLE = "commands/implement.md", "patterns/backend-patterns.md", "styles/backend-python.md"
HOOKS, PLUGIN = "hooks/hooks.json", ".claude-plugin/plugin.json"
SCRIPT = "${CLAUDE_PLUGIN_ROOT}/toolkit/hooks/format_edit.py"
TOKEN = "ghp_" + "w8Zr3KxQ1mTn5VbY7cLd2PfH9gJs4EaU6iRo"  # nobody's

Plant = Callable[[Path], None]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the plugin, with the service that its code comes from."""
    for name in _FOLDERS:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns(*_RUN))
    return tmp_path


def problems(pack: Path) -> list[dict[str, Any]]:
    command = [sys.executable, str(ROOT / "validate.py"), "--format", "json", "--layout", "plugin", str(pack)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=pack)
    assert done.returncode in (0, 1), done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["problems"]
    return found


def replaced(path: str, old: str, new: str) -> tuple[str, Plant]:
    def plant(pack: Path) -> None:
        text = (pack / path).read_text(encoding="utf-8")
        assert old in text, f"{path} has no {old!r}"
        (pack / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return path, plant


def written(path: str, content: str) -> tuple[str, Plant]:
    return path, lambda pack: _write(pack / path, content)


def removed(path: str, reported: str) -> tuple[str, Plant]:
    return reported, lambda pack: (pack / path).unlink()


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")


# What is planted: the code that must find it, the file that must be named, and how it is done.
DEFECTS: dict[str, tuple[str, tuple[str, Plant]]] = {
    "a tool in small letters": ("TL002", replaced(AGENT, "Read, Write", "read, Write")),
    "a tool that is no more": ("TL003", replaced(AGENT, "Edit, Bash", "Edit, Bash, MultiEdit")),
    "no tools": ("TL005", replaced(AGENT, "tools: Read, Write, Edit, Bash", "tools:")),
    "only the main thread has it": ("TL007", replaced(AGENT, "Edit, Bash", "Edit, Bash, AskUserQuestion")),
    "a model nobody has": ("FM016", replaced(OTHER, "model: sonnet", "model: sonnet-9000")),
    "a key that does nothing in a plugin": ("FM015", replaced(OTHER, "model: sonnet", "permissionMode: plan")),
    "an agent without frontmatter": ("FM001", written("agents/notes.md", "# Notes\n\nFor ourselves.\n")),
    "a quotation mark that closes too early": ("FM005", replaced(AGENT, "Changes one", 'Changes "one" layer')),
    "a key given twice": ("FM008", replaced(AGENT, "model: opus", "model: opus\nmodel: haiku")),
    "two agents of one name": ("NM003", replaced(OTHER, "name: feature-developer", "name: backend-developer")),
    "a page that is not there": ("RF001", replaced(AGENT, INDEX, "patterns/backend-pattern.md")),
    "a page in other letters": ("RF002", replaced(AGENT, STYLE, "styles/Backend-Python.md")),
    "a page taken away": ("RF001", removed("patterns/caching.md", INDEX)),
    "an agent that is not there": ("RF010", replaced(IMPLEMENT, "Launch `backend", "Launch `backed")),
    "a grant with one slash too few": ("TL015", replaced(IMPLEMENT, "Read(/${", "Read(${")),
    "a grant taken away": ("RF011", replaced(IMPLEMENT, '  - "Read(/${CLAUDE_PLUGIN_ROOT}/styles/*.md)"\n', "")),
    "the second word for the first": ("CM002", replaced(IMPLEMENT, "$ARGUMENTS", "$1")),
    "a price among the arguments": ("CM003", replaced(IMPLEMENT, "# Implement", "It costs $5.\n\n# Implement")),
    "code that is not the service's": ("SN003", replaced(INDEX, "stock: Stock = 0", "stock: Stock = 1")),
    "a code block that never ends": ("CD001", replaced(STYLE, "--cov\n```", "--cov\n")),
    "a character without width": ("TX003", replaced(INDEX, "# Backend", "# Back\u200bend")),
    "a credential": ("SC001", replaced(OTHER, "## Build", f"Use {TOKEN}.\n\n## Build")),
    "a hook's script taken away": ("PL011", removed("toolkit/hooks/quick_gates.py", HOOKS)),
    "a hook's path without quotes": ("PL010", replaced(HOOKS, f'\\"{SCRIPT}\\"', SCRIPT)),
    "a folder where files belong": ("PL004", replaced(PLUGIN, '"version"', '"agents": "./agents/", "version"')),
}  # fmt: skip


def test_the_pack_has_no_problem(pack: Path) -> None:
    assert problems(pack) == []


def test_there_are_twenty_defects_at_least() -> None:
    assert len(DEFECTS) >= 20
    assert len({code for code, _ in DEFECTS.values()}) >= 20


@pytest.mark.parametrize(("code", "defect"), DEFECTS.values(), ids=DEFECTS)
def test_a_planted_defect_is_found(code: str, defect: tuple[str, Plant], pack: Path) -> None:
    path, plant = defect
    plant(pack)
    found = problems(pack)
    assert (code, path) in {(problem["code"], problem["path"]) for problem in found}
