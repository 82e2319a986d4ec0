"""Names and sizes: what the newest client offers of 190 names of files, 150 of which stood in `name`, too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from packlint.client import client
from packlint.discover import discover
from packlint.discovery.layout import Layout
from packlint.loading import naming, offered
from packlint.loading.loader import Role
from packlint.pack import Pack

OLD, NEW = "2.1.197", "2.1.328"
LABELS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "conformance/names.jsonl").read_text(encoding="utf-8").splitlines()
]


def is_offered(role: Role, given: Any = None, version: str = NEW) -> bool:
    names = naming.find(role, given, client(version))
    return offered.refusal(names.invoke, role, given, client(version)) is None


@pytest.mark.parametrize("label", LABELS, ids=lambda label: ascii(label["name"])[:40])
def test_a_name_is_offered_as_the_client_offers_it(label: dict[str, Any]) -> None:
    name = label["name"]
    for layout, is_listed in label.get("command", {}).items():
        command = Role(Layout(layout), "pk", (f"{name}.md",))
        assert is_offered(command) is is_listed
        assert is_offered(command, version=OLD)
    if "skill" in label:
        skill = Role(Layout.PROJECT, "pk", (name, "SKILL.md"), in_skills=True)
        assert is_offered(skill) is label["skill"]["project"]


@pytest.mark.parametrize("label", LABELS, ids=lambda label: ascii(label["name"])[:40])
def test_a_name_in_frontmatter_is_told_as_the_client_tells_it(label: dict[str, Any]) -> None:
    for layout, told in label["given"].items():
        role = Role(Layout(layout), "pk", ("folder", "SKILL.md"), in_skills=True)
        shown = naming.find(role, label["name"], client(NEW)).listed_as
        found = "refused" if not is_offered(role, label["name"]) else "told" if shown.endswith(")") else "not told"
        assert found == told


def test_a_plugins_name_counts_among_the_characters_of_its_commands() -> None:
    assert [is_offered(Role(Layout.PLUGIN, "pk", (f"{'a' * length}.md",))) for length in (253, 254)] == [True, False]


def test_an_ending_in_capitals_is_part_of_the_name() -> None:
    for name, called in (("UP.MD", "UP.MD"), ("Mixed.Md", "Mixed.Md"), ("low.md", "low"), ("two.md.md", "two.md")):
        assert naming.find(Role(Layout.PLUGIN, "pk", (name,)), None, client(NEW)).invoke == f"pk:{called}"
    assert naming.find(Role(Layout.PLUGIN, "pk", ("git", "SKILL.MD")), None, client(NEW)).invoke == "pk:git"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a-b", "ab"), ("c_b", "c-b"), ("a_c", "a.b"), ("aa", "Ba"), ("z1", "za"), ("qb", "Qb"), ("r:a", "ra"),
        ("s", "s-x"), ("t-1", "t1"), ("u10", "u9"), ("v-x", "v:x"), ("\u00e9a", "eb"), ("wA-b", "wa-c"),
        ("y-b", "y+b"), ("xk", "xK"), ("eb", "\u00e9c"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_turned", [False, True])
def test_of_two_names_of_one_file_the_first_lives(first: str, second: str, is_turned: bool, tmp_path: Path) -> None:
    real, link = (second, first) if is_turned else (first, second)
    commands = tmp_path / ".claude/commands"
    commands.mkdir(parents=True)
    (commands / f"{real}.md").write_text("---\ndescription: d\n---\nShip it.\n")
    (commands / f"{link}.md").symlink_to(f"{real}.md")
    pack = Pack(discover([tmp_path])[0], client(NEW), tmp_path)
    assert set(pack.called) == {first}


def test_of_two_spellings_of_a_skill_among_the_commands_the_small_letters_live(tmp_path: Path) -> None:
    folder = tmp_path / ".claude/commands/git"
    folder.mkdir(parents=True)
    for name in ("SKILL.md", "skill.md"):
        (folder / name).write_text("---\ndescription: d\n---\nCommit.\n")
    if len(list(folder.iterdir())) == 1:
        pytest.skip("this file system ignores case")
    pack = Pack(discover([tmp_path])[0], client(NEW), tmp_path)
    assert [Path(file.location).name for file in pack.called.values()] == ["skill.md"]


@pytest.mark.parametrize(
    ("given", "layout", "old", "new"),
    [
        ("init", Layout.PLUGIN, ["init"], ["pk:init"]),
        ("Init", Layout.PLUGIN, ["Init"], ["pk:Init"]),
        ("exit", Layout.PLUGIN, ["exit"], ["pk:exit"]),
        ("help", Layout.PLUGIN, ["help"], ["help", "pk:help"]),
        ("deep-research", Layout.PLUGIN, [], ["pk:deep-research"]),
        ("init", Layout.PROJECT, ["init"], []),
        ("Init", Layout.PROJECT, ["Init"], ["Init"]),
        ("exit", Layout.PROJECT, ["exit"], ["exit"]),
    ],
)
def test_a_name_of_the_clients_own_is_no_further_name(
    given: str, layout: Layout, old: list[str], new: list[str]
) -> None:
    role = Role(layout, "pk", ("git", "SKILL.md"), in_skills=True)
    assert naming.find(role, given, client(OLD)).also == old
    assert naming.find(role, given, client(NEW)).also == new
