"""Generates packs of any number of agents, the same for the same seed: `python -m benchmarks.speed.corpus`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random

from benchmarks.speed.agent_text import AgentText, agent_text, vocabulary

PLUGIN, PROJECT = "plugin", "project"
FOLDERS = {PLUGIN: "agents", PROJECT: ".claude/agents"}
SEED = 1
# No factor of the number of names, so that its multiples pass through all of them before one comes again.
STRIDE = 7919


def agents(count: int, seed: int = SEED) -> Iterator[AgentText]:
    """The first `count` agents of a seed: a smaller pack is the beginning of a larger one.

    Raises:
        ValueError: there are not so many names.
    """
    known = names()
    if not 0 < count <= len(known):
        raise ValueError(f"a pack has 1 to {len(known)} agents, not {count}")

    def name(number: int) -> str:
        return known[(seed + number * STRIDE) % len(known)]

    for number in range(count):
        random = Random(f"{seed}/{number}")  # noqa: S311 - a corpus is no secret
        other = name(int(random.random() * number)) if number else None
        yield agent_text(name(number), other, random)


def names() -> list[str]:
    """Every name that an agent can have."""
    parts = (vocabulary()[part] for part in ("area", "subject", "role"))
    return ["-".join(each) for each in product(*parts)]


def write(count: int, layout: str, folder: Path, seed: int = SEED) -> int:
    """Writes a pack into `folder`, which need not exist; gives the size of its agents in bytes."""
    place = folder / FOLDERS[layout]
    place.mkdir(parents=True)
    if layout == PLUGIN:
        manifest = {"name": "corpus", "version": "1.0.0", "description": f"{count} generated agents"}
        (folder / ".claude-plugin").mkdir()
        (folder / ".claude-plugin/plugin.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    size = 0
    for agent in agents(count, seed):
        size += (place / f"{agent.name}.md").write_bytes(agent.text.encode())
    return size


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.corpus", description=write.__doc__)
    parser.add_argument("count", type=int, metavar="N", help="how many agents")
    parser.add_argument("layout", choices=FOLDERS)
    parser.add_argument("folder", type=Path, metavar="DIR", help="where to; must hold no such pack yet")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    size = write(options.count, options.layout, options.folder, options.seed)
    print(f"{options.count} agents, {size / 1e6:.1f} MB, in {options.folder}")


if __name__ == "__main__":
    main()
