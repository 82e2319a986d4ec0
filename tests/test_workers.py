from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.speed.corpus import write
from packlint import workers

ROOT = Path(__file__).parent.parent
SPREAD = """
import os
from packlint import workers
first = os.getpid()
def work(item):
    if {dies} and os.getpid() != first and item == 40:
        os.kill(os.getpid(), 9)
    return item * 2
joined = []
done = list(workers.spread(range({items}), work, {jobs}, end=lambda: os.getpid() != first, join=joined.append))
print(done == [item * 2 for item in range({items})], joined)
"""


def run(**given: object) -> str:
    code = SPREAD.format(**{"dies": False, "items": 100, "jobs": 3} | given)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.parametrize(("jobs", "joined"), [(1, "[]"), (2, "[True]"), (3, "[True, True]"), (None, "[]")])
def test_results_come_in_order_however_many_do_the_work(jobs: int | None, joined: str) -> None:
    assert run(jobs=jobs) == f"True {joined}"


@pytest.mark.parametrize("items", [0, 1, 15, 16, 17, 33])
def test_few_items_are_enough_for_many(items: int) -> None:
    assert run(items=items, jobs=4).startswith("True")


def test_what_a_process_that_was_killed_left_is_done_again() -> None:
    assert run(dies=True) == "True [True]"


@pytest.mark.parametrize("call", ["pipe", "fork"])
def test_what_no_process_can_be_had_for_is_done_in_the_first(call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise BlockingIOError("Resource temporarily unavailable")

    before = os.listdir("/proc/self/fd") if Path("/proc/self/fd").exists() else []
    monkeypatch.setattr(os, call, refuse)
    joined: list[object] = []
    assert list(workers.spread(range(100), abs, 3, join=joined.append)) == list(range(100))
    assert joined == []
    assert not before or os.listdir("/proc/self/fd") == before


def test_no_more_processes_are_had_than_there_is_work_for(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[None] = []
    fork = os.fork

    def count() -> int:
        begun.append(None)
        return fork()

    monkeypatch.setattr(os, "fork", count)
    assert list(workers.spread(range(40), abs, 64)) == list(range(40))
    assert len(begun) == 2


def test_many_items_are_shared_by_themselves() -> None:
    expected = "True [True]" if workers.cores() == 2 else "True "
    assert run(items=1000, jobs=None).startswith(expected if workers.cores() > 1 else "True []")


def test_the_report_is_the_same_from_one_process_and_from_several(tmp_path: Path) -> None:
    write(120, "plugin", tmp_path / "pack", seed=9)
    (tmp_path / "pack/agents/pipe.md").symlink_to("/nowhere")
    os.mkfifo(tmp_path / "pack/agents/fifo.md")
    outputs = set()
    for jobs in ("1", "2", "5"):
        for order in (["pack", "pack/agents"], ["pack/agents", "pack"]):
            command = [sys.executable, "-m", "packlint", "--no-cache", "--jobs", jobs, "--format", "json", *order]
            environment = {**os.environ, "PYTHONPATH": str(ROOT)}
            done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=120)
            assert done.stderr == b""
            outputs.add((done.returncode, done.stdout))
    assert len(outputs) == 1
