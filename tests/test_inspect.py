"""The table of `packlint inspect`, as a person at a terminal reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from packlint.cli import main
from packlint.commandline.terminal import columns
from tests.conftest import WritePack

AGENT = "---\nname: {name}\ndescription: Reviews Python changes. Use after an edit.\ntools: Read\n---\nYou review.\n"
COMMAND = "---\ndescription: Go\n---\nGo on.\n"


def inspected(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(root)
    assert main(["inspect"]) == 0
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        pytest.param("reviewer", 8, id="letters"),
        pytest.param("日本語", 6, id="wide characters"),
        pytest.param("ｶﾅ", 2, id="half-width ones"),
        pytest.param("e\u0301te\u0301", 3, id="accents that stand for themselves"),
        pytest.param("🚀", 2, id="a picture"),
    ],
)
def test_columns_of_a_terminal(text: str, taken: int) -> None:
    assert columns(text) == taken


def test_the_models_stand_below_each_other(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["日本語", "reviewer", "e\u0301t", "a\u200bb"]
    files = {f"agents/{number}.md": AGENT.format(name=name) for number, name in enumerate(names)}
    lines = inspected(write_pack(files | {"commands/go.md": COMMAND}), capsys, monkeypatch)[1:]
    assert len(lines) == 5
    assert len({columns(line.partition("model inherit")[0]) for line in lines}) == 1


def test_who_reads_the_documents_stands_below_each_other(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = "Read `${CLAUDE_PLUGIN_ROOT}/patterns/a.md` and `${CLAUDE_PLUGIN_ROOT}/patterns/longer.md` first.\n"
    files = {"agents/dev.md": AGENT.format(name="dev") + read, "patterns/a.md": "# A\n", "patterns/longer.md": "# B\n"}
    lines = inspected(write_pack(files), capsys, monkeypatch)
    assert lines[-2:] == [
        "  document  patterns/a.md       read by agents/dev.md",
        "  document  patterns/longer.md  read by agents/dev.md",
    ]


def test_what_keeps_a_plugin_out_is_said_once_and_beside_each_of_its_files(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {".claude-plugin/plugin.json": '{"name": }', "agents/dev.md": AGENT.format(name="dev")}
    root = write_pack(files | {"commands/go.md": COMMAND, "skills/git/SKILL.md": COMMAND})
    why = ".claude-plugin/plugin.json: not valid JSON: Expecting value"
    assert inspected(root, capsys, monkeypatch) == [
        ". (plugin 'pack', client 2.1.328)",
        f"  agent    pack:dev   model inherit  NOT LOADED: {why}",
        f"  command  /pack:go   model inherit  NOT LOADED: {why}",
        f"  skill    /pack:git  model inherit  NOT LOADED: {why}",
        f"  error     the client does not load the plugin: {why}",
    ]
    assert main(["inspect", "--format", "json"]) == 0
    [pack] = json.loads(capsys.readouterr().out)["packs"]
    assert [each["reason"] for key in ("agents", "commands", "skills") for each in pack[key]] == [why] * 3


def test_what_is_wrong_with_a_marketplace_is_said_of_its_own_folder(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plugins = '[{"name": "one", "source": "./one"}, {"name": "two", "source": "./two"}]'
    files = {
        ".claude-plugin/marketplace.json": f'{{"name": "m", "owner": {{"name": "o"}}, "plugins": {plugins}}}',
        "one/.claude-plugin/plugin.json": '{"name": "one"}',
        "one/agents/dev.md": AGENT.format(name="dev"),
    }
    root = write_pack(files)
    (root / ".claude-plugin/plugin.json").unlink()
    told = "the source './two' of plugin 'two' is no folder of this marketplace"
    assert inspected(root, capsys, monkeypatch) == [
        "one (plugin 'one', client 2.1.328)",
        "  agent  one:dev  model inherit  Read",
        ". (plugin 'pack', client 2.1.328)",
        f"  error     .claude-plugin/marketplace.json: {told}",
    ]


def test_one_file_is_shown_without_what_is_wrong_with_others(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_pack({"agents/dev.md": AGENT.format(name="dev"), "skills/low/skill.md": COMMAND})
    (root / "agents/gone.md").symlink_to("nowhere.md")
    stray = "  error     skills/low/skill.md: no skill: the client looks for SKILL.md, in just this spelling"
    broken = "  error     agents/gone.md: a link that leads nowhere"
    monkeypatch.chdir(root)
    for path, expected in ((".", [broken, stray]), ("skills/low/skill.md", [stray]), ("agents/dev.md", [])):
        assert main(["inspect", path]) == 0
        assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("  error")] == expected


def test_one_file_is_shown_alone(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"agents/{name}.md": AGENT.format(name=name) for name in ("dev", "ops")}
    files |= {"commands/go.md": COMMAND, "commands/stop.md": COMMAND, "skills/git/SKILL.md": COMMAND}
    monkeypatch.chdir(write_pack({**files, "skills/tea/SKILL.md": COMMAND}))
    for path, kind in (("agents/dev.md", "agents"), ("commands/go.md", "commands"), ("skills/git/SKILL.md", "skills")):
        assert main(["inspect", "--format", "json", path]) == 0
        [pack] = json.loads(capsys.readouterr().out)["packs"]
        shown = {each: [file["path"] for file in pack[each]] for each in ("agents", "commands", "skills", "documents")}
        assert shown == {"agents": [], "commands": [], "skills": [], "documents": [], kind: [path]}


@pytest.mark.parametrize(
    ("frontmatter", "body", "fate"),
    [
        ("description: Go", "Go to $ARGUMENTS.", "arguments reach the model"),
        ("description: Go", "Go on.", "arguments reach the model"),
        ("description: Go", "Go to $0.", "arguments are lost"),
        ("description: Go\ndisable-model-invocation: true", "Go on.", "hidden from the model"),
        ("description: Go\nuser-invocable: false", "Go on.", "cannot be typed: user-invocable is not true"),
    ],
)
def test_what_becomes_of_a_command_is_told_behind_it(
    frontmatter: str,
    body: str,
    fate: str,
    write_pack: WritePack,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = write_pack({"commands/go.md": f"---\n{frontmatter}\n---\n{body}\n"})
    assert inspected(root, capsys, monkeypatch)[1:] == [f"  command  /shop:go  model inherit  {fate}"]


def test_a_command_hidden_from_the_model_costs_no_session_anything(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = COMMAND.replace("Go\n---", "Go\ndisable-model-invocation: true\n---")
    monkeypatch.chdir(write_pack({"commands/go.md": COMMAND, "commands/hidden.md": hidden}))
    assert main(["inspect", "--format", "json"]) == 0
    listed, unlisted = json.loads(capsys.readouterr().out)["packs"][0]["commands"]
    assert listed["tokens"]["always"] > 0
    assert unlisted["tokens"]["always"] == 0
    assert unlisted["tokens"]["invoked"] == listed["tokens"]["invoked"]
