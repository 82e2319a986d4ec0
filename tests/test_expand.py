"""`packlint expand`: what it prints, what it says on stderr, how it ends. Nothing is ever executed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from packlint.cli import main
from packlint.client import client, versions
from packlint.discovery.layout import Layout
from packlint.reading import attachments
from tests.conftest import WritePack


def expand(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["expand", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def command(write_pack: WritePack) -> Any:
    """Writes one command; returns its file."""

    def write(text: str, layout: Layout = Layout.PROJECT, path: str = "commands/c.md") -> Path:
        root = write_pack({path: text}, layout)
        return (root / ".claude" if layout is Layout.PROJECT else root) / path

    return write


def test_the_prompt_goes_to_stdout_word_for_word(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = command("---\ndescription: d\n---\nDo $0 and $1 of $ARGUMENTS\n")
    code, out, err = expand(capsys, file, 'this "that one"')
    assert (code, err) == (0, "")
    assert out == 'Do this and that one of this "that one"\n\n'


def test_variables_become_the_folders_they_stand_for(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    body = "${CLAUDE_PLUGIN_ROOT}/a ${CLAUDE_PROJECT_DIR}/b $CLAUDE_PLUGIN_ROOT ${CLAUDE_SESSION_ID}"
    file = command(body, Layout.PLUGIN)
    root = file.parent.parent
    code, out, err = expand(capsys, file, "--project", root.parent)
    assert (code, out) == (0, f"{root}/a {root.parent}/b $CLAUDE_PLUGIN_ROOT ${{CLAUDE_SESSION_ID}}\n")
    assert "c.md:1: unknown: ${CLAUDE_SESSION_ID} becomes the session's id" in err


def test_a_project_leaves_the_plugins_folder_as_it_stands(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = command("${CLAUDE_PLUGIN_ROOT} ${CLAUDE_PROJECT_DIR}")
    _, out, _ = expand(capsys, file)
    assert out == f"${{CLAUDE_PLUGIN_ROOT}} {file.parent.parent.parent}\n"


def test_an_unapproved_block_stops_the_command_and_never_runs(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = command("---\ndescription: d\n---\n\nfirst\nstate: !`touch made-by-a-test`\n")
    code, out, err = expand(capsys, file)
    assert (code, out) == (1, "")
    assert "c.md:6: stops: !`touch made-by-a-test` does not run: 'touch made-by-a-test' is not approved" in err
    assert not Path("made-by-a-test").exists()


def test_an_approved_block_is_kept_and_marked(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = command('---\nallowed-tools: ["Bash(touch:*)"]\n---\na !`touch $0` b\n```!\npwd\n```\n')
    code, out, err = expand(capsys, file, "made-by-a-test")
    assert code == 0
    assert out == "a [output of !`touch made-by-a-test`] b\n[output of ```!\npwd\n```]\n\n"
    assert "c.md:4: unknown: !`touch made-by-a-test` would run" in err
    assert "c.md:5: unknown:" in err
    assert not Path("made-by-a-test").exists()


def test_a_block_that_an_argument_makes_is_judged_with_the_argument_in_it(
    command: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    file = command("!`echo $ARGUMENTS`")
    assert expand(capsys, file, "hello")[0] == 0
    code, _, err = expand(capsys, file, "x; touch y")
    assert code == 1
    assert "'touch y' is not approved" in err


def test_a_plugins_own_script_runs_with_a_grant_that_names_it(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    grant = "---\nallowed-tools: Bash(${CLAUDE_PLUGIN_ROOT}/s.sh:*)\n---\n"
    file = command(grant + "!`${CLAUDE_PLUGIN_ROOT}/s.sh now`", Layout.PLUGIN)
    assert expand(capsys, file)[0] == 0


@pytest.mark.parametrize(
    ("command_line", "layout", "why"),
    [
        ("echo ${CLAUDE_SESSION_ID}", Layout.PROJECT, None),
        ('echo "${CLAUDE_EFFORT}"', Layout.PROJECT, None),
        ("touch ${CLAUDE_SESSION_ID}.log", Layout.PROJECT, "'touch ${CLAUDE_SESSION_ID}.log' is not approved"),
        ("echo ${CLAUDE_PLUGIN_DATA}", Layout.PLUGIN, None),
        ("echo ${CLAUDE_PLUGIN_DATA}", Layout.PROJECT, "it holds a variable in braces"),
        ("cat ${CLAUDE_PLUGIN_DATA}/x", Layout.PLUGIN, "cat reaches ${CLAUDE_PLUGIN_DATA}/x, outside"),
        (
            "mkdir -p ${CLAUDE_PLUGIN_DATA}/x",
            Layout.PLUGIN,
            "mkdir changes ${CLAUDE_PLUGIN_DATA}/x, which the client guards",
        ),
        ("echo ${CLAUDE_OTHER}", Layout.PLUGIN, "it holds a variable in braces"),
        ("git log \\", Layout.PROJECT, "it ends in a backslash"),
        ("echo \\\\", Layout.PROJECT, None),
    ],
)
def test_what_the_client_puts_in_before_a_block_runs_needs_no_grant(
    command_line: str, layout: Layout, why: str | None, command: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = expand(capsys, command(f"!`{command_line}`", layout))
    assert code == (0 if why is None else 1)
    assert (why or "would run") in err


@pytest.mark.parametrize(("version", "told"), [("2.1.197", "says nothing"), ("2.1.328", "says so")])
def test_a_command_for_the_model_alone_stops(
    version: str, told: str, command: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    file = command("---\ndescription: d\nuser-invocable: false\n---\nx\n")
    code, out, err = expand(capsys, file, "--client", version)
    assert (code, out) == (1, "")
    assert "c.md:3: stops: user-invocable is not true" in err
    assert told in err


def test_a_name_with_a_space_cannot_be_typed(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = expand(capsys, command("x", path="commands/a b.md"))
    assert code == 1
    assert "/a b cannot be typed" in err


def test_a_name_that_the_client_does_not_offer_does_not_exist(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = expand(capsys, command("x", path="commands/a<b.md"))
    assert code == 1
    assert "a<b.md:1: stops: /a<b does not exist: the name holds '<' or '>'" in err
    assert "cannot be typed" not in err


def test_what_comes_with_a_prompt_is_said(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = command("see @notes.md\nand @nope.md")
    (file.parent.parent.parent / "notes.md").write_text("n")
    _, _, err = expand(capsys, file)
    assert [line.partition("c.md:")[2] for line in err.splitlines()] == [
        "1: file: @notes.md attached",
        "2: file: @nope.md not attached: there is no such file, and the client says nothing of it",
    ]


def test_a_skill_hides_its_neighbours(write_pack: WritePack, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_pack({"commands/sk/SKILL.md": "skill", "commands/sk/other.md": "x"}, Layout.PROJECT)
    folder = root / ".claude/commands/sk"
    code, _, err = expand(capsys, folder / "other.md")
    assert code == 1
    assert "SKILL.md takes its place" in err
    assert expand(capsys, folder / "SKILL.md")[1] == f"Base directory for this skill: {folder}\n\nskill\n"


def test_the_model_and_the_subagent_are_named(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = command("---\nmodel: haiku\ncontext: fork\nagent: Explore\n---\nx")
    _, _, err = expand(capsys, file)
    assert "model: haiku answers" in err
    assert "a subagent of type Explore gets the prompt" in err


@pytest.mark.parametrize(
    ("named", "runs"),
    [
        pytest.param("shop:reviewer", "shop:reviewer", id="a plugin's agent by its whole name"),
        pytest.param("reviewer", "general-purpose", id="a plugin's agent without the plugin's name"),
        pytest.param("desk:clerk", "desk:clerk", id="another plugin's agent"),
        pytest.param("Plan", "Plan", id="an agent of the client's own"),
        pytest.param("'Plan '", "general-purpose", id="a blank behind its name"),
    ],
)
def test_an_agent_that_a_plugin_does_not_have_is_the_general_one(
    named: str, runs: str, write_pack: WritePack, capsys: pytest.CaptureFixture[str]
) -> None:
    agent = "---\nname: reviewer\ndescription: d\n---\nx\n"
    root = write_pack({"agents/reviewer.md": agent, "commands/c.md": f"---\ncontext: fork\nagent: {named}\n---\nx\n"})
    told = expand(capsys, root / "commands/c.md")[2]
    assert f"a subagent of type {runs} gets the prompt" in told
    assert ("c.md:3: unknown: no agent 'desk:clerk' is here; " in told) is (runs == "desk:clerk")


def test_an_agent_that_may_be_a_persons_own_is_said_to_be_unknown(
    command: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    code, prompt, told = expand(capsys, command("---\ncontext: fork\nagent: clerk\n---\nx"))
    assert (code, prompt) == (0, "x\n")
    assert "c.md:3: unknown: no agent 'clerk' is here; where there is none at all, the general one gets" in told
    assert "a subagent of type clerk gets the prompt" in told


@pytest.mark.parametrize(
    ("keys", "old", "new"),
    [
        pytest.param("agent: shop:reviewer", "opus", "opus", id="the agent's"),
        pytest.param("agent: [shop:reviewer]", "opus", "opus", id="an agent in a list"),
        pytest.param("agent: shop:reviewer\nmodel: sonnet", "sonnet", "sonnet", id="the command's own"),
        pytest.param("agent: shop:reviewer\nmodel: inherit", "opus", "inherit", id="the session's, asked for"),
        pytest.param("agent: shop:reviewer\nmodel: ' '", "opus", "opus", id="a blank asks for none"),
        pytest.param("agent: Explore", "haiku", "inherit", id="an agent of the client's own"),
        pytest.param("agent: statusline-setup", "sonnet", "sonnet", id="another one"),
        pytest.param("agent: nobody", "inherit", "inherit", id="the general one"),
    ],
)
def test_the_agent_of_a_fork_decides_which_model_answers(
    keys: str, old: str, new: str, write_pack: WritePack, capsys: pytest.CaptureFixture[str]
) -> None:
    agent = "---\nname: reviewer\ndescription: d\nmodel: opus\n---\nx\n"
    root = write_pack({"agents/reviewer.md": agent, "commands/c.md": f"---\ncontext: fork\n{keys}\n---\nx\n"})
    for version, model in (("2.1.197", old), ("2.1.328", new)):
        out = expand(capsys, root / "commands/c.md", "--format", "json", "--client", version)[1]
        assert json.loads(out)["model"] == model


def test_a_fork_into_an_agent_without_tools_is_refused_by_the_newer_client(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str]
) -> None:
    agent = "---\nname: reviewer\ndescription: d\ntools: Reed\n---\nx\n"
    command = "---\ncontext: fork\nagent: shop:reviewer\n---\nx\n"
    root = write_pack({"agents/reviewer.md": agent, "commands/c.md": command})
    assert expand(capsys, root / "commands/c.md", "--client", "2.1.197")[0] == 0
    code, _, err = expand(capsys, root / "commands/c.md", "--client", "2.1.328")
    assert code == 1
    assert "c.md:3: stops: the client refuses to start shop:reviewer" in err


def test_json_holds_everything(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = command("---\nmodel: opus\n---\nsee @notes.md and !`ls` $0")
    (file.parent.parent.parent / "notes.md").write_text("n")
    code, out, err = expand(capsys, file, "now", "--format", "json", "--client", "2.1.197")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert (found["client"], found["layout"], found["invoke"], found["sent"]) == ("2.1.197", "project", "/c", True)
    assert found["prompt"] == "see @notes.md and [output of !`ls`] now"
    assert found["blocks"] == [{"line": 4, "text": "!`ls`", "runs": True, "reason": None}]
    assert found["files"] == [{"line": 4, "text": "@notes.md", "attached": "whole", "reason": None}]
    assert (found["model"], found["subagent"], found["stops"]) == ("opus", None, [])


def test_json_has_no_prompt_where_nothing_is_sent(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = expand(capsys, command("!`rm x`"), "--format", "json")
    found = json.loads(out)
    assert (code, found["sent"], found["prompt"]) == (1, False, None)
    assert found["stops"][0]["line"] == 1


def test_wrong_calls_end_with_two(command: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = command("x")
    assert expand(capsys, tmp_path / "missing.md")[0] == 2
    assert expand(capsys, file, "--project", tmp_path / "missing")[0] == 2
    assert expand(capsys, file, "--client", "1.0")[0] == 2
    (tmp_path / "alone.md").write_text("x")
    code, _, err = expand(capsys, tmp_path / "alone.md")
    assert code == 2
    assert "commands/" in err


def test_an_agent_is_no_command_and_what_is_one_is_said(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str]
) -> None:
    agent = write_pack({"agents/dev.md": "---\nname: dev\ndescription: Writes code.\n---\nx\n"}) / "agents/dev.md"
    code, _, err = expand(capsys, agent)
    assert code == 2
    assert "no command or skill of a pack; give a file below commands/, or a SKILL.md" in err


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("see @F.md now", "whole"),
        ("@F.md", "whole"),
        ("@F.md.", "whole"),
        ("@F.md, x", "whole"),
        ("@F.md: x", "whole"),
        ("@F.md...", "whole"),
        ("@F.md。", "whole"),
        ("- @F.md", "whole"),
        ("> @F.md", "whole"),
        ("| @F.md |", "whole"),
        ("```\n@F.md\n```", "whole"),
        ("<!-- @F.md -->", "whole"),
        ("a `see @F.md b` c", "whole"),
        ("\xa0@F.md", "whole"),
        ('@"F.md".', "whole"),
        ('@"a b.md"', "whole"),
        ('@" F.md "', "whole"),
        ("@./F.md", "whole"),
        ("@F.md#Title", "whole"),
        ("@F.md#L1-2", "lines"),
        ("\u53c2\u7167\u3002@F.md", "whole"),
        ("@sub", "listing"),
        ("@sub/", "listing"),
        ("@nope.md", "nothing"),
        ("@F.md:1", "nothing"),
        ("@F.md's", "nothing"),
        ("@F.md_", "nothing"),
        ("(@F.md)", "nothing"),
        ("**@F.md**", "nothing"),
        ("`@F.md`", "nothing"),
        ('"@F.md"', "nothing"),
        ("[x](@F.md)", "nothing"),
        ("<@F.md>", "nothing"),
        ("|@F.md|", "nothing"),
        ("@p.png", "nothing"),
    ],
)
def test_a_reference_brings_what_the_client_attaches(text: str, amount: str, tmp_path: Path) -> None:
    for name in ("F.md", "a b.md", "p.png"):
        (tmp_path / name).write_text("x\n")
    (tmp_path / "sub").mkdir()
    for version in versions():
        found = list(attachments.find(text, tmp_path, client(version)))
        assert [each.amount for each in found] == [amount]
        assert (found[0].reason is None) is (amount in ("whole", "listing"))


def test_what_stands_before_a_reference_is_said(tmp_path: Path) -> None:
    (tmp_path / "F.md").write_text("x\n")
    [found] = attachments.find("see (@F.md)", tmp_path, client())
    assert found.reason == "'(' stands before the @, where the client wants a space"


@pytest.mark.parametrize(
    ("name", "content", "old", "new"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n", "image", "image"),
        ("a.jpg", b"\x89PNG\r\n\x1a\n", "image", "image"),
        ("a.GIF", b"GIF89a", "image", "image"),
        ("a.webp", b"RIFF\x04\0\0\0WEBP", "image", "image"),
        ("a.png", b"text", "nothing", "nothing"),
        ("a.svg", b"<svg/>", "whole", "whole"),
        ("a.pdf", b"%PDF-1.1", "nothing", "nothing"),
        ("a.ipynb", b'{"cells": []}', "whole", "whole"),
        ("a.ipynb", b"[]", "nothing", "nothing"),
        ("a.ipynb", b"x", "nothing", "nothing"),
        ("a.sqlite", b"x", "nothing", "nothing"),
        ("a.docx", b"x", "nothing", "nothing"),
        ("a.tar", b"x", "nothing", "nothing"),
        ("a.parquet", b"x", "whole", "nothing"),
        ("a.pkl", b"x", "whole", "whole"),
    ],
)
def test_the_kind_of_a_file_decides_how_it_is_attached(
    name: str, content: bytes, old: str, new: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    for version, amount in (("2.1.197", old), ("2.1.328", new)):
        [found] = attachments.find(f"@{name}", tmp_path, client(version))
        assert found.amount == amount
        assert (found.reason is None) is (amount != "nothing")


@pytest.mark.parametrize("text", ["@app.get", "mail me@x.y", "@user", "x=@F.md", "@", '@""', "\\@F.md"])
def test_what_only_looks_like_a_reference_is_left_out(text: str, tmp_path: Path) -> None:
    (tmp_path / "F.md").write_text("x\n")
    assert not list(attachments.find(text, tmp_path, client()))


@pytest.mark.parametrize(
    ("content", "amount"),
    [
        ("x" * 79 + "\n", 1200),
        ("y\n", 131_072),
        ("y\n", 131_073),
        ("x" * 79 + "\n", 1300),
    ],
    ids=["95 KB of lines", "256 KB of short lines", "more than 256 KB", "104 KB of lines"],
)
def test_a_large_file_comes_in_part_or_not_at_all(content: str, amount: int, tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text(content * amount)
    [found] = attachments.find("@big.txt", tmp_path, client())
    expected = {1200: "whole", 131_072: "head", 131_073: "nothing", 1300: "nothing"}
    assert found.amount == expected[amount]
