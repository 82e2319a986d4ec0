"""Compares packlint's reading of YAML with that of the client's parser, on random frontmatter.

python -m tests.client.yaml_parity [--count N] [--seed S]

The client has Bun's parser, which the npm package of Bun offers by itself: it reads some thousand texts in the time in
which a client loads one file. Exit code 0 says that at least 99.7 % of the texts come to the same; every difference is
printed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from packlint.parsing import yaml12
from packlint.parsing.node import YamlError
from packlint.parsing.scalars import js_string
from tests.client import generate, generate_commands, versions
from tests.client.slips import slipped

ENOUGH = 0.997
_AT_ONCE = 10_000
_READ_SECONDS = 300
_READER = Path(__file__).with_name("bun_yaml.js")


def texts(count: int, seed: int) -> Iterator[str]:
    """Random frontmatter with up to three slips of the hand in it."""
    random = Random(seed)  # noqa: S311 - equal texts for equal seeds are wanted
    number = 0
    while number < count:
        for sample in (*generate.agents(700, seed + number), *generate_commands.skills(300, seed + number)):
            _, _, rest = sample.content.decode("utf-8", "replace").partition("---\n")
            text = rest.partition("---")[0]
            for _ in range(random.randrange(4)):
                text = slipped(random, text)
            yield text
            number += 1


def told(value: Any, around: tuple[int, ...] = ()) -> list[Any]:
    """A value in the form in which bun_yaml.js tells it."""
    if value is None:
        return ["null"]
    if isinstance(value, bool):
        return ["boolean", value]
    if isinstance(value, int | float):
        return ["number", js_string(float(value)) if abs(value) >= 2**53 else js_string(value)]
    if isinstance(value, str):
        return ["string", value]
    if id(value) in around:
        return ["itself"]
    inside = (*around, id(value))
    if isinstance(value, list):
        return ["list", [told(each, inside) for each in value]]
    return ["mapping", [[key, told(each, inside)] for key, each in value.items()]]


def ours(text: str) -> list[Any]:
    """What packlint reads."""
    try:
        node = yaml12.parse(text)
    except YamlError as error:
        return ["error", error.reason]
    return told(None if node is None else node.value)


def theirs(bun: Path, given: Sequence[str]) -> list[list[Any]]:
    """What Bun reads of each text.

    Raises:
        subprocess.SubprocessError: it does not answer.
    """
    with tempfile.TemporaryDirectory(prefix="packlint-yaml-") as name:
        asked, answered = Path(name, "asked.json"), Path(name, "answered.json")
        asked.write_text(json.dumps(given), "utf-8")
        command = [str(bun), "run", str(_READER), str(asked), str(answered)]
        environment = {"HOME": name, "PATH": "/usr/bin:/bin"}
        subprocess.run(command, check=True, cwd=name, env=environment, timeout=_READ_SECONDS)
        answers: list[list[Any]] = json.loads(answered.read_text("utf-8"))
    return answers


def is_same(ours: list[Any], theirs: list[Any]) -> bool:
    """Whether both are errors, or the same value; the order of keys is no part of it."""
    if ours[0] == "error" or theirs[0] == "error":
        return bool(ours[0] == theirs[0])
    return json.dumps(_sorted(ours)) == json.dumps(_sorted(theirs))


def _sorted(value: list[Any]) -> list[Any]:
    if value[0] == "list":
        return ["list", [_sorted(each) for each in value[1]]]
    if value[0] == "mapping":
        return ["mapping", sorted([key, _sorted(each)] for key, each in value[1])]
    return value


def differences(bun: Path, asked: Sequence[str]) -> Iterator[tuple[str, list[Any], list[Any]]]:
    """Each text that Bun and packlint read differently, with what either of them reads."""
    for start in range(0, len(asked), _AT_ONCE):
        part = asked[start : start + _AT_ONCE]
        for text, real in zip(part, theirs(bun, part), strict=True):
            said = ours(text)
            if not is_same(said, real):
                yield text, real, said


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000, help="how many texts")
    parser.add_argument("--seed", type=int, default=1, help="equal seeds give equal texts")
    given = parser.parse_args()
    try:
        bun = versions.bun()
    except versions.NoClientError as error:
        print(f"YAML is not compared: {error}", file=sys.stderr)
        return 2
    asked = list(texts(given.count, given.seed))
    wrong = list(differences(bun, asked))
    for text, real, said in wrong:
        print(f"{text!r}\n  Bun {json.dumps(real):.300}\n  packlint {json.dumps(said):.300}")
    share = 1 - len(wrong) / len(asked)
    print(f"Bun {versions.BUN}: {len(asked)} texts, {share:.3%} equal")
    return 0 if share >= ENOUGH else 1


if __name__ == "__main__":
    raise SystemExit(main())
