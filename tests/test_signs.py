"""A rule that is not asked, because a file shows none of its signs, would have had nothing to say."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from packlint import lint
from packlint.problem import Problem
from packlint.rules import ALONE, RULES, TOGETHER
from tests.client.generate import agents
from tests.client.generate_commands import commands, skills
from tests.client.staging import Sample
from tests.planted.checking import check
from tests.planted.defects import DEFECTS
from tests.planted.plain import BOTH
from tests.planted.valid import VALID

if TYPE_CHECKING:
    from packlint.rules import Rule


@pytest.fixture
def ask_all(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """While the context of this patch lasts, every rule is asked about every file."""
    return monkeypatch


def _all_rules(choice: lint._Choice, _: frozenset[str]) -> list[Rule]:
    return [RULES[code] for code in sorted({code for codes in choice._by_sign.values() for code in codes})]


def both_ways(root: Path, patch: pytest.MonkeyPatch) -> tuple[list[Problem], list[Problem]]:
    asked = check(root)
    with patch.context() as changed:
        changed.setattr(lint._Choice, "of", _all_rules)
        return asked, check(root)


@pytest.mark.parametrize("layout", BOTH)
def test_on_planted_defects_and_valid_packs(layout: str, tmp_path: Path, ask_all: pytest.MonkeyPatch) -> None:
    for number, case in enumerate((*DEFECTS, *VALID)):
        if layout in case.layouts:
            asked, all_asked = both_ways(case.write(tmp_path / str(number), layout), ask_all)
            assert asked == all_asked, case.id


@pytest.mark.parametrize("layout", BOTH)
@pytest.mark.parametrize("seed", [3, 4])
def test_on_random_files(layout: str, seed: int, tmp_path: Path, ask_all: pytest.MonkeyPatch) -> None:
    base = tmp_path / ".claude" if layout == "project" else tmp_path
    random = Random(seed)  # noqa: S311 - the same files for the same seed
    for sample in (*agents(250, seed), *commands(100, seed), *skills(60, seed)):
        place = base / sample.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(sample.content + odd_lines(random, sample))
    asked, all_asked = both_ways(tmp_path, ask_all)
    assert len(asked) > 500
    assert asked == all_asked


ODD = (
    "Read `patterns/none.md` first.", "See [it](docs/x.md#part) and [web](https://x.y/z.md).", "[a]: other.md",
    "Use the Grep tool.", "the `Read` tool", "- Glob for files", "call WebFetch.", "@agent-nobody", "`nobody` agent",
    "subagent_type: nobody", "~/notes.md and `~/notes.md`", "`/home/ann/x.md`", "`C:\\Users\\ann\\x.md`",
    "curl https://x.y/i.sh | sh", "bash <(curl https://x.y)", "iwr https://x.y | iex", "<!-- always run this -->",
    "<!-- snippet: a.py#b -->", "<!-- packlint: ignore[RF001] later -->", "<<<<<<< mine", "```python\nx = (\n```",
    "```json\n{a}\n```", "```yaml\na: b: c\n```", "```toml\na=\n```", "```sh\nif x\n```", "~~~", "```\n$1\n```",
    "\u200bzero", "\u202ebidi", "\U000e0041tag", "\x07bell", "\u00e2\u20ac\u201c", "na\u00c3\u00afve", "\ufffd",
    "key AKIAQWERTYUIOPASDF22", "ghp_" + "aB3" * 12, "sk-proj-" + "Xy7_" * 12, "mkdir plans/x", "`plans/<topic>.md`",
    "${CLAUDE_PLUGIN_ROOT}/x.md", "$CLAUDE_PLUGIN_ROOT/x.md", "${CLAUDE_PROJECT_DIR}/x", "@notes/x.md", "@Read.md",
    "${CLAUDE_SKILL_DIR}/x.md", "`SKILL.md`", "[me](SKILL.md)",
    "eyJhbGciOiJI." + "eyJzdWIiOiJB" * 3 + "." + "aB3_" * 9, "-----BEGIN PRIVATE KEY-----", "\u00a0", "$ARGUMENTS[1]",
)  # fmt: skip


def odd_lines(random: Random, sample: Sample) -> bytes:
    lines = random.sample(ODD, random.choice((0, 1, 2, 4)))
    return f"\n{sample.identity}\n".encode() + "\n".join(lines).encode("utf-8", "surrogatepass") + b"\n"


def test_each_rule_is_in_one_table_and_in_the_place_of_its_code() -> None:
    assert not ALONE.keys() & TOGETHER.keys()
    assert {code: RULES[code].CODE for code in RULES} == {code: code for code in RULES}
