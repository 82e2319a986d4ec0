"""Files that are written to fill memory, to overflow a stack, or to keep a reader busy: a message, and soon."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import WritePack
from tests.hardness.calls import packlint
from tests.hardness.shapes import AGENT, HEAD

_DEEP = 20_000
_MANY = 1_000_000
_HUGE = 50 * 1024 * 1024

Content = Callable[[], str | bytes]


def _agent(frontmatter: str = "", body: str = "B") -> str:
    return f"{HEAD}{frontmatter}---\n{body}\n"


def _bomb(key: str) -> str:
    """Aliases that stand for 2 to the 40 texts, under one key."""
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    return "\n".join(lines) + f"\n{key}: *a39\n"


def _bomb_within_the_limit(key: str) -> str:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 18))]
    return "\n".join(lines) + f"\n{key}: *a17\n"


def _nested_json(opening: str, closing: str) -> str:
    return opening * _DEEP + closing * _DEEP


# What stands in agents/odd.md, and what the report must say of it, if anything.
AGENTS: dict[str, tuple[Content, str]] = {
    "an alias bomb": (lambda: _agent(_bomb("note")), "excessive aliasing"),
    "an alias bomb for a name": (lambda: f"---\ndescription: Use it.\n{_bomb_within_the_limit('name')}---\nB\n", ""),
    "an alias bomb for tools": (lambda: _agent(_bomb_within_the_limit("tools")), ""),
    "an alias bomb for a list of tools": (lambda: _agent(_bomb_within_the_limit("tools").replace("*a17", "[*a17]")), ""),
    "an alias bomb for a key": (lambda: _agent(_bomb_within_the_limit("note").replace("note:", "note: x\n?") + ": y\n"), ""),
    "an alias bomb for every key": (
        lambda: _agent("".join(_bomb_within_the_limit(key) for key in ("model", "color", "hooks", "memory", "skills"))),
        "",
    ),
    "a value that contains itself": (lambda: _agent("note: &a [*a, *a]\n"), ""),
    "a name that contains itself": (lambda: "---\nname: &a [b, *a]\ndescription: Use it.\n---\nB\n", ""),
    "a merge of what is around it": (lambda: _agent("note: &a\n  <<: *a\n"), "FM005"),
    "merges of merges": (
        lambda: _agent("a0: &a0 {k0: v}\n" + "".join(f"a{n}: &a{n} {{<<: *a{n - 1}, k{n}: v}}\n" for n in range(1, 5000))),
        "FM005",
    ),
    "brackets 20,000 deep": (lambda: _agent(f"note: {'[' * _DEEP}{']' * _DEEP}\n"), "FM006"),
    "braces 20,000 deep": (lambda: _agent(f"note: {'{a: ' * _DEEP}{'}' * _DEEP}\n"), "FM006"),
    "open brackets 20,000 deep": (lambda: _agent(f"note: {'[' * _DEEP}\n"), ""),
    "sequences 20,000 deep": (lambda: _agent(f"note:\n  {'- ' * _DEEP}x\n"), "FM005"),
    "keys 20,000 deep": (lambda: _agent("? " * _DEEP + "x\n"), "FM005"),
    "aliases 20,000 deep": (
        lambda: _agent("a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 5_000)) + "name: *a4999\n"),
        "",
    ),
    "a number of 20,000 digits": (lambda: _agent(f"note: {'1' * _DEEP}\nother: 0x{'f' * _DEEP}\n0x{'f' * 900}: x\n"), ""),
    "lists 20,000 deep": (lambda: _agent(body="- " * _DEEP + "x"), ""),
    "quotations 20,000 deep": (lambda: _agent(body="> " * _DEEP + "x"), ""),
    "links 20,000 deep": (lambda: _agent(body="[" * _DEEP + "x" + "](y.md)" * _DEEP), ""),
    "list items ever further in": (lambda: _agent(body="".join(" " * n + "- x\n" for n in range(2_000))), ""),
    "Python 20,000 deep": (lambda: _agent(body=f"```python\n{'(' * _DEEP}\n```\n```python\n{'-' * _DEEP}1\n```"), ""),
    "JSON 20,000 deep": (lambda: _agent(body=f"```json\n{_nested_json('[', ']')}\n```\n```json\n{'[' * _DEEP}\n```"), ""),
    "JSON with a number of 20,000 digits": (lambda: _agent(body=f"```json\n[{'1' * _DEEP}]\n```"), ""),
    "YAML 20,000 deep": (lambda: _agent(body=f"```yaml\n{'[' * _DEEP}\n```\n```yaml\n{'- ' * _DEEP}x\n```"), ""),
    "TOML 20,000 deep": (lambda: _agent(body=f"```toml\na = {'[' * _DEEP}\n```\n```toml\n{'a.' * _DEEP}b = 1\n```"), ""),
    "shell 20,000 deep": (
        lambda: _agent(body="".join(f"```sh\n{text * _DEEP}\n```\n" for text in ("(", "$(", '"$(', "{ ", "if ", "`"))),
        "",
    ),
    "50 MiB": (lambda: b"x" * _HUGE, "FM000 cannot be read: larger than 5 MB"),
    "50 MiB of frontmatter": (lambda: b"---\n" + b"a: b\n" * (_HUGE // 5), "larger than 5 MB"),
    "a million lines": (lambda: _agent(body="x\n" * _MANY), ""),
    "a million empty lines": (lambda: _agent(body="\n" * _MANY), ""),
    "a million lines with CRLF": (lambda: _agent(body="x\n" * _MANY).replace("\n", "\r\n"), ""),
    "a million lines of frontmatter": (lambda: _agent("a:\n" + "- \n" * _MANY), "FM000"),
    "300,000 lines of frontmatter": (lambda: _agent("a:\n" + "- \n" * 300_000), "FM005"),
    "100,000 keys": (lambda: _agent("".join(f"{n:x}: \n" for n in range(100_000))), "FM005"),
    "a million headings": (lambda: _agent(body="# \n" * _MANY), ""),
    "200,000 fences": (lambda: _agent(body="```\n" * 200_000), ""),
    "100,000 links": (lambda: _agent(body="[](a)\n" * 100_000), ""),
    "70,000 files to read": (lambda: _agent(body="see `a/b.md`\n" * 70_000), "RF001"),
    "a million code spans": (lambda: _agent(body="`a` " * _MANY), ""),
    "100,000 comments": (lambda: _agent(body="<!---->" * 100_000), ""),
    "a million placeholders": (lambda: _agent(body="$1 " * _MANY), ""),
    "a million characters that nobody sees": (lambda: _agent(body="a\u200b" * _MANY), ""),
    "one line of 5 MB": (lambda: _agent(body="x" * 4_900_000), ""),
    "nothing": (lambda: b"", "FM001"),
    "one NUL byte": (lambda: b"\0", "FM001"),
    "NUL bytes": (lambda: b"\0" * 1_000_000, "FM001"),
    "every byte": (lambda: bytes(range(256)) * 1_000, "FM001"),
    "UTF-16": (lambda: AGENT.encode("utf-16"), "TX002"),
    "bytes that are not UTF-8": (lambda: HEAD.encode() + b"note: \xff\xfe\n---\n\xc3\x28\xed\xa0\x80\n", "TX002"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "words"), AGENTS.values(), ids=AGENTS)
def test_an_agent(make: Content, words: str, write_pack: WritePack) -> None:
    root = write_pack({"agents/dev.md": AGENT, "agents/odd.md": make()})
    call = packlint("check", "--no-cache", ".", cwd=root)
    assert words in call.out
    assert call.code in (0, 1)


@pytest.mark.parametrize("make", [make for make, _ in AGENTS.values()], ids=AGENTS)
def test_a_command_and_a_document(make: Content, write_pack: WritePack) -> None:
    body = "Read `${CLAUDE_PLUGIN_ROOT}/patterns/odd.md`."
    root = write_pack({"commands/odd.md": make(), "patterns/odd.md": make(), "agents/dev.md": _agent(body=body)})
    assert packlint("check", "--no-cache", ".", cwd=root).code in (0, 1)


@pytest.mark.parametrize("arguments", [("inspect",), ("inspect", "--format", "mermaid"), ("fix", "--unsafe")])
@pytest.mark.parametrize("name", ["an alias bomb for every key", "a name that contains itself", "every byte"])
def test_other_commands(name: str, arguments: tuple[str, ...], write_pack: WritePack) -> None:
    content = AGENTS[name][0]()
    root = write_pack({"agents/odd.md": content, "commands/odd.md": content})
    assert packlint(*arguments, cwd=root).code in (0, 1)


MANIFESTS: dict[str, Content] = {
    "20,000 deep": lambda: _nested_json("[", "]"),
    "20,000 deep in a key": lambda: f'{{"hooks": {_nested_json("[", "]")}}}',
    "objects 20,000 deep": lambda: _nested_json('{"a":', "1}").replace("1}", "1" + "}", 1),
    "20,000 deep and open": lambda: "[" * _DEEP,
    "900 deep in every object": lambda: '{"hooks": {"mcpServers": ' + '{"a":' * 900 + "1" + "}" * 902,
    "a comment": lambda: '{"name": "x" /* y */}',
    "a comma too many": lambda: '{"name": "x",, "agents": []}',
    "a byte of a text that no text may have": lambda: '{"name": "x\0"}',
    "900 deep and wide": lambda: f'{{"name": "x", "a": {"[" * 900}{"0," * 500_000}0{"]" * 900}}}',
    "50 MiB": lambda: b'{"name": "' + b"x" * _HUGE + b'"}',
    "5 MB of one text": lambda: b'{"name": "' + b"\\n" * 2_400_000 + b'"}',
    "a million numbers": lambda: '{"name": "x", "hooks": [' + "0," * _MANY + "0]}",
    "100,000 keys": lambda: json.dumps({f"{n:x}": 0 for n in range(100_000)}),
    "a number of 20,000 digits": lambda: f'{{"name": {"1" * _DEEP}}}',
    "every byte": lambda: bytes(range(256)),
    "NUL bytes": lambda: b"\0" * 1_000,
    "half a character": lambda: '{"name": "\\ud800", "agents": ["./\\udfff.md"], "hooks": "./\\ud800.json"}',
    "odd characters in paths": lambda: json.dumps(
        {"name": "a\0b\x1b[31m", "agents": ["./\0.md", "./a\nb.md", "\u202e"], "commands": ["./" + "x" * 5_000], "hooks": "\0"}
    ),
    "paths out of the plugin": lambda: json.dumps(
        {"name": "x", "agents": ["/etc/passwd", "../../../etc/passwd", "./../x.md"], "commands": "/dev", "hooks": "/dev/zero"}
    ),
    "10,000 paths": lambda: json.dumps({"name": "x", "agents": [f"./a{n}.md" for n in range(10_000)]}),
    "10,000 hooks": lambda: json.dumps(
        {"name": "x", "hooks": {f"E{n}": [{"hooks": [{"type": "command", "command": "$CLAUDE_PLUGIN_ROOT/x.sh"}]}] for n in range(10_000)}}
    ),
    "one hook of many variables": lambda: json.dumps(
        {"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "$CLAUDE_PLUGIN_ROOT/x " * 100_000}]}]}}
    ),
    "values of other types": lambda: json.dumps(
        {"name": [], "agents": {"a": 1}, "commands": [[]], "hooks": 1, "author": [[]], "permissions": {"allow": {}, "deny": [1]}}
    ),
}  # fmt: skip

_PLACES = {
    ".claude-plugin/plugin.json": "agents/dev.md",
    "hooks/hooks.json": "agents/dev.md",
    ".claude-plugin/marketplace.json": "agents/dev.md",
    ".mcp.json": "agents/dev.md",
    ".claude/settings.json": ".claude/agents/dev.md",
}


@pytest.mark.parametrize("place", _PLACES)
@pytest.mark.parametrize("make", MANIFESTS.values(), ids=MANIFESTS)
def test_a_manifest(make: Content, place: str, tmp_path: Path) -> None:
    root = tmp_path / "pack"
    for path, content in {_PLACES[place]: AGENT, place: make()}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content.encode() if isinstance(content, str) else content)
    packlint("check", "--no-cache", ".", cwd=root)


@pytest.mark.parametrize(
    "catalogue",
    [
        pytest.param({"plugins": [{"name": f"p{n}", "source": f"./p{n}"} for n in range(10_000)]}, id="10,000 plugins"),
        pytest.param({"plugins": [{"name": f"p{n}", "source": "./"} for n in range(10_000)]}, id="10,000 times itself"),
        pytest.param({"plugins": [{"name": "p", "source": "./.claude-plugin/.."}]}, id="itself by a detour"),
        pytest.param({"plugins": [{"name": "p", "source": "../"}, {"name": "q", "source": "/"}]}, id="what is around it"),
        pytest.param({"metadata": {"pluginRoot": "/"}, "plugins": [{"name": "p", "source": "etc"}]}, id="a root of its own"),
        pytest.param({"plugins": [{"name": "p", "source": "./p\0q"}, {"name": "\x1b[2J\u202e", "source": "./\x1b"}]}, id="odd characters"),
        pytest.param({"plugins": [{"name": "p", "source": "./" + "x/" * 5_000}]}, id="a path too long"),
        pytest.param(
            {"plugins": [{"name": "p", "source": "./", "agents": [f"./a{n}.md" for n in range(10_000)]}]}, id="10,000 agents"
        ),
    ],
)  # fmt: skip
def test_a_marketplace(catalogue: object, write_pack: WritePack) -> None:
    root = write_pack({"agents/dev.md": AGENT, ".claude-plugin/marketplace.json": json.dumps(catalogue)})
    assert packlint("check", "--no-cache", ".", cwd=root).code == 1


_SECTION = "[tool.packlint]\n"

SETTINGS: dict[str, tuple[Content, int]] = {
    "20,000 deep": (lambda: f"{_SECTION}a = {'[' * _DEEP}{']' * _DEEP}", 2),
    "keys 20,000 deep": (lambda: f"{_SECTION}{'a.' * _DEEP}b = 1", 2),
    "50 MiB": (lambda: _SECTION.encode() + b"#" * _HUGE, 2),
    "half a million keys": (lambda: _SECTION + "".join(f"k{n} = 1\n" for n in range(400_000)), 2),
    "every byte": (lambda: _SECTION.encode() + bytes(range(256)), 2),
    "a number of 20,000 digits": (lambda: f"{_SECTION}a = {'1' * _DEEP}", 2),
    "stars": (lambda: f"[tool.packlint]\nexclude = ['{'*a' * 200}b']", 0),
    "a folder name of stars": (lambda: "[tool.packlint.per-file-ignores]\n'" + "*a" * 200 + "b' = ['FM']", 0),
    "control characters": (lambda: '[tool.packlint]\n"a\\u001b[31m\\u202e" = 1', 2),
}


@pytest.mark.parametrize(("make", "code"), SETTINGS.values(), ids=SETTINGS)
def test_a_configuration_file(make: Content, code: int, write_pack: WritePack) -> None:
    root = write_pack({"agents/dev.md": AGENT, f"{'a' * 200}/agents/x.md": AGENT, "pyproject.toml": make()})
    assert packlint("check", ".", cwd=root).code == code


BASELINES: dict[str, Content] = {
    "20,000 deep": lambda: _nested_json("[", "]"),
    "50 MiB": lambda: b"[" + b"0," * (_HUGE // 2),
    "every byte": lambda: bytes(range(256)),
    "numbers beyond all measure": lambda: json.dumps(
        {"version": 1, "findings": [{"path": "p", "code": "FM001", "content": f"{n}", "count": 10**4_299} for n in range(20)]}
    ),
    "odd paths": lambda: json.dumps(
        {
            "version": 1,
            "findings": [
                {"path": path, "code": "FM001", "content": "0", "count": 1} for path in ("\0", "/dev/zero", "../" * 900, "\x1b", "")
            ],
        }
    ),
}  # fmt: skip


@pytest.mark.parametrize("make", BASELINES.values(), ids=BASELINES)
def test_a_baseline(make: Content, write_pack: WritePack) -> None:
    root = write_pack({"agents/dev.md": AGENT, ".packlint-baseline.json": make()})
    packlint("check", ".", cwd=root)
