"""Runs one peer on one pack, and keeps what it said."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.peers.adapters import Adapter, Finding, parsed

SECONDS = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """The findings of a run, or why there are none: exit code, time limit or output that cannot be read."""

    findings: tuple[Finding, ...] = ()
    crash: str | None = None


def surroundings(adapter: Adapter, home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment a peer runs in; nothing but PATH comes from this process's own."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "NO_COLOR": "1",
        "LANG": "C.UTF-8",
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        **adapter.environment,
        **(extra or {}),
    }


def ask(adapter: Adapter, program: list[str], pack: Path, home: Path, extra: Mapping[str, str] | None = None) -> Answer:
    """What the peer says about the folder `pack`."""
    environment = surroundings(adapter, home, extra)
    findings: list[Finding] = []
    for arguments in adapter.arguments(pack):
        try:
            done = subprocess.run(
                [*program, *arguments], cwd=pack, env=environment, capture_output=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return Answer(crash=f"no answer in {SECONDS} s")
        if done.returncode not in adapter.answers:
            return Answer(crash=f"exit code {done.returncode}")
        try:
            findings += adapter.read(parsed(done.stdout.decode("utf-8", "replace")))
        except (ValueError, KeyError, TypeError):
            words = done.stderr.decode("utf-8", "replace").strip().splitlines()
            reason = words[-1][:200] if words else "the output is not its JSON"
            return Answer(crash=reason.replace(str(pack), "PACK"))
    return Answer(tuple(_relative(finding, pack) for finding in findings))


def kept(answers: Path, key: object) -> Path:
    """Where the answer to a question is kept, so that a run that was stopped need not begin anew."""
    return answers / f"{hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()[:24]}.json"


def recall(place: Path) -> Answer | None:
    """The kept answer, if there is one."""
    if not place.is_file():
        return None
    data = json.loads(place.read_text("utf-8"))
    return Answer(tuple(Finding(**each) for each in data["findings"]), data["crash"])


def keep(place: Path, answer: Answer) -> None:
    """Writes the answer whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=place.parent, delete=False, encoding="utf-8") as out:
        json.dump(asdict(answer), out)
    Path(out.name).replace(place)


def _relative(finding: Finding, pack: Path) -> Finding:
    """The finding with its path below the pack and without the pack's place in its words."""
    path = finding.path
    for root in (f"{pack}/", f"{pack.resolve()}/"):
        path = path.removeprefix(root)
    path = "" if path in (str(pack), ".") else os.path.normpath(path) if path else ""
    return Finding(path, finding.level, finding.rule, finding.message.replace(str(pack), "PACK"))
