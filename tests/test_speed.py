from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.pairing import ratios, rotated
from benchmarks.peers.install import pinned
from benchmarks.speed import cost, floor, profiled, scanned
from benchmarks.speed.cases import OWN, SIZES, Case, case_name, cases, copy_tracked
from benchmarks.speed.corpus import FOLDERS, PLUGIN
from benchmarks.speed.cost import RunError, Together, run
from benchmarks.speed.figures import DEMANDED, judgements
from benchmarks.speed.page import page
from benchmarks.speed.programs import COLD, FILLING, INSTALLED, OURS, PASS, PEERS, WARM, program
from benchmarks.speed.run import dumps

ROOT = Path(__file__).parent.parent


def test_rounds_begin_with_another_program_each() -> None:
    assert [rotated(["a", "b", "c"], number) for number in range(4)] == [
        ["a", "b", "c"],
        ["b", "c", "a"],
        ["c", "a", "b"],
        ["a", "b", "c"],
    ]


def test_ratios_leave_out_rounds_of_one_side_alone() -> None:
    assert ratios([9.0, 2.0, 4.0, 100.0], [3.0, 4.0, 2.0]) == [0.5, 2.0, 3.0]


def test_the_cost_of_a_run_is_that_of_the_program(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import os; print(os.getcwd()); b = bytearray(64 << 20); raise SystemExit(3)"]
    found = run(command, tmp_path, {})
    assert found.code == 3
    assert found.output_bytes == len(f"{tmp_path.resolve()}\n")
    assert found.cpu > 0
    assert found.wall > 0
    assert 64 < found.peak < 200


def test_a_run_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cost, "LIMIT_SECONDS", 0.05)
    with pytest.raises(RunError, match="took more than"):
        run([sys.executable, "-c", "while True: pass"], tmp_path, {})


def test_the_memory_of_all_processes_is_counted_without_the_launcher() -> None:
    child = "import sys; b = bytearray(32 << 20); print(1, flush=True); sys.stdin.read()"
    both = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", both], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        parent.stdout.readline()
        sampled = Together()
        sampled.watch(parent.pid)
        parent.stdin.close()
    assert sampled.processes == 1
    assert 32 < sampled.proportional <= sampled.resident < 100


def test_a_fresh_cache_is_emptied_before_each_run_and_a_warm_one_kept(tmp_path: Path) -> None:
    for name, is_kept in ((FILLING, False), (WARM, True), (COLD, True)):
        made = program(name, OWN, PLUGIN, {}, tmp_path)
        assert made.cache is not None
        (made.cache / "entry").touch()
        made.prepare()
        assert (made.cache / "entry").exists() is is_kept
        assert made.environment["XDG_CACHE_HOME"] == str(made.cache)
        assert ("--no-cache" in made.command) is (name == COLD)


def test_every_compared_peer_is_pinned() -> None:
    assert set(PEERS) <= {peer.name for peer in pinned()}


def test_every_demand_is_about_a_case_and_programs_that_are_measured() -> None:
    measured = {case.name: set(case.programs) for case in cases(max(SIZES))}
    assert {case_name(layout, size) for layout in FOLDERS for size in SIZES} | {OWN} == set(measured)
    for name, ours, theirs, _, _ in DEMANDED:
        assert {*ours, *theirs} <= measured[name], name


def test_the_copy_of_this_pack_has_its_files_and_not_its_history(tmp_path: Path) -> None:
    copy_tracked(tmp_path)
    assert (tmp_path / ".claude-plugin/plugin.json").is_file()
    assert (tmp_path / ".claude/agents").is_symlink()
    assert not (tmp_path / ".git").exists()
    assert not (tmp_path / ".venv").exists()


def test_packlint_names_every_planted_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned, "PYTHON", sys.executable)
    monkeypatch.setattr(scanned, "PEERS", {})
    found = scanned.scanned({})
    assert list(found) == [OWN, "plugin, 200", "project, 200"]
    for pack in found.values():
        assert pack["planted"] > 0
        assert pack["named"] == {"packlint": pack["planted"]}


def test_the_floor_reads_every_agent(tmp_path: Path) -> None:
    size = Case(PLUGIN, 60, ()).make(tmp_path / "pack")
    for kind in ("read", "split", "yaml"):
        assert floor.main(kind, str(tmp_path / "pack/agents")) == size


def test_profiled_seconds_by_file_are_all_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    stats = profiled.profile(["rules"])
    total = stats.total_tt  # type: ignore[attr-defined]
    seconds = profiled.by_file(stats)
    assert sum(seconds.values()) == pytest.approx(total, rel=0.05)
    profiled.show_functions(stats, 5)
    assert "packlint/cli.py" in seconds
    assert "exit code 0" in capsys.readouterr().out


def small_results(**walls: list[float]) -> dict[str, Any]:
    """Results on two packs; every program took a second unless its wall times are given."""

    def measured(name: str) -> dict[str, Any]:
        wall = walls.get(name, [1.0] * 7)
        return {"wall": wall, "cpu": wall, "peak": [50.0] * len(wall), "output_bytes": 9}

    names = {OWN: (*OURS, PASS, *PEERS), "plugin, 6": (*INSTALLED, *PEERS)}
    return {
        "machine": {"cores": 2, "cpu": "Z80", "system": "CP/M", "load": [0.1, 0.2]},
        "versions": {"packlint": "1.2.3"},
        "rounds": 7,
        "slow_rounds": 3,
        "settle_seconds": 3,
        "memory_runs": 3,
        "memory_sample_ms": 5.0,
        "scanned": {
            name: {"planted": 4, "named": {tool: int(tool != "cclint") for tool in ("packlint", *PEERS)}}
            for name in (OWN, "plugin, 200", "project, 200")
        },
        "cases": [
            {
                "name": name,
                "layout": PLUGIN,
                "agents": None if name == OWN else 6,
                "bytes": 100,
                "packlint_texts": 1,
                "programs": {each: measured(each) for each in programs},
            }
            for name, programs in names.items()
        ],
    }


def judged(results: dict[str, Any], what: str) -> str:
    return next(str(each) for each in judgements(results) if each.what == what)


def test_a_demand_is_judged_by_the_middle_of_the_ratios() -> None:
    results = small_results(**{WARM: [2.0, 30.0, 2.4, 2.2, 30.0, 2.1, 2.3]})
    assert judged(results, f"{OWN}: {WARM} / {PASS}") == f"{OWN}: {WARM} / {PASS}: 2.3 (at most 2.5, aim 2) ok"


def test_a_missed_demand_says_so_and_few_pairs_are_named() -> None:
    results = small_results(cclint=[1.0, 2.0, 3.0])
    assert judged(results, f"{OWN}: {COLD} / cclint").endswith(": 0.5 (at most 0.25, 3 pairs) MISSED")


def test_what_was_not_measured_is_not_met() -> None:
    found = [str(each) for each in judgements(small_results()) if each.what.startswith("plugin, 10,000")]
    assert len(found) == 9
    assert all("not measured" in line and line.endswith("MISSED") for line in found)


def test_growth_and_memory_are_judged() -> None:
    results = small_results()
    pack = results["cases"][1]
    small, large = ({**pack, "name": case_name(PLUGIN, size), "agents": size} for size in (1_000, 10_000))
    together = {"resident": 210.0, "proportional": 120.0, "processes": 3}
    large["programs"] = {
        name: {**each, "wall": [12.0] * 7, "together": together} for name, each in large["programs"].items()
    }
    results["cases"] = [small, large, results["cases"][0]]
    growth, peak = f"plugin: {COLD}, time per file at", f"plugin, 10,000: {COLD}, peak of"
    assert judged(results, f"{growth} 10,000 / 1,000").endswith(": 1.2 (at most 1.25) ok")
    assert judged(results, f"{growth} 1,000 / 10,000").endswith(": 0.833 (at most 1.25) ok")
    assert judged(results, f"{peak} the largest process").endswith(" 50 MiB (at most 100 MiB) ok")
    assert judged(results, f"{peak} all processes").endswith(" 210 MiB (at most 200 MiB) MISSED")


def test_texts_that_differ_are_reported() -> None:
    results = small_results()
    results["cases"][1]["packlint_texts"] = 2
    assert str(list(judgements(results))[-1]).endswith(": 2 (at most 1) MISSED")


def test_the_page_shows_medians_shares_and_who_looks_at_nothing() -> None:
    text = page(small_results(**{COLD: [0.5, 0.1, 9.0]}))
    rows = {line.split("|")[1].strip(): [cell.strip() for cell in line.split("|")[2:-1]] for line in tables(text)}
    assert rows["packlint, no cache"][:2] == ["500", "100 - 9000"]
    assert rows["agnix"][-3:] == ["0.5", "1", "7"]
    assert "cclint \N{DAGGER}" in rows
    assert "packlint, no cache \N{DAGGER}" not in rows


def tables(text: str) -> list[str]:
    """The rows of the table of this pack."""
    section = text.partition("## This pack")[2].partition("##")[0]
    return [line for line in section.splitlines() if line.startswith("|")]


def test_results_are_written_with_each_list_of_numbers_on_a_line() -> None:
    value = {"a": [1.5, 2.0, -3], "b": {"c": ["x, [1]"]}}
    text = dumps(value)
    assert '"a": [1.5, 2.0, -3]' in text
    assert json.loads(text) == value


def test_the_published_page_is_what_the_results_say() -> None:
    results = json.loads((ROOT / "benchmarks/speed/results.json").read_text("utf-8"))
    published = (ROOT / "docs/performance.md").read_text("utf-8")
    assert published == page(results), "run `make bench-speed BENCH_SPEED=--render`"
    assert (ROOT / "docs/performance.svg").is_file()
