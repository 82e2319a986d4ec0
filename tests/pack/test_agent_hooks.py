"""The hooks of the pack's agents, run as the client runs them: what they do, and for whom they do nothing."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .documents import AGENTS, ROOT, text_of

UGLY = "x=1\n"
NEAT = "x = 1\n"
IMPLEMENTERS = ("backend-developer", "fastapi-backend-feature", "feature-developer")
HOOKS: dict[str, list[dict[str, Any]]] = json.loads(text_of("hooks/hooks.json"))["hooks"]
MANIFEST = '[project]\nname = "shop"\ndependencies = ["fastapi"]\n\n[tool.ruff]\nline-length = 88\n'


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A FastAPI project with a ruff of its own: this environment's."""
    project = tmp_path / "shop"
    project.mkdir()
    (project / "pyproject.toml").write_text(MANIFEST)
    (project / ".venv").symlink_to(sys.prefix)
    subprocess.run(["git", "init", "-q", str(project)], check=True)
    return project


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The hooks as they lie in a project's `.claude`."""
    shutil.copytree(ROOT / "toolkit", tmp_path / "copy/toolkit", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "copy"


def edit(path: Path, agent: str | None) -> dict[str, Any]:
    """What the client sends after an edit."""
    event: dict[str, Any] = {
        "session_id": "s1",
        "cwd": str(path.parent),
        "hook_event_name": "PostToolUse",
        "tool_name": "Write",
        "tool_input": {
            "file_path": str(path),
            "content": 'text with "agent_type" and "fastapi-pack:backend-developer"',
        },
    }
    return event if agent is None else event | {"agent_id": "a1", "agent_type": agent}


def run(event: dict[str, Any], cache: Path, pack: Path = ROOT) -> dict[str, Any] | None:
    """Runs the hooks of an event by the commands of hooks.json; what they answer, None if they say nothing."""
    [group] = HOOKS[event["hook_event_name"]]
    [hook] = group["hooks"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(cache), "CLAUDE_PLUGIN_ROOT": str(pack)}
    command = ["sh", "-c", hook["command"].replace("python3", shlex.quote(sys.executable), 1)]
    done = subprocess.run(
        command, input=json.dumps(event), env=environment, cwd=cache, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
    answer: dict[str, Any] | None = json.loads(done.stdout) if done.stdout else None
    return answer


@pytest.mark.parametrize("agent", AGENTS)
def test_an_edit_of_an_agent_of_the_pack_is_formatted(agent: str, shop: Path, tmp_path: Path) -> None:
    (shop / "a.py").write_text(UGLY)
    answer = run(edit(shop / "a.py", f"fastapi-pack:{agent}"), tmp_path)
    assert (shop / "a.py").read_text() == NEAT
    assert answer is not None
    assert "has changed" in answer["hookSpecificOutput"]["additionalContext"]


def test_the_copy_knows_the_bare_names_and_no_others(shop: Path, tmp_path: Path, copied: Path) -> None:
    (shop / "a.py").write_text(UGLY)
    assert run(edit(shop / "a.py", "fastapi-pack:backend-developer"), tmp_path, copied) is None
    assert (shop / "a.py").read_text() == UGLY
    assert run(edit(shop / "a.py", "backend-developer"), tmp_path, copied) is not None
    assert (shop / "a.py").read_text() == NEAT


@pytest.mark.parametrize(
    "agent",
    [None, "backend-developer", "other-pack:backend-developer", "fastapi-pack:helper", "general-purpose", "Explore"],
)
def test_an_edit_of_anybody_else_is_left_alone(agent: str | None, shop: Path, tmp_path: Path) -> None:
    (shop / "a.py").write_text(UGLY)
    assert run(edit(shop / "a.py", agent), tmp_path) is None
    assert (shop / "a.py").read_text() == UGLY
    assert not (tmp_path / ".cache").exists()


def test_poetry_is_asked_once_for_all_edits_of_an_agent(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shop / ".venv").unlink()
    (shop / "poetry.lock").write_text("")
    program = tmp_path / "bin/poetry"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho asked >> {tmp_path}/asked\necho {sys.prefix}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}/usr/bin{os.pathsep}/bin")
    for name in ("a.py", "b.py"):
        (shop / name).write_text(UGLY)
        run(edit(shop / name, "fastapi-pack:backend-developer"), tmp_path)
        assert (shop / name).read_text() == NEAT
    assert (tmp_path / "asked").read_text() == "asked\n"


def test_a_file_that_is_neat_already_is_no_news(shop: Path, tmp_path: Path) -> None:
    (shop / "a.py").write_text(NEAT)
    assert run(edit(shop / "a.py", "fastapi-pack:feature-developer"), tmp_path) is None


def test_what_ruff_cannot_read_is_told(shop: Path, tmp_path: Path) -> None:
    (shop / "a.py").write_text("def f(:\n")
    answer = run(edit(shop / "a.py", "fastapi-pack:feature-developer"), tmp_path)
    assert answer is not None
    told = answer["hookSpecificOutput"]["additionalContext"]
    assert re.fullmatch(rf"ruff format could not read {re.escape(str(shop / 'a.py'))}: .*\ba\.py:1:7\b.*", told)
    assert (shop / "a.py").read_text() == "def f(:\n"


def _no_manifest(project: Path) -> None:
    (project / "pyproject.toml").unlink()


def _another_framework(project: Path) -> None:
    (project / "pyproject.toml").write_text(MANIFEST.replace("fastapi", "flask"))


def _only_mentioned(project: Path) -> None:
    text = MANIFEST.replace("fastapi", "flask").replace('"shop"', '"shop"\ndescription = "Once on fastapi"')
    (project / "pyproject.toml").write_text(text)


def _no_ruff_configured(project: Path) -> None:
    (project / "pyproject.toml").write_text(MANIFEST.partition("[tool.ruff]")[0])


def _no_environment(project: Path) -> None:
    (project / ".venv").unlink()


def _black(project: Path) -> None:
    (project / "pyproject.toml").write_text(MANIFEST + "\n[tool.black]\nline-length = 88\n")


def _excluded(project: Path) -> None:
    (project / "pyproject.toml").write_text(MANIFEST + 'extend-exclude = ["*.py"]\n')


@pytest.mark.parametrize(
    "change",
    [_no_manifest, _another_framework, _only_mentioned, _no_ruff_configured, _no_environment, _black, _excluded],
)
def test_a_project_that_does_not_format_so_is_left_alone(
    change: Callable[[Path], None], shop: Path, tmp_path: Path
) -> None:
    change(shop)
    (shop / "a.py").write_text(UGLY)
    assert run(edit(shop / "a.py", "fastapi-pack:backend-developer"), tmp_path) is None
    assert (shop / "a.py").read_text() == UGLY


@pytest.mark.parametrize("name", ["README.md", "data.json", "Makefile"])
def test_only_python_is_formatted(name: str, shop: Path, tmp_path: Path) -> None:
    (shop / name).write_text(UGLY)
    assert run(edit(shop / name, "fastapi-pack:backend-developer"), tmp_path) is None
    assert (shop / name).read_text() == UGLY


def test_the_project_is_the_one_around_the_file(shop: Path, tmp_path: Path) -> None:
    inner = shop / "tools/scripts"
    inner.mkdir(parents=True)
    (shop / "tools/pyproject.toml").write_text('[project]\nname = "tools"\n')
    (inner / "a.py").write_text(UGLY)
    assert run(edit(inner / "a.py", "fastapi-pack:backend-developer"), tmp_path) is None
    (shop / "src/app").mkdir(parents=True)
    (shop / "src/app/a.py").write_text(UGLY)
    assert run(edit(shop / "src/app/a.py", "fastapi-pack:backend-developer"), tmp_path) is not None


@pytest.mark.parametrize("place", ["requirements.txt", "requirements/base.txt", "requirements-dev.txt", "Pipfile"])
def test_a_project_may_declare_fastapi_elsewhere(place: str, shop: Path, tmp_path: Path) -> None:
    (shop / "pyproject.toml").write_text("[tool.ruff]\nline-length = 88\n")
    (shop / place).parent.mkdir(exist_ok=True)
    (shop / place).write_text('[packages]\nfastapi = "*"\n' if place == "Pipfile" else "fastapi==0.142\n")
    (shop / "a.py").write_text(UGLY)
    assert run(edit(shop / "a.py", "fastapi-pack:backend-developer"), tmp_path) is not None
    assert (shop / "a.py").read_text() == NEAT


def test_nothing_is_written_beside_the_hooks(shop: Path, tmp_path: Path, copied: Path) -> None:
    before = sorted(copied.rglob("*"))
    (shop / "a.py").write_text(UGLY)
    run(edit(shop / "a.py", "backend-developer"), tmp_path, copied)
    assert sorted(copied.rglob("*")) == before


def _medians(given: bytes, *commands: list[str]) -> list[float]:
    """The median times of some commands, measured in turns."""
    times: list[list[float]] = [[] for _ in commands]
    for _ in range(15):
        for command, taken in zip(commands, times, strict=True):
            start = time.perf_counter()
            subprocess.run(command, input=given, capture_output=True, check=True)
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


@pytest.mark.parametrize(
    ("agent", "times"),
    [
        pytest.param(None, 2.0, id="main thread"),
        pytest.param("general-purpose", 2.0, id="another agent"),
        pytest.param("fastapi-pack:backend-developer", 4.0, id="a project without FastAPI"),
    ],
)
def test_deciding_costs_little_more_than_starting_python(agent: str | None, times: float, shop: Path) -> None:
    """As a ratio, which a busy machine changes less than seconds."""
    _another_framework(shop)
    (shop / "a.py").write_text(UGLY)
    event = edit(shop / "a.py", agent)
    event["tool_response"] = {"originalFile": "x = 1\n" * 20_000}
    hook = [sys.executable, "-ESB", str(ROOT / "toolkit/hooks/format_edit.py")]
    took, bare = _medians(json.dumps(event).encode(), hook, [sys.executable, "-c", "pass"])
    assert took < times * bare


def test_only_edits_and_the_ends_of_implementers_start_a_hook() -> None:
    [edits], [stops] = HOOKS["PostToolUse"], HOOKS["SubagentStop"]
    assert edits["matcher"] == "Write|Edit"
    assert stops["matcher"] == f"^fastapi-pack:({'|'.join(IMPLEMENTERS)})$"


def stop(project: Path, agent: str = "fastapi-pack:backend-developer", active: bool = False) -> dict[str, Any]:
    """What the client sends when an agent is about to finish."""
    return {
        "session_id": "s1",
        "agent_id": "a1",
        "agent_type": agent,
        "cwd": str(project),
        "hook_event_name": "SubagentStop",
        "stop_hook_active": active,
        "last_assistant_message": "Done.",
    }


@pytest.fixture
def faulty(shop: Path) -> Path:
    """A project with a change that lint refuses."""
    (shop / "a.py").write_text("import os\n")
    return shop


@pytest.mark.parametrize("agent", IMPLEMENTERS)
def test_an_implementer_is_sent_back_with_what_failed(agent: str, faulty: Path, tmp_path: Path) -> None:
    answer = run(stop(faulty, f"fastapi-pack:{agent}"), tmp_path)
    assert answer is not None
    assert answer["decision"] == "block"
    assert "F401" in answer["reason"]
    assert str(faulty) in answer["reason"]


@pytest.mark.parametrize("client_counts", [True, False])
def test_it_is_sent_back_twice_at_most(client_counts: bool, faulty: Path, tmp_path: Path) -> None:
    answers = [run(stop(faulty, active=client_counts and number > 0), tmp_path) for number in range(3)]
    assert [answer and answer.get("decision") for answer in answers] == ["block", "block", None]
    assert answers[2] is not None
    assert "finished while the quick gates fail" in answers[2]["systemMessage"]


def test_where_nothing_can_be_counted_the_clients_word_counts(faulty: Path, tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("no folder")
    (faulty / "pyproject.toml").write_text(MANIFEST)  # without mypy, which would want a cache
    first, second = (run(stop(faulty, active=active), tmp_path) for active in (False, True))
    assert first is not None
    assert first["decision"] == "block"
    assert second is not None
    assert "decision" not in second


def test_once_the_gates_pass_all_is_forgotten(faulty: Path, tmp_path: Path) -> None:
    assert run(stop(faulty), tmp_path) is not None
    kept = list(tmp_path.glob(".cache/fastapi-pack/*.json"))
    assert len(kept) == 1
    (faulty / "a.py").write_text(NEAT)
    assert run(stop(faulty, active=True), tmp_path) is None
    assert not kept[0].exists()


@pytest.mark.parametrize(
    "agent", ["fastapi-pack:python-fastapi-expert", "backend-developer", "other:backend-developer", "general-purpose"]
)
def test_others_may_finish_as_they_like(agent: str, faulty: Path, tmp_path: Path) -> None:
    assert run(stop(faulty, agent), tmp_path) is None


@pytest.mark.parametrize("change", [_no_manifest, _another_framework, _only_mentioned])
def test_outside_of_fastapi_no_gate_is_run(change: Callable[[Path], None], faulty: Path, tmp_path: Path) -> None:
    change(faulty)
    assert run(stop(faulty), tmp_path) is None


def test_an_agent_that_changed_nothing_is_not_held_for_old_faults(faulty: Path, tmp_path: Path) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.com"]
    (faulty / ".gitignore").write_text(".venv\n")
    for arguments in (["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *arguments], cwd=faulty, check=True)
    assert run(stop(faulty), tmp_path) is None
    (faulty / "README.md").write_text("changed by a shell\n")
    assert run(stop(faulty), tmp_path) is not None


def test_the_gates_are_those_of_the_project_that_was_edited(shop: Path, tmp_path: Path) -> None:
    (shop / "a.py").write_text("import os\n")
    assert run(stop(tmp_path), tmp_path) is None, "nothing was seen yet, and there is no project here"
    run(edit(shop / "a.py", "fastapi-pack:backend-developer"), tmp_path)
    answer = run(stop(tmp_path), tmp_path)
    assert answer is not None
    assert "F401" in answer["reason"]


def test_gates_that_cannot_run_hold_nobody_and_are_told(faulty: Path, tmp_path: Path) -> None:
    run(edit(faulty / "a.py", "fastapi-pack:backend-developer"), tmp_path)
    _no_manifest(faulty)
    answer = run(stop(tmp_path), tmp_path)
    assert answer is not None
    assert "could not run the quick gates" in answer["systemMessage"]
    assert "decision" not in answer


def test_a_project_that_is_gone_holds_nobody(faulty: Path, tmp_path: Path) -> None:
    run(edit(faulty / "a.py", "fastapi-pack:backend-developer"), tmp_path)
    shutil.rmtree(faulty)
    assert run(stop(tmp_path), tmp_path) is None


def test_long_output_is_shortened_in_the_middle(shop: Path, tmp_path: Path) -> None:
    (shop / "a.py").write_text("".join(f"import module_{number}\n" for number in range(500)))
    answer = run(stop(shop), tmp_path)
    assert answer is not None
    assert 1000 < len(answer["reason"]) < 8000


def test_an_old_python_is_told_once_an_implementer_stops(shop: Path, tmp_path: Path) -> None:
    code = "import runpy, sys; sys.version_info = (3, 10, 0); runpy.run_path(sys.argv[1], run_name='__main__')"

    def answer(script: str, event: dict[str, Any]) -> str:
        command = [sys.executable, "-c", code, str(ROOT / "toolkit/hooks" / script)]
        done = subprocess.run(command, input=json.dumps(event), capture_output=True, text=True, check=True)
        return done.stdout

    (shop / "a.py").write_text(UGLY)
    assert "3.11 or newer" in answer("quick_gates.py", stop(shop))
    assert answer("quick_gates.py", stop(tmp_path)) == ""
    assert answer("format_edit.py", edit(shop / "a.py", "fastapi-pack:backend-developer")) == ""
    assert (shop / "a.py").read_text() == UGLY
