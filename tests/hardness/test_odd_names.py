"""Names and texts full of what a terminal would obey: no output holds it raw, and machines still read what they get."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from packlint.cli import main
from packlint.discovery.layout import Layout
from tests.conftest import WritePack
from tests.hardness.calls import Call, check, packlint
from tests.hardness.shapes import AGENT

# An agent with findings that quote it, and with something to mend on lines that hold such characters.
_TEXT = (
    "---\nname: rev\x1b[31m\u202eiew\u0007er\ndescription: Reviews \x9b2J \u2066changes\u2069. Use it.\n"
    "tools: read, B\x1bash, \u202eGrep\nmodel: so\x1bnnet\nke\x1b[0my\u202e: v\n---\n"
    "You \x1b]0;title\x07 use `patterns/a\x1b\u202eb.md` and [x](patterns/\x1bc.md).\n"
    "â‰¥ \x1b[2J \u2067x\u2069\r\x08 \x7f \x85 \u2028\n"
    "Start the `gh\x1bost\u202e` agent.\n"
)
_COMMAND = (
    "---\ndescription: Go \x1b[31m\u202e\nallowed-tools: Bash(git \x1b:*)\nname: go\x1b\u202e\n---\n"
    "!`ls \x1b\u202e` $ARGUMENTS \x1b[31m @patterns/\x1b\u202e.md $5 â‰¥ \u2028 \x85\r\n"
)

NAMES = {
    "a line break": "a\nb",
    "a carriage return": "a\rb",
    "an escape sequence": "a\x1b[31mb",
    "a title sequence": "a\x1b]0;x\x07b",
    "a C1 control": "a\x9b2Jb",
    "a bell and a backspace": "a\x07\x08b",
    "a delete": "a\x7fb",
    "characters from right to left": "a\u202ednuor\u2066b",
    "marks of direction": "\u200e\u200f\u061cab",
    "separators of lines": "a\u2028b\u2029c\x85",
    "half of a character": b"a\xffb\xed\xa0\x80",
    "Latin-1": "é".encode("latin-1"),
    "blanks": " a \t b ",
    "quotation marks": "a'b\"c`d",
    "percent signs and colons": "a%0Ab::c,d=e",
    "markup": "<a>&amp;]]>",
    "a graph": 'a"];b-->c#35;%%',
    "shell": "$(touch pwned);`touch pwned`|touch pwned",
    "a placeholder": "$ARGUMENTS ${CLAUDE_PLUGIN_ROOT}",
    "a long name": "x" * 240,
    "long characters": "\U0001f600" * 60,
    "an option": "--help",
    "dots": "...",
}  # fmt: skip

VIEWS = {
    **{
        f"check {style}": ("check", "--no-cache", "--format", style)
        for style in ("text", "json", "sarif", "github", "junit")
    },
    "statistics": ("check", "--no-cache", "--statistics"),
    **{f"inspect {style}": ("inspect", "--format", style) for style in ("text", "json", "mermaid")},
    "diff": ("fix", "--diff", "--unsafe"),
}


def _read_commands(out: str) -> None:
    for line in out.splitlines():
        assert re.fullmatch("::(?:error|warning|notice) title=[^,]*,file=[^,]*,line=.*::.*|Read .*", line), line


PARSERS: dict[str, Callable[[str], object]] = {
    "check json": json.loads,
    "check sarif": json.loads,
    "check junit": ElementTree.fromstring,
    "check github": _read_commands,
    "inspect json": json.loads,
}


def _path(raw: bytes) -> Path:
    return Path(os.fsdecode(raw))


def _tree(top: Path, name: str | bytes, layout: Layout) -> Path:
    """A pack whose folder, folders and files have odd names and odd contents."""
    raw = name.encode() if isinstance(name, str) else name
    root = _path(bytes(top) + b"/" + raw)
    base = root if layout is Layout.PLUGIN else root / ".claude"
    for folder in ("agents", "commands", "patterns"):
        inner = _path(bytes(base / folder) + b"/" + raw)
        inner.mkdir(parents=True)
        text = _COMMAND if folder == "commands" else _TEXT
        _path(bytes(inner) + b"/" + raw + b".md").write_bytes(text.encode())
        (base / folder / "plain.md").write_bytes(text.encode())
    (base / "agents/reads.md").write_bytes(
        AGENT.encode() + b"Read `patterns/" + raw + b"/" + raw + b".md` and `patterns/plain.md`."
    )
    if layout is Layout.PLUGIN:
        (root / ".claude-plugin").mkdir()
        manifest = {"name": "x\x1b[31m\u202e", "agents\x1b": 1, "hooks": "./\x1b.json", "skills": ["./\u202e"]}
        (root / ".claude-plugin/plugin.json").write_text(json.dumps(manifest))
    return root


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_no_output_steers_a_terminal(
    name: str | bytes,
    layout: Layout,
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(_tree(tmp_path, name, layout))
    for view, arguments in VIEWS.items():
        code = main(arguments)
        written = capsysbinary.readouterr()
        call = Call(code, written.out.decode(), written.err.decode())
        check(call)
        PARSERS.get(view, str)(call.out)
    assert not list(tmp_path.rglob("pwned"))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_path_may_have_an_odd_name(name: str | bytes, tmp_path: Path) -> None:
    root = _tree(tmp_path, name, Layout.PLUGIN)
    raw = name.encode() if isinstance(name, str) else name
    command = _path(b"./commands/" + raw + b"/" + raw + b".md")
    packlint("check", "--no-cache", root, _path(bytes(root) + b"/agents/" + raw), cwd=tmp_path)
    assert packlint("check", f"./{command}-is-gone", cwd=root).code == 2
    assert packlint("expand", command, "a \x1b[31m\u202e", cwd=root).code in (0, 1)
    assert packlint("expand", command, "--format", "json", cwd=root).code in (0, 1)
    assert packlint("check", b"--" + raw, cwd=root).code in (0, 2)
    assert packlint("check", "--stdin-filename", command, cwd=root, given=_COMMAND.encode()).code in (0, 1)
    assert not list(tmp_path.rglob("pwned"))


def test_a_diff_shows_control_characters_as_escapes(write_pack: WritePack) -> None:
    root = write_pack({"agents/dev.md": AGENT.replace("You", "Y\x1bou \u202e â‰¥\t")})
    call = packlint("fix", "--diff", cwd=root)
    assert "-Y\\x1bou \\u202e â‰¥\t review.\n+You \\u202e ≥\t review.\n" in call.out


def test_a_prompt_shows_control_characters_as_escapes_and_json_holds_them(write_pack: WritePack) -> None:
    root = write_pack({"commands/go.md": "---\ndescription: Go\n---\na\x1bb\u202e\r\n\u200d\tc\n"})
    assert packlint("expand", "commands/go.md", cwd=root).out == "a\\x1bb\\u202e\r\n\u200d\tc\n\n"
    found = json.loads(packlint("expand", "commands/go.md", "--format", "json", cwd=root).out)
    assert found["prompt"] == "a\x1bb\u202e\r\n\u200d\tc\n"
