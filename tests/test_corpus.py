from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.speed import corpus
from benchmarks.speed.agent_text import DEFECTS, LANGUAGES, NO_DESCRIPTION, RECOVERED_YAML, UNKNOWN_TOOL
from benchmarks.speed.cases import SIZES
from benchmarks.speed.corpus import PLUGIN, PROJECT, agents, write
from packlint import lint
from packlint.client import client
from packlint.config import Settings
from packlint.discover import discover
from packlint.pack import Pack
from packlint.problem import Severity

SAMPLE = 300
CODES = {UNKNOWN_TOOL: {"TL001"}, RECOVERED_YAML: {"FM006"}, NO_DESCRIPTION: {"FM018"}, None: set()}
STYLES = ('description: "', "description: |\n", "description: >-\n", "\n  <example>", "tools:\n  - ", "tools: [")
PARTS = (*(f"```{language}\n" for language in LANGUAGES), "](https://", "\u2014", "\u2192", "\u2705", "| --- |")


def test_a_seed_gives_the_same_agents_and_another_seed_others() -> None:
    once, again, other = (list(agents(20, seed)) for seed in (5, 5, 6))
    assert once == again
    assert not {agent.text for agent in once} & {agent.text for agent in other}


def test_a_smaller_pack_is_the_beginning_of_a_larger_one() -> None:
    assert list(agents(40))[:12] == list(agents(12))


def test_no_name_comes_twice_in_the_largest_pack() -> None:
    names = corpus.names()
    assert len(set(names)) == len(names) >= max(SIZES)
    assert math.gcd(corpus.STRIDE, len(names)) == 1


@pytest.mark.parametrize("count", [0, -1, 10**6])
def test_a_pack_without_agents_or_with_more_than_there_are_names_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="a pack has 1 to"):
        next(agents(count))


def test_generated_agents_are_as_varied_as_collected_ones() -> None:
    found = list(agents(2 * SAMPLE))
    sizes = [len(agent.text.encode()) for agent in found]
    assert 6_000 < sum(sizes) / len(sizes) < 8_000
    assert min(sizes) < 3_000
    assert 15_000 < max(sizes) < 27_000
    assert {agent.defect for agent in found} == {None, *DEFECTS}
    assert 0.01 < sum(agent.defect is not None for agent in found) / len(found) < 0.06
    heads = [agent.text.split("\n---\n")[0] for agent in found]
    for style in STYLES:
        assert any(style in head for head in heads), style
    for part in PARTS:
        assert any(part in agent.text for agent in found), part


@pytest.mark.parametrize("layout", [PLUGIN, PROJECT])
def test_packlint_finds_what_is_planted_and_loads_the_rest(layout: str, tmp_path: Path) -> None:
    pack_folder = tmp_path / "pack"
    write(SAMPLE, layout, pack_folder)
    planted = {f"{agent.name}.md": agent.defect for agent in agents(SAMPLE)}
    settings, seen = Settings(), client(Settings().client)
    packs = [Pack(root, seen, pack_folder) for root in discover([pack_folder], None, ())]
    loaded = {Path(file.location).name: file.agent(seen) for pack in packs for file in pack.agents}
    assert loaded.keys() == planted.keys()
    for name, defect in planted.items():
        if defect != NO_DESCRIPTION:
            assert loaded[name].loaded
            assert not loaded[name].degraded, name
    reported: dict[str, set[str]] = {name: set() for name in planted}
    for problem in lint.check(packs, settings):
        if problem.severity is not Severity.INFO:
            reported[Path(problem.path).name].add(problem.code)
    assert reported == {name: CODES[defect] for name, defect in planted.items()}
    descriptions = Counter(loaded[name].description for name, defect in planted.items() if defect != NO_DESCRIPTION)
    assert max(descriptions.values()) == 1
