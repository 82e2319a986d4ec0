"""Skills: the tables hold what 2.1.197 and 2.1.328 did; tests/conformance/skills.jsonl holds whole files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packlint.cli import main
from packlint.client import client, versions
from packlint.discover import discover
from packlint.discovery.layout import Layout
from packlint.loading import listing, naming, preloads
from packlint.loading.loader import Role, waits_for
from packlint.pack import Pack
from tests.conftest import WritePack
from tests.planted.checking import check, read

OLD, NEW = "2.1.197", "2.1.328"
PLUGIN, PROJECT = Layout.PLUGIN, Layout.PROJECT


def skill(folder: str, layout: Layout, *, alone: bool = False) -> Role:
    return Role(layout, "pk", (folder, "SKILL.md"), in_skills=True, alone=alone)


@pytest.mark.parametrize(
    ("folder", "plugin", "project"),
    [
        ("git", "pk:git", "git"),
        ("Caps_Name.x", "pk:Caps_Name-x", "Caps_Name.x"),
        ("with space", "pk:with-space", "with space"),
        ("a b.c!d__e--f", "pk:a-b-c-d__e--f", "a b.c!d__e--f"),
        ("a:b", "pk:a-b", "a:b"),
        (".dot", "pk:-dot", ".dot"),
        ("日本語", "pk:---", "日本語"),
        ("é", "pk:-", "é"),
        ("😀", "pk:--", "😀"),
    ],
)
def test_a_skill_is_called_by_its_folder(folder: str, plugin: str, project: str) -> None:
    for version in versions():
        assert naming.find(skill(folder, PLUGIN), None, client(version)).invoke == plugin
        assert naming.find(skill(folder, PROJECT), None, client(version)).invoke == project


@pytest.mark.parametrize(
    ("given", "project", "old", "new", "shown"),
    [
        ("other", ["other"], ["other"], ["other", "pk:other"], "other"),
        ("two words", [], [], [], None),
        (12, ["12"], ["12"], ["12", "pk:12"], "12"),
        (True, ["true"], ["true"], ["true", "pk:true"], "true"),
        (["x"], ["x"], ["x"], ["x", "pk:x"], "x"),
        ({"k": "v"}, [], [], [], None),
        ("", [], [], [], None),
        (None, [], [], [], None),
        ("pk:foo", ["pk:foo"], ["pk:foo"], ["pk:foo"], "foo"),
        ("sub:c2", ["sub:c2"], ["sub:c2"], ["pk:sub:c2"], "sub:c2"),
        ("日本", ["日本"], ["日本"], ["日本", "pk:日本"], "日本"),
        ("git", [], ["git"], ["git"], None),
        ("a/b", ["a/b"], ["a/b"], ["a/b", "pk:a/b"], None),
    ],
)
def test_a_name_is_a_further_name(given: Any, project: list[str], old: list[str], new: list[str], shown: str) -> None:
    for version in versions():
        assert naming.find(skill("git", PROJECT), given, client(version)).also == project
    assert naming.find(skill("git", PLUGIN), given, client(OLD)).also == old
    found = naming.find(skill("git", PLUGIN), given, client(NEW))
    assert found.also == new
    assert found.listed_as == (f"pk:git (pk:{shown})" if shown else "pk:git")
    assert naming.find(skill("git", PLUGIN), given, client(OLD)).listed_as == "pk:git"


@pytest.mark.parametrize(
    ("given", "old", "new"),
    [
        ("uno", "pk:uno", "pk:uno"),
        ("two words", "pk:two-words", "pk:two-words"),
        ("a:b", "pk:a-b", "pk:a-b"),
        ("日本", "pk:--", "pk:--"),
        ("-x", "pk:-x", "pk:-x"),
        (12, "pk:own", "pk:own"),
        (["q"], "pk:own", "pk:own"),
        ("", "pk:own", "pk:own"),
        ("pk:foo", "pk:pk-foo", "pk:foo"),
    ],
)
def test_a_skill_that_a_manifest_names_by_itself_goes_by_its_name(given: Any, old: str, new: str) -> None:
    role = skill("own", PLUGIN, alone=True)
    assert naming.find(role, given, client(OLD)).invoke == old
    assert naming.find(role, given, client(NEW)).invoke == new


@pytest.mark.parametrize(
    ("value", "waits"),
    [
        ("'**/*.py'", True),
        (["**/*.py"], True),
        ("src", True),
        ("*", True),
        ("**/*", True),
        ("./", True),
        ("{a,b}/**", True),
        ("** **", True),
        (["**", "*.py"], True),
        (["**/", " ** "], True),
        ("**", False),
        (["**"], False),
        ("**,", False),
        ("/**", False),
        ("**/**", False),
        ("", False),
        (" ", False),
        ([], False),
        ([""], False),
        (3, False),
        ([3], False),
        (True, False),
        ({"a": "b"}, False),
        (None, False),
        ([["src/**"]], True),
        ([[None, "x"]], True),
        ([[["x, **"]]], True),
        ([["**"], ["**,**"], []], False),
        ([[{"a": "b"}, 3]], False),
    ],
)
def test_which_paths_make_a_skill_wait(value: Any, waits: bool) -> None:
    assert bool(listing.paths(value)) is waits


@pytest.mark.parametrize(
    ("role", "runs"),
    [
        (skill("git", PLUGIN), True),
        (Role(PLUGIN, "pk", ("git", "SKILL.md")), True),
        (Role(PLUGIN, "pk", ("git.md",)), False),
        (Role(PROJECT, "pk", ("git.md",)), True),
    ],
)
def test_whose_hooks_the_client_runs(role: Role, runs: bool) -> None:
    assert role.runs_hooks is runs


@pytest.mark.parametrize(("role", "waits"), [(skill("git", PROJECT), True), (Role(PROJECT, "pk", ("git.md",)), False)])
def test_a_command_waits_for_no_file(role: Role, waits: bool) -> None:
    assert bool(waits_for({"paths": "*.sql"}, role)) is waits


@given(st.lists(st.sampled_from([",", "{", "}", "a", "/**", " "])).map("".join))
def test_only_a_comma_between_braces_belongs_to_a_pattern(text: str) -> None:
    # The same as one expression, which takes the square of a text's length.
    pieces = [piece.strip() for piece in re.split(r",(?![^{]*\})", text)]
    assert listing.paths([text, "x"]) == [*filter(None, (piece.removesuffix("/**") for piece in pieces)), "x"]


FILES = {
    "skills/one/SKILL.md": "---\ndescription: one\n---\nOne.\n",
    "skills/al/SKILL.md": "---\ndescription: al\nname: alias\n---\nAl.\n",
    "skills/dmi/SKILL.md": "---\ndescription: dmi\ndisable-model-invocation: true\n---\nDmi.\n",
    "skills/ui/SKILL.md": "---\ndescription: ui\nuser-invocable: false\n---\nUi.\n",
    "skills/pa/SKILL.md": "---\ndescription: pa\npaths: 'x/*.py'\n---\nPa.\n",
    "skills/nodesc/SKILL.md": "No description.\n",
    "skills/Cap.x/SKILL.md": "---\ndescription: cap\n---\nCap.\n",
    "skills/al2/SKILL.md": "---\ndescription: al2\nname: shop:weird\n---\nAl2.\n",
    "commands/cmd.md": "---\ndescription: cmd\n---\nCmd.\n",
    "commands/cs/SKILL.md": "---\ndescription: cs\n---\nCs.\n",
    "commands/sub/deep.md": "---\ndescription: deep\n---\nDeep.\n",
}
# What of each value of `skills` an agent starts with: in a project, and in the plugin `shop`.
STARTED = [
    ("one", "one", "one"),
    ("shop:one", "", "one"),
    ("alias", "al", "al"),
    ("al", "al", "al"),
    ("dmi", "", ""),
    ("ui", "ui", "ui"),
    ("pa", "", "pa"),
    ("cmd", "cmd", "cmd"),
    ("shop:cmd", "", "cmd"),
    ("cs", "cs", "cs"),
    ("sub:deep", "deep", "deep"),
    ("shop:sub:deep", "", "deep"),
    ("deep", "deep", "deep"),
    ("nodesc", "nodesc", ""),
    ("ghost", "", ""),
    ("ONE", "", ""),
    ("[one, al]", "one al", "one al"),
    ("'one, al'", "one al", "one al"),
    ("one al", "one al", "one al"),
    ("[one, ghost]", "one", "one"),
    ("3", "", ""),
    ("{one: x}", "", ""),
    ("/one", "", ""),
    ("'one '", "one", "one"),
    ("Cap.x", "Cap.x", ""),
    ("Cap-x", "", "Cap.x"),
    ("shop:Cap-x", "", "Cap.x"),
    ("shop:weird", "al2", "al2"),
    ("weird", "", "al2"),
    ("other:one", "", ""),
    ("SKILL", "", ""),
    ("[[one]]", "", ""),
    ("[3, one]", "one", "one"),
]


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize(("value", "project", "plugin"), STARTED)
def test_what_an_agent_starts_with(
    value: str, project: str, plugin: str, layout: Layout, write_pack: WritePack
) -> None:
    agent = f"---\nname: dev\ndescription: Writes code. Use for changes.\nskills: {value}\n---\nYou write.\n"
    root = write_pack({**FILES, "agents/dev.md": agent}, layout)
    for version in versions():
        [found] = discover([root])
        pack = Pack(found, client(version), root)
        started = [preload.file for preload in preloads.find(pack.agents[0], pack) if preload.found]
        wanted = (plugin if layout is PLUGIN else project).split()
        assert [_own(file.location) if file else "" for file in started] == wanted


def _own(location: str) -> str:
    path = Path(location)
    return path.parent.name if path.name == "SKILL.md" else path.stem


def test_the_older_client_does_not_know_the_qualified_other_name(write_pack: WritePack) -> None:
    agent = "---\nname: dev\ndescription: d\nskills: shop:alias\n---\nYou write.\n"
    root = write_pack({**FILES, "agents/dev.md": agent}, PLUGIN)
    [found] = discover([root])
    seen = {version: Pack(found, client(version), root) for version in versions()}
    assert {
        version: [preload.found for preload in preloads.find(pack.agents[0], pack)] for version, pack in seen.items()
    } == {OLD: [False], NEW: [True]}


def test_a_skill_is_expanded_under_the_name_of_its_folder(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "---\ndescription: d\n---\n${CLAUDE_SKILL_DIR} ${CLAUDE_PLUGIN_ROOT} $ARGUMENTS\n"
    file = write_pack({"skills/git/SKILL.md": text}, PLUGIN) / "skills/git/SKILL.md"
    assert main(["expand", str(file), "now"]) == 0
    folder = file.parent
    told = f"Base directory for this skill: {folder}\n\n{folder} {folder.parent.parent} now\n\n"
    assert capsys.readouterr() == (told, "")


def test_a_skill_that_waits_is_not_there_yet(write_pack: WritePack, capsys: pytest.CaptureFixture[str]) -> None:
    text = "---\ndescription: d\npaths: '*.py'\n---\nLint.\n"
    root = write_pack({"skills/lint/SKILL.md": text}, PROJECT)
    assert main(["expand", str(root / ".claude/skills/lint/SKILL.md")]) == 1
    assert (
        "SKILL.md:3: stops: /lint is not there before the session reaches a file like *.py" in capsys.readouterr().err
    )


def test_one_skill_alone_is_a_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "git"
    folder.mkdir()
    (folder / "SKILL.md").write_text("---\nname: rules\ndescription: Git rules. Use for commits.\n---\nCommit.\n")
    for path in (folder, folder / "SKILL.md"):
        assert main(["inspect", "--format", "json", str(path)]) == 0
        [pack] = json.loads(capsys.readouterr().out)["packs"]
        assert [each["invoke"] for each in pack["skills"]] == ["/git:rules"]


def test_one_skill_of_many_can_be_asked_about(write_pack: WritePack, capsys: pytest.CaptureFixture[str]) -> None:
    text = "---\ndescription: Git rules. Use for commits.\ntools: Read\n---\nCommit.\n"
    root = write_pack({"skills/a/SKILL.md": text, "skills/b/SKILL.md": text}, PROJECT)
    assert main(["check", str(root / ".claude/skills/b/SKILL.md")]) == 1
    out = capsys.readouterr().out
    assert "skills/b/SKILL.md:3:1: FM014" in out
    assert "skills/a" not in out


def test_plugins_that_share_a_folder_have_the_skills_that_their_entries_name(tmp_path: Path) -> None:
    for name in ("git", "tags"):
        (tmp_path / f"skills/{name}").mkdir(parents=True)
        (tmp_path / f"skills/{name}/SKILL.md").write_text(f"---\ndescription: About {name}. Use for it.\n---\nX.\n")
    (tmp_path / ".claude-plugin").mkdir()
    plugins = [{"name": name, "source": "./", "skills": [f"./skills/{name}"]} for name in ("git", "tags")]
    catalogue = {"name": "m", "owner": {"name": "o"}, "plugins": plugins}
    (tmp_path / ".claude-plugin/marketplace.json").write_text(json.dumps(catalogue))
    packs = read(tmp_path)
    assert [(pack.name, [file.shown for file in pack.skills]) for pack in packs] == [
        ("git", ["skills/git/SKILL.md"]),
        ("tags", ["skills/tags/SKILL.md"]),
    ]
    assert check(tmp_path) == []


def test_a_skill_shows_in_the_table(write_pack: WritePack, capsys: pytest.CaptureFixture[str]) -> None:
    files = {
        "skills/one/SKILL.md": "---\ndescription: one\nmodel: haiku\n---\nOne.\n",
        "skills/hid/SKILL.md": "---\ndescription: hid\ndisable-model-invocation: true\n---\nTwo.\n",
        "skills/pa/SKILL.md": "---\ndescription: pa\npaths: '*.py'\n---\nThree.\n",
        "commands/one.md": "---\ndescription: one\n---\nOne.\n",
        "skills/low/skill.md": "---\ndescription: low\n---\nLow.\n",
    }
    assert main(["inspect", str(write_pack(files, PROJECT))]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert any(line.startswith("command /one model inherit NO COMMAND: ") for line in lines)
    assert "skill /one model haiku arguments reach the model" in lines
    assert "skill /hid model inherit hidden from the model" in lines
    assert "skill /pa model inherit waits for a file like *.py; arguments reach the model" in lines
    assert any(
        line.endswith("skill.md: no skill: the client looks for SKILL.md, in just this spelling") for line in lines
    )


# What is written, and what 2.1.328 lists of it; 2.1.197 lists it as written.
UNSEEN = [
    ("a\u200bb", "a b"),
    ("a\u200d\u200cb", "a b"),
    ("a\u202eb c", "a b c"),
    ("a\u00a0b", "a\u00a0b"),
    ("a\u00adb", "a b"),
    ("a\U000e0041b", "a b"),
    ("a\ue000b", "a b"),
    ("a\u2028b", "a b"),
    ("a\ufe0fb", "a b"),
    ("a\u0378b", "a b"),
    ("a\x07b", "a b"),
    ("a\tb", "a b"),
    ("a\u3164b", "a b"),
    ("a\U0001f600b", "a\U0001f600b"),
    ("e\u0301", "e\u0301"),
    ("a<b>c", "a&lt;b&gt;c"),
]


@pytest.mark.parametrize(("written", "listed"), UNSEEN)
def test_what_nobody_sees_is_listed_as_a_space(written: str, listed: str) -> None:
    assert [listing.description({"description": written}, "", client(version)) for version in (OLD, NEW)] == [
        written,
        listed,
    ]


@pytest.mark.parametrize(("version", "owner"), [("2.1.197", "a"), ("2.1.328", "b")])
def test_a_name_that_is_another_skills_own_is_that_ones_in_the_newer_client(
    version: str, owner: str, write_pack: WritePack
) -> None:
    files = {"skills/a/SKILL.md": "---\nname: b\ndescription: d\n---\n", "skills/b/SKILL.md": "x"}
    root = write_pack(files, Layout.PROJECT)
    [found] = discover([root])
    pack = Pack(found, client(version), root)
    assert pack.called["b"].role.parts[0] == owner


def test_a_skill_that_waits_leaves_its_name_to_a_command(write_pack: WritePack) -> None:
    waiting = "---\ndescription: d\npaths: '*.sql'\n---\n"
    root = write_pack({"skills/a/SKILL.md": waiting, "commands/a.md": "x"}, Layout.PROJECT)
    [found] = discover([root])
    pack = Pack(found, client(), root)
    assert not pack.called["a"].role.in_skills


@pytest.mark.parametrize(("folder", "told"), [("skills", "not stable"), ("more", "nobody reaches this skill")])
def test_which_of_two_skills_that_come_to_one_name_is_called(folder: str, told: str, tmp_path: Path) -> None:
    text = "---\ndescription: How this team uses git. Use for commits.\n---\nCommit small changes.\n"
    texts = {"skills/a b/SKILL.md": text, f"{folder}/a-b/SKILL.md": text}
    texts[".claude-plugin/plugin.json"] = '{"name": "pk", "skills": ["./more"]}'
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    [problem] = [each for each in check(tmp_path) if each.code == "NM003"]
    assert told in problem.consequence
