"""What a fix is called, whether it is applied without being asked for, and what it makes of a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from packlint.discovery.layout import Layout

from .packs import PLUGIN, PROJECT, agent, command, offered

BODY = "You write."


def _keys(old: str, new: str) -> tuple[dict[str, str], str, str]:
    """An agent with one more line in its frontmatter, before and after."""
    [text] = agent(BODY).values()
    whole = text.replace("---\nYou", f"{old}\n---\nYou")
    return {"agents/dev.md": whole}, old, new


@pytest.mark.parametrize(
    ("code", "old", "new", "called", "safe"),
    [
        pytest.param("TL011", "tools: Bash(git *)", "tools: Bash", "write 'Bash'", False, id="a pattern"),
        pytest.param(
            "TL003", "tools: MultiEdit(a)", "tools: Edit(a)", "write 'Edit(a)'", False, id="a tool that is gone"
        ),
        pytest.param(
            "TL003", "tools: Edit, MultiEdit", "tools: Edit", "take it out: 'Edit' is listed", False, id="one listed"
        ),
        pytest.param(
            "FM014", "allowed-tools: Read", "tools: Read", "rename the key to 'tools'", False, id="a command's key"
        ),
        pytest.param("FM010", "when: !now use", 'when: "!now use"', "quote the value", True, id="a tag"),
        pytest.param("FM010", "when: !x a  # b", 'when: "!x a"  # b', "quote the value", True, id="a tag, a comment"),
        pytest.param(
            "FM011", "initialPrompt: Go #1", 'initialPrompt: "Go #1"', "quote the whole value", False, id="a comment"
        ),
        pytest.param(
            "FM011", "initialPrompt:  #1", 'initialPrompt:  "#1"', "quote the whole value", False, id="nothing else"
        ),
        pytest.param("FM011", "initialPrompt: a #b  ", 'initialPrompt: "a #b"  ', "quote the whole value", False),
    ],
)
def test_a_fix_of_a_line(code: str, old: str, new: str, called: str, safe: bool, tmp_path: Path) -> None:
    files, old, new = _keys(old, new)
    [text] = files.values()
    assert offered(tmp_path, files, code) == [(called, safe, text.replace(old, new))]


@pytest.mark.parametrize(
    ("code", "line"),
    [
        pytest.param("TL003", "tools: TodoRead", id="no tool in its place"),
        pytest.param("TL003", "tools: LS", id="one of two in its place"),
        pytest.param("FM014", "allowed-tools: Read\ntools: Read", id="the right key is there"),
        pytest.param("FM014", "allowed-tools: all", id="all tools"),
        pytest.param("FM010", 'when: !x "a b"', id="quotes behind a tag"),
        pytest.param("FM010", "when: !x a\n  b", id="a tag and two lines"),
        pytest.param("FM011", "initialPrompt: a\n  b #c", id="a comment in a second line"),
    ],
)
def test_no_fix_where_it_would_do_harm(code: str, line: str, tmp_path: Path) -> None:
    assert offered(tmp_path, _keys(line, "")[0], code) == []


@pytest.mark.parametrize(
    ("code", "body", "keys", "made", "called", "safe"),
    [
        pytest.param("CM003", "Ask above $50.", {}, "Ask above \\$50.", "write '\\$50'", True, id="a price"),
        pytest.param(
            "CM003",
            "Ask above \\\\\\$50.",
            {},
            "Ask above \\$50.",
            "write '\\$50'",
            True,
            id="backslashes before a price",
        ),
        pytest.param("CM002", "Move $1 to $2.", {}, "Move $0 to $1.", "count from zero", False, id="counted from one"),
        pytest.param(
            "CM002",
            "Move $ARGUMENTS[1] to $2, $old and back.",
            {"arguments": "[a, b, c, old]"},
            "Move $ARGUMENTS[0] to $1, $old and back.",
            "count from zero",
            False,
            id="in brackets, and by name",
        ),
        pytest.param(
            "CM002",
            "Move $1 for $50.",
            {},
            "Move $0 for $50.",
            "count from zero",
            False,
            id="a price beside an argument",
        ),
        pytest.param(
            "CM006",
            "Now: !`cd a && pytest -q `",
            {"allowed-tools": "Bash"},
            "Now: !`cd a && pytest -q || true `",
            "add '|| true'",
            False,
            id="tests",
        ),
        pytest.param(
            "CM012",
            "Move $old to $knew.",
            {"arguments": "[old, new]"},
            "Move $old to $new.",
            "write '$new'",
            False,
            id="a misspelt argument",
        ),
        pytest.param("TX004", "a \u202eb", {}, "a b", "take it out", False, id="a control of order"),
        pytest.param("TX006", "a\x07 b\x1b", {}, "a b", "take out every one", True, id="control characters"),
        pytest.param("FM017", "B", {"user-invocable": "yes"}, "user-invocable: true", "write 'true'", True),
    ],
)
def test_a_fix_of_a_command(
    code: str, body: str, keys: dict[str, str], made: str, called: str, safe: bool, tmp_path: Path
) -> None:
    files = command(body, **keys)
    [text] = files.values()
    expected = text.replace(body if code != "FM017" else "user-invocable: yes", made)
    assert offered(tmp_path, files, code) == [(called, safe, expected)]


@pytest.mark.parametrize(
    ("code", "files"),
    [
        pytest.param("CM002", command("$1 " * 1_001), id="more numbers than are read"),
        pytest.param("FM017", command("B", **{"disable-model-invocation": "yes"}), id="hiding what one client shows"),
    ],
)
def test_no_fix_of_a_command(code: str, files: dict[str, str], tmp_path: Path) -> None:
    assert offered(tmp_path, files, code) == []


@pytest.mark.parametrize("before", ["\ufeff", "\n", "\ufeff\n \n"])
@pytest.mark.parametrize(
    ("path", "keys", "safe"),
    [
        pytest.param("agents/a.md", "description: Use it.", True, id="an agent"),
        pytest.param("agents/a.md", "description: Use it.\ntools:", False, id="an agent that loses all tools"),
        pytest.param("commands/a.md", "description: Do it", True, id="a command"),
        pytest.param(
            "commands/a.md", "description: Do it\ndisable-model-invocation: true", True, id="hidden on purpose"
        ),
    ],
)
def test_what_stands_before_frontmatter_is_taken_out(
    before: str, path: str, keys: str, safe: bool, tmp_path: Path
) -> None:
    text = f"---\nname: a\n{keys}\n---\nB\n"
    called = "remove the byte order mark" if before == "\ufeff" else "remove what stands before the frontmatter"
    assert offered(tmp_path, {path: before + text}, "FM002") == [(called, safe, text)]


def test_characters_that_keep_an_agent_from_losing_its_tools_are_taken_out_only_when_asked(tmp_path: Path) -> None:
    text = "---\nname: dev\ndescription: Use it.\ntools:\n---\nB\n"
    assert offered(tmp_path, {"agents/dev.md": f"\x07{text}"}, "TX006") == [("take out every one", False, text)]


def test_a_document_is_mended_as_an_agent_is(tmp_path: Path) -> None:
    files = agent("Read `${CLAUDE_PLUGIN_ROOT}/patterns/a.md`.") | {"patterns/a.md": "a\x07b\n"}
    assert offered(tmp_path, files, "TX006") == [("take out every one", True, "ab\n")]


def test_a_description_of_nothing_else_is_not_emptied_unasked(tmp_path: Path) -> None:
    [(_, safe, _)] = offered(tmp_path, {"commands/a.md": '---\ndescription: "\x07"\n---\nB\n'}, "TX006")
    assert not safe


def test_to_hide_a_command_on_purpose_takes_nothing_away(tmp_path: Path) -> None:
    text = "---\ndescription: Do it\ndisable-model-invocation: true\n---\nB\n"
    [(_, safe, _)] = offered(tmp_path, {"commands/a.md": f"\n{text}"}, "FM002", PROJECT)
    assert safe


def test_words_before_frontmatter_are_left(tmp_path: Path) -> None:
    assert offered(tmp_path, {"agents/a.md": "# A\n---\nname: a\ndescription: Use it.\n---\nB\n"}, "FM002") == []


@pytest.mark.parametrize(("layout", "path"), [(PLUGIN, "hooks/hooks.json"), (PROJECT, "settings.json")])
def test_milliseconds_become_seconds(layout: Layout, path: str, tmp_path: Path) -> None:
    def hooks(timeout: float) -> dict[str, str]:
        hook = {"type": "command", "command": "true", "timeout": timeout}
        return {path: json.dumps({"hooks": {"Stop": [{"hooks": [hook]}]}}), **command("Do it.")}

    assert offered(tmp_path, hooks(1500), "PL021", layout) == [("write 1.5", False, hooks(1.5)[path])]
