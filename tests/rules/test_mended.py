"""What a fix writes, and where none is offered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .packs import PLUGIN, agent, command, mended, problems

SERVERS = {
    ".mcp.json": json.dumps({"mcpServers": {"db": {"command": "db"}}}),
    ".claude-plugin/plugin.json": '{"name": "shop"}',
}
ROOT = "${CLAUDE_PLUGIN_ROOT}"


def nameless(newline: str = "\n", stem: str = "dev") -> dict[str, str]:
    return {f"agents/{stem}.md": "---\ndescription: Writes Python. Use it.\n---\nB\n".replace("\n", newline)}


def skill(hooks: str, name: str = "git") -> dict[str, str]:
    head = f"name: {name}\ndescription: How this team uses git. Use for commits.\nhooks: {hooks}"
    return {"skills/git/SKILL.md": f"---\n{head}\n---\nB\n"}


@pytest.mark.parametrize(
    ("files", "code", "line"),
    [
        pytest.param(
            agent("Read `$CLAUDE_PLUGIN_ROOT/a.md`."), "RF005", f"Read `{ROOT}/a.md`.", id="braces for a variable"
        ),
        pytest.param(
            agent("Read `a/b.md`.") | {"a/b.md": "B"}, "RF007", f"Read `{ROOT}/a/b.md`.", id="a place in the plugin"
        ),
        pytest.param(nameless(), "NM001", "name: dev", id="a name"),
        pytest.param(nameless("\r\n"), "NM001", "name: dev\r", id="a name among lines that end as on Windows"),
        pytest.param(nameless(stem="code_review-2"), "NM001", "name: code_review-2", id="a name with hyphens"),
        pytest.param(nameless(stem="2nd"), "NM001", None, id="a file name that begins with a digit"),
        pytest.param(nameless(stem="a b"), "NM001", None, id="a file name with a blank"),
        pytest.param(
            {"agents/dev.md": "---\nname: dev\nwhenToUse: After edits.\n---\nB\n"},
            "FM013",
            "description: After edits.",
            id="a key of other tools in an agent",
        ),
        pytest.param(
            {"commands/go.md": "---\nwhenToUse: After edits.\n---\nB\n"},
            "FM013",
            "when_to_use: After edits.",
            id="the same key in a command",
        ),
        pytest.param(
            command("B", allowed_tools=f"Edit, Read({ROOT}/docs/*.md)"),
            "TL015",
            f"allowed-tools: Edit, Read(/{ROOT}/docs/*.md)",
            id="a slash",
        ),
        pytest.param(
            SERVERS | agent("B", tools="mcp__db__read, Edit"),
            "TL016",
            "tools: mcp__plugin_shop_db__read, Edit",
            id="a server of the plugin",
        ),
        pytest.param(
            SERVERS | command("B", allowed_tools='["mcp__d\\u0062__read"]'), "TL016", None, id="a server in an escape"
        ),
        pytest.param(skill("{Stopp: []}"), "FM019", "hooks: {Stop: []}", id="an event"),
        pytest.param(skill("{Stopp: [], Stop: []}"), "FM019", None, id="an event that is there"),
        pytest.param(skill("{*event : []}", name="&event Stopp"), "FM019", None, id="an event under an alias"),
        pytest.param(
            agent("B", description="Use: it: x", model="haiku # fast"),
            "FM006",
            'description: "Use: it: x"',
            id="quotes",
        ),
    ],
)
def test_a_fix_writes_what_was_meant(files: dict[str, str], code: str, line: str | None, tmp_path: Path) -> None:
    [found] = problems(tmp_path / "shop", files, code, PLUGIN)
    assert (mended(tmp_path / "shop", found) if found.fix else None) == line


def test_a_fix_has_no_edit_that_changes_nothing(tmp_path: Path) -> None:
    head = "name: dev\ndescription: Use: it: x\nmodel: haiku\ntools: [Read"
    [found] = problems(tmp_path, {"agents/dev.md": f"---\n{head}\n---\nB\n"}, "FM006", PLUGIN)
    assert found.fix is not None
    assert [edit.text for edit in found.fix.edits] == ['"Use: it: x"', '"[Read"']
