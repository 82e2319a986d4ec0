"""Compares packlint with the real client, file by file.

python -m tests.client.fidelity [PACK_DIR] [--count N] [--seed S] [--client VERSION]

Without PACK_DIR the files are random ones. Exit code 0 says that at least 99.5 % of the verdicts
are equal, field by field; every difference is printed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

from packlint.client import client as facts_of
from packlint.discovery.layout import Layout
from tests.client import generate, generate_commands, versions
from tests.client.label import Label, label
from tests.client.staging import Sample
from tests.client.verdict import compared_fields, differences, predict

_ENOUGH = 0.995
# Of ten random files; the rest are agents.
_COMMANDS, _SKILLS = 2, 2
_SHOWN = 300


@dataclass
class Tally:
    """Equal and differing verdicts of one version in one layout."""

    version: str
    layout: Layout
    files: int = 0
    compared: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[Sample, str, Any, Any]] = field(default_factory=list)


def compare(samples: Sequence[Sample], version: str, layout: Layout) -> Tally:
    """Labels samples with the client and compares every field with packlint's verdict."""
    client = facts_of(version)
    real = label(versions.binary(version), samples, layout)
    said = predict(samples, layout, [client])[version]
    return tally(samples, real, said, version, layout)


def tally(
    samples: Sequence[Sample], real: dict[str, Label], said: dict[str, Label], version: str, layout: Layout
) -> Tally:
    """Counts the fields in which labels and verdicts agree, and keeps those in which they differ."""
    counted = Tally(version, layout, len(samples))
    for sample in samples:
        verdict = said.get(sample.identity, {})
        counted.compared.update(compared_fields(real[sample.identity], verdict))
        for name, (left, right) in differences(real[sample.identity], verdict, facts_of(version)).items():
            counted.wrong.append((sample, name, left, right))
    return counted


def pack_samples(folder: Path) -> list[Sample]:
    """The agents, commands and skills of a plugin or of a project's `.claude`."""
    base = folder / ".claude" if (folder / ".claude").is_dir() and not (folder / "agents").is_dir() else folder
    found = []
    for kind in ("agents", "commands"):
        for number, path in enumerate(sorted((base / kind).rglob("*.md"))):
            if path.is_file():
                found.append(Sample(f"{kind[0]}{number:05d}", path.relative_to(base).as_posix(), path.read_bytes()))
    for number, path in enumerate(sorted((base / "skills").glob("*/SKILL.md"))):
        found.append(Sample(f"s{number:05d}", path.relative_to(base).as_posix(), path.read_bytes()))
    return found


def random_samples(count: int, seed: int) -> list[Sample]:
    """Agents mostly, commands and skills for the rest."""
    commands, skills = count * _COMMANDS // 10, count * _SKILLS // 10
    return [
        *generate.agents(count - commands - skills, seed),
        *generate_commands.commands(commands, seed),
        *generate_commands.skills(skills, seed),
    ]


def report(counted: Tally) -> float:
    """Prints one tally; gives the share of equal verdicts."""
    wrong = Counter(name for _, name, _, _ in counted.wrong)
    compared = counted.compared.total()
    share = 1 - len(counted.wrong) / compared if compared else 0.0
    print(
        f"{counted.version} {counted.layout}: {counted.files} files, {compared} verdicts, {share:.2%} equal", flush=True
    )
    for name, number in sorted(counted.compared.items()):
        print(f"  {name:<16}{number - wrong[name]:>7} of {number}")
    for sample, name, left, right in counted.wrong:
        real, said = _from_difference(left, right)
        print(f"  {sample.path}: {name}: client {real!r:.{_SHOWN}}, packlint {said!r:.{_SHOWN}}")
        print(f"    {sample.content!r}"[:_SHOWN])
        if not sample.is_agent:
            print(f"    typed with {sample.arguments!r}"[:_SHOWN])
    return share


def _from_difference(left: Any, right: Any) -> tuple[Any, Any]:
    """Two values; of two texts what begins shortly before they differ."""
    if not (isinstance(left, str) and isinstance(right, str)):
        return left, right
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
    start = max(0, same - _SHOWN // 10)
    return left[start:], right[start:]


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; gives the exit code."""
    parser = argparse.ArgumentParser(description="Compare packlint with the real client, file by file.")
    parser.add_argument(
        "pack", nargs="?", type=Path, help="a folder of agents, commands and skills; random files without it"
    )
    parser.add_argument("--count", type=int, default=200, help="how many random files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--client",
        action="append",
        choices=(*versions.VERSIONS, *versions.ALIKE),
        help="a version; all measured ones without it",
    )
    options = parser.parse_args(argv)
    samples = pack_samples(options.pack) if options.pack else random_samples(options.count, options.seed)
    if not samples:
        print(f"no agent, command or skill in {options.pack}", file=sys.stderr)
        return 2
    jobs = [(version, layout) for version in options.client or versions.VERSIONS for layout in Layout]
    try:
        for version, _ in jobs:
            versions.binary(version)
    except versions.NoClientError as error:
        print(error, file=sys.stderr)
        return 2
    with ThreadPoolExecutor(2) as pool:
        shares = [report(counted) for counted in pool.map(lambda job: compare(samples, *job), jobs)]
    return 0 if min(shares) >= _ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main())
