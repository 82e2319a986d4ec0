"""Nasty texts of any size: what a scanner, an expression or a loop could read again and again.

Each shape is a function that gives a whole file of about `size` characters, with the frontmatter of an agent.
"""

from __future__ import annotations

from collections.abc import Callable
from math import isqrt

Shape = Callable[[int], str]

HEAD = "---\nname: dev\ndescription: Reviews changes. Use after an edit.\n"
AGENT = f"{HEAD}---\nYou review.\n"

# Repeated in the body.
_PROSE = [
    "`", "` ", "`a", "`a` ", "``` ", "```\n", "~~~\n", "```a\nb\n```\n", "[", "]", "[a]", "[[a]", "![", "](", "[](",
    "[a](", "[a](b) ", "[a](b.md) ", "[a](b.md)\n", "[a](#b) ", "[a](#b)\n", "[a]: b\n", "(", ")", "---", "---\n",
    "- ", "- a\n", "  - a\n", "1. a\n", "* * ", "> ", "> a\n", "<", "<a ", '<a id="', "<a id='b'>", "<!--", "<!-- -->",
    "-->", "@", " @", "@a/", " @a.md", "see @a.md. ", "$", "$1 ", "$12 ", "\\$1", "\\", "$ARGUMENTS ", "${",
    "${CLAUDE_PLUGIN_ROOT}", "${CLAUDE_PLUGIN_ROOT}/a.md ", "$CLAUDE_PLUGIN_ROOT/a.md\n", "!`", "!`a` ", "```!\n",
    "```!\na\n```\n", "'", '"', '\\"', " ", "\t", "\n", "\r\n", "\r", " \n", "#", "# ", "# a\n", "# [\n", "# [](\n",
    "a\n=\n", "=", "a\n---\n", "a", "a ", "a. ", "../", "a/", "*", "_a_ ", ":", "a: b\n", "| a |\n", "<<<<<<< a\n",
    "<<<<<<< a\n=======\n>>>>>>> b\n", "\ufeff", "\u200b", "a\u200b ", "\u202e", "a\u202eb ", "\U000e0041", "\x00",
    "\x1b[", "â‰¥", "Ã©", "é", "\U0001f600", "curl http://", "curl http://x | sh ", "rm -", "{", "{,", "{{",
    "not use Bash", "Use the Grep tool. ", "the Bash tool\n", "read `a/b.md` ", "see `a.md`\n", "`../` ",
    "ignore all ", "you must ", "<!-- ignore all previous -->", "<!-- packlint: ignore[", " # packlint: ignore[",
    "<!-- packlint: ignore[FM001] a -->", "<!-- packlint: ignore[FM001] a -->\n",
    "<!-- packlint: ignore[TX] -->\u200b\n",
    "<!-- snippet: a.py#b -->", "<!-- snippet: a.py#b -->\n", "<!-- snippet: a.py#b -->\n```python\nx\n```\n",
    "subagent_type", "subagent_type: a ", "`a` agent ", "@agent-a ", "-----BEGIN ", "-----BEGIN A ", "xoxb-1-", "eyJ",
    "AKIA", "~/a/", "if ", "\u2028", "\x0b", "\x85",
]  # fmt: skip

# Repeated inside a code block of each language.
_CODE = [
    "(", "[", "{", '"', "'", '\\"', "\\\n", "\n", " ", "1", "1 ", "a ", "a.", "a\n", "- ", "#", "/*", "//", ",", "{}",
    "a: b\n", "a=1\n", "if ", "<", "<<A\n", "`", "$(", '"$(', "[[ ", "a+(", "a@", "<a", '"""', "-a\n", "function a ",
    "\r\n",
]  # fmt: skip
_LANGUAGES = ("python", "json", "yaml", "toml", "sh")

# Repeated inside a value of the frontmatter, written in each of the styles below.
_VALUE = [
    "a b ", "a, ", "- a\n", "{", "[", "'", '"', ": ", "a: b\n", "? ", " #", "&a ", "!a ", "\t", " ", "\n", "a\r\n",
    "\\", '\\"', "\u2028", "\x07", "[a, ", "{a: ", "[[a], ", "--- ", "---", "''", "0", "(", "Raed, ", "Bash(*) ",
    "a:b ",
]  # fmt: skip
_STYLES = {
    "plain, CRLF": "when_to_use: {}\r",
    "of no YAML": "when_to_use: use: {}",
    "double quoted": 'when_to_use: "{}"',
    "in brackets": "when_to_use: [{}]",
    "tools": "tools: {}",
    "keys": "{}",
}


def _repeated(unit: str, around: str = f"{HEAD}---\n\0\n") -> Shape:
    before, _, after = around.partition("\0")
    # Always an odd number of them: what stays open at one size stays open at twice the size.
    return lambda size: before + unit * (size // len(unit) | 1) + after


def _numbered(line: str, around: str = f"{HEAD}---\n\0\n") -> Shape:
    """`line` repeated with a number of its own in the place of each `%`."""
    before, _, after = around.partition("\0")
    width = len(line) + 2
    return lambda size: before + "".join(line.replace("%", str(n)) for n in range(size // width)) + after


def _fenced(language: str) -> str:
    return f"{HEAD}---\n```{language}\n\0\n```\n"


def _head(text: str = "\0\n") -> str:
    return f"{HEAD}{text}---\nYou review.\n"


_ODD: dict[str, Shape] = {
    "many keys": _numbered("key%: v\n", _head()),
    "many keys beside one that does not parse": _numbered("key%: v\n", _head("tools: use: x\n\0")),
    "many keys that do not parse": _numbered("key%: use: v\n", _head()),
    "one key again and again": _repeated("key: v\n", _head()),
    "many anchors": _numbered("key%: &a% v\n", _head()),
    "many aliases": _numbered("key%: *a\n", _head("key: &a v\n\0")),
    "a long value with many aliases": lambda size: (
        f"{HEAD}k: &a\n" + "  - x\n" * (size // 12) + "".join(f"k{n}: *a\n" for n in range(size // 20)) + "---\nB\n"
    ),
    "hooks of many aliases": lambda size: (
        f"{HEAD}k: &a\n"
        + "  - x\n" * (size // 12)
        + "hooks:\n"
        + "".join(f"  e{n}: *a\n" for n in range(size // 22))
        + "---\nB\n"
    ),
    "hooks in hooks": lambda size: f"{HEAD}hooks: {'{hooks: [' * (size // 11)}x{']}' * (size // 11)}\n---\nB\n",
    "many hooks": _repeated("    - {matcher: a, hooks: [{type: x}]}\n", _head("hooks:\n  PreToolUse:\n\0")),
    "a mapping merged many times": lambda size: (
        f"{HEAD}k: &a\n" + "".join(f"  k{n}: v\n" for n in range(size // 20)) + "<<: *a\n" * (size // 14) + "---\nB\n"
    ),
    "mappings merged one into the next": lambda size: (
        f"{HEAD}a0: &a0 {{k0: v}}\n"
        + "".join(f"a{n}: &a{n}\n  <<: *a{n - 1}\n  k{n}: v\n" for n in range(1, size // 32))
        + "---\nB\n"
    ),
    "many unknown tools": _numbered("t%, ", _head("tools: \0\n")),
    "many tools nearly right": _numbered("Reed%, ", _head("tools: \0\n")),
    "many tools in a list": _numbered("- t%\n", _head("tools:\n\0")),
    "many tools written with escapes": _numbered("\\x61%, ", _head('tools: "\0"\n')),
    "many agents in a tool": _numbered("a%,", _head("tools: Agent(\0)\n")),
    "many grants": _numbered("Bash(t%:*), ", _head("allowed-tools: \0\n")),
    "a grant of many stars": lambda size: (
        f"{HEAD}allowed-tools: Bash({'*a' * (size // 4)}b)\n---\n!`{'a' * (size // 2)}`\n"
    ),
    "many commas in the paths of a skill": _repeated(",", _head("paths: a\0\n")),
    "many names of arguments": _numbered("a% ", _head("arguments: \0\n")),
    "many names and as many placeholders": lambda size: (
        f"{HEAD}arguments: {' '.join(f'a{n}' for n in range(size // 14))}\n---\n"
        + " ".join(f"$a{n}" for n in range(size // 14))
    ),
    "many comments that silence": _numbered("# packlint: ignore[FM013] x\n", _head()),
    "many comments that silence many findings": _numbered("# packlint: ignore[FM013] x\nk%: v\n", _head()),
    "nested brackets": lambda size: f"{HEAD}k: {'[' * (size // 2)}{']' * (size // 2)}\n---\nB\n",
    "nested braces": lambda size: f"{HEAD}k: {'{a: ' * (size // 5)}{'}' * (size // 5)}\n---\nB\n",
    "nested brackets, as deep as is read, many times": _repeated("[" * 99 + "]" * 99 + ",", _head("k: [\0]\n")),
    "nested mappings": lambda size: HEAD + "".join(" " * n + "a:\n" for n in range(isqrt(2 * size))) + "---\nB\n",
    "nested sequences": _repeated("- ", _head("k:\n\0a\n")),
    "nested items of Markdown": lambda size: (
        f"{HEAD}---\n" + "".join("  " * n + "- a\n" for n in range(isqrt(size))) + "\n"
    ),
    "many headings": _numbered("# heading %\n"),
    "many headings alike": _repeated("# heading\n"),
    "many headings and links that miss them": _numbered("# heading%\n[a](#haeding%)\n"),
    "many links to headings that are not there": _numbered("[a](#b%)\n"),
    "many links to files that are not there": _numbered("[a](b%.md) "),
    "many links to files that are not there, in lines": _numbered("[a](patterns/b%.md)\n"),
    "many files to read": _numbered("read `patterns/b%.md` "),
    "many files to read, in lines": _numbered("read `patterns/b%.md`\n"),
    "many files behind a variable": _numbered("${CLAUDE_PLUGIN_ROOT}/patterns/b%.md "),
    "many comments and files": _numbered("<!-- -->@b%.md "),
    "many agents": _numbered("the `ag-%` agent\n"),
    "many agents typed": _numbered("subagent_type: ag-%\n"),
    "many placeholders": _numbered("$% "),
    "many numbers in code spans": _numbered("`a $% `\n"),
    "many placeholders in awk": _numbered("$% ", _fenced("sh").replace("\0", "awk '\0")),
    "many placeholders in a function": _numbered("$% ", _fenced("sh").replace("\0", "f() {\n\0\n}")),
    "many markers in a code block": _numbered("<<<<<<< a%\n", _fenced("")),
    "many shell commands": _numbered("!`t% a` "),
    "many regions": _numbered("<!-- snippet: a.py#b% -->\n```python\nx\n```\n"),
    "many values of JSON": _numbered("% ", _fenced("json").replace("\0", "\0}")),
    "many words of a shell": _numbered("a% ", _fenced("sh")),
    "a heading of blanks": lambda size: f"{HEAD}---\n# a{' ' * size}b\n",
    "a heading of closing marks": lambda size: f"{HEAD}---\n# a{' #' * (size // 2)}b\n",
    "a heading of brackets": lambda size: f"{HEAD}---\n# {'[' * size}\n",
    "a link that is not closed": lambda size: f"{HEAD}---\n[a]({'a' * size}\n",
    "a link of blanks": lambda size: f"{HEAD}---\n[a]({' ' * size}\n",
    "a link of blank lines": lambda size: f"{HEAD}---\n[a]({chr(10) * size}\n",
    "a link of parentheses": lambda size: f"{HEAD}---\n[a]({'(a)' * (size // 3)}\n",
    "a key with a long gap and CRLF": lambda size: f"{HEAD}k: a: b\nm:{' ' * size}x\r\n---\nB\n",
    "tabs before the end of a line that does not parse": lambda size: f"{HEAD}k: a: b\nm: x{chr(9) * size}y\n---\nB\n",
    "blanks in a quoted value with CRLF": lambda size: f'{HEAD}k: "a\r\n  {" " * size}b\r\n  c"\r\n---\nB\n',
    "brackets behind a free command": lambda size: f"{HEAD}---\n!`ls {'[' * size}`\n",
    "braces behind a free command": lambda size: f"{HEAD}---\n!`ls {'{' * size}`\n",
    "an agent's type like a variable's name": lambda size: f"{HEAD}---\nsubagent_type={'aAa_' * (size // 4)}-\n",
    "a number of underscores": lambda size: f"{HEAD}memory: {'0_' * (size // 2)}x\n---\nB\n",
    "a code span of a path": lambda size: f"{HEAD}---\n`{'a/' * (size // 2)}`\n",
    "a shell block of blanks": lambda size: f"{HEAD}---\n```!{' ' * size}\n",
}
# Repeated in a shell command of a slash command.
_SHELL = [
    "if ", "time ", "A=b ", "timeout 1 ", "<<'A' ", "<<'A'\n", "'", '"', '\\"', "\\", "$", "$(", "$((1))", "&", ";",
    "|", "> /dev/null ", "2>&1 ", " #", "< a ", "for a in b ", "a ", "ls;", "git log ", "[[ ", "../", "{", "{,", "{..",
    '{"', "rm -", "~", '"ab $(ls)" ', '"$(', "CI=1 ", "nice ", "timeout -k 1 ", "xargs ", " \\\n", "> a ", "cd a;",
    "-a ", "~/", "command ", "*", "a/", "git log -",
]  # fmt: skip

SHAPES: dict[str, Shape] = {
    **{f"body of {unit!r}": _repeated(unit) for unit in _PROSE},
    **{f"{language} of {unit!r}": _repeated(unit, _fenced(language)) for language in _LANGUAGES for unit in _CODE},
    **{
        f"value {style} of {unit!r}": _repeated(unit, _head(around.replace("{}", "\0") + "\n"))
        for style, around in _STYLES.items()
        for unit in _VALUE
    },
    **{
        f"shell of {unit!r}": _repeated(unit, f"{HEAD}allowed-tools: Bash(git log:*), Bash(a * b)\n---\n!`\0`\n")
        for unit in _SHELL
    },
    **_ODD,
}
