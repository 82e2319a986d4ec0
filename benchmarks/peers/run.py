"""Asks packlint and every peer about every planted defect and every valid pack."""

from __future__ import annotations

import base64
import hashlib
import platform
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import packlint
from benchmarks.peers import judge
from benchmarks.peers.adapters import ADAPTERS, PACKLINT, Adapter
from benchmarks.peers.ask import Answer, ask, keep, kept, recall
from benchmarks.peers.install import HOME, ROOT, Peer, install, pinned
from tests.planted.plain import Defect, Sample, Valid

BASE = Sample("the base pack", {})
# Snippet markers and suppression comments are packlint's own inventions; no peer can know that they are wrong.
OWN = ("SN", "SU")
Case = tuple[Sample, str]


def cases(samples: Iterable[Sample]) -> list[Case]:
    """Every sample in every layout it is written for."""
    return [(sample, layout) for sample in samples for layout in sample.layouts]


def sampled(listed: Sequence[Case], every: int) -> list[Case]:
    """One case in `every`, at even steps, and the first of each rule that the steps leave out."""
    taken = set(range(0, len(listed), every))
    known = {_code(listed[at]) for at in taken}
    for at, case in enumerate(listed):
        if _code(case) not in known:
            known.add(_code(case))
            taken.add(at)
    return [listed[at] for at in sorted(taken)]


def changed(sample: Sample, layout: str) -> set[str]:
    """The files a defect concerns: all that differ from the base pack, and the place the defect declares."""
    files, base = sample.files(layout), BASE.files(layout)
    differing = {path for path in {*files, *base} if files.get(path) != base.get(path)}
    links = {path if layout == "plugin" else f".claude/{path}" for path in sample.links}
    return differing | links | ({sample.place(layout)[0]} if isinstance(sample, Defect) else set())


class Peers:
    """The installed peers and packlint, asked in the same way; answers of pinned versions are kept between runs."""

    def __init__(self, answers: Path) -> None:
        self.answers = answers
        self.packlint = _sources()
        self.failed: dict[str, str] = {}
        self.peers: dict[str, Peer] = {}
        for peer in pinned():
            print(f"installing {peer.name} {peer.version}", file=sys.stderr)
            reason = install(peer)
            if reason is None:
                self.peers[peer.name] = peer
            else:
                self.failed[peer.name] = reason

    def answer(self, name: str, case: Case) -> Answer:
        """What `name` says of a case."""
        sample, layout = case
        peer = self.peers.get(name)
        program = [sys.executable] if peer is None else [str(peer.executable)]
        adapter = PACKLINT if peer is None else ADAPTERS[name]
        version = self.packlint if peer is None else peer.version
        place = kept(self.answers, [name, version, _command(adapter), layout, _content(sample, layout)])
        known = recall(place)
        if known is None:
            with tempfile.TemporaryDirectory(prefix="peers-") as folder:
                # The name of the folder is the same for all, for a name can be a finding.
                pack, home = Path(folder, "shop"), Path(folder, "home")
                pack.mkdir()
                home.mkdir()
                sample.write(pack, layout)
                known = ask(adapter, program, pack, home, {"PYTHONPATH": str(ROOT)} if peer is None else None)
            keep(place, known)
        return known


def _sources() -> str:
    """A mark of packlint's own files, for between releases its version does not tell two states apart."""
    digest = hashlib.sha256()
    for path in sorted(path for path in Path(packlint.__file__).parent.rglob("*") if path.suffix in {".py", ".json"}):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _command(adapter: Adapter) -> list[list[str]]:
    return adapter.arguments(Path("shop"))


def _code(case: Case) -> str:
    sample = case[0]
    return sample.code if isinstance(sample, Defect) else ""


def _content(sample: Sample, layout: str) -> list[Any]:
    files = sample.files(layout)
    return [
        {path: base64.b64encode(content).decode() for path, content in sorted(files.items())},
        dict(sample.links),
    ]


def measure(
    defects: Sequence[Defect], valid: Sequence[Valid], every: int = 1, answers: Path = HOME / "answers"
) -> dict[str, Any]:
    """The results of all tools on one case in `every`, as results.json holds them."""
    planted = sampled(cases(defect for defect in defects if not defect.code.startswith(OWN)), every)
    sound = cases(valid)[::every]
    peers = Peers(answers)
    tools: dict[str, Any] = {}
    for name in ("packlint", *(peer.name for peer in pinned())):
        if name in peers.failed:
            tools[name] = {"reason": peers.failed[name]}
            continue
        print(f"asking {name}", file=sys.stderr)
        version = packlint.__version__ if name == "packlint" else peers.peers[name].version
        tools[name] = {"version": version, **_tool(peers, name, planted, sound)}
    codes = {f"{defect.id}, {layout}": defect.code for defect in defects for layout in defect.layouts}
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "every": every,
        "defects": {case_id(case): codes[case_id(case)] for case in planted},
        "valid": [case_id(case) for case in sound],
        "tools": tools,
    }


def _tool(peers: Peers, name: str, planted: Sequence[Case], valid: Sequence[Case]) -> dict[str, Any]:
    layouts = (PACKLINT if name == "packlint" else ADAPTERS[name]).layouts
    base = {layout: peers.answer(name, (BASE, layout)) for layout in layouts}
    sound = {case_id(case): peers.answer(name, case) for case in valid if case[1] in layouts}
    said = judge.serious_words(sound.values())
    verdicts: dict[str, str] = {}
    unspecific: list[str] = []
    crashes: dict[str, str] = {}
    for case in planted:
        if case[1] not in layouts:
            continue
        answer, files = peers.answer(name, case), changed(*case)
        verdicts[case_id(case)] = judge.verdict(answer, base[case[1]], files)
        if answer.crash is not None:
            crashes[case_id(case)] = answer.crash
        elif judge.unspecific(answer, base[case[1]], files, said):
            unspecific.append(case_id(case))
    return {
        "layouts": list(layouts),
        "verdicts": verdicts,
        "unspecific": unspecific,
        "crashes": crashes,
        "valid_asked": len(sound),
        "valid_crashes": {each: answer.crash for each, answer in sound.items() if answer.crash is not None},
        "false_alarms": {
            each: sorted({f"{found.rule} {found.message}".strip()[:160] for found in judge.errors(answer)})
            for each, answer in sound.items()
            if judge.errors(answer)
        },
    }


def case_id(case: Case) -> str:
    """The name under which results.json keeps a case."""
    return f"{case[0].id}, {case[1]}"
