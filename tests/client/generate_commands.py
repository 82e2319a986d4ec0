"""Random command and skill files, and random texts that are typed after their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from tests.client import generate_hooks
from tests.client.generate import MODELS, file_of, random_of, some, text_of
from tests.client.staging import ARGUMENTS, Sample

_BODY_PARTS = (
    "Do $ARGUMENTS now", "first $0 second $1", "($2)", "$5 per month", "$100", "awk '{print $1}'", "\\$1",
    "\\$ARGUMENTS", "${ARGUMENTS}", "${1}", "$@ $* $#", "$arguments", "$1abc", "$ARGUMENTSX", "$ARGUMENTS[0]",
    "$ARGUMENTS[9]", "$01", "`$ARGUMENTS` in code", "```\n$0\n```", "state: !`echo hi`", "!`echo $ARGUMENTS`",
    "inline `!`echo no``", "x=!`echo a`", "root ${CLAUDE_PLUGIN_ROOT}/x", "project ${CLAUDE_PROJECT_DIR}/y",
    "own ${CLAUDE_SKILL_DIR}/z", "session ${CLAUDE_SESSION_ID}", "see @missing.md", "mail a@b.c", "$alpha and $beta",
    "text\n\n---\n\nmore", "$$0", "$-1", "$ 1", "$1.5", "$1,000", "$ARGUMENTS.", "\\\\$0", "$A $B", "<b>$0</b>", "é $0",
    "$ARGUMENTS $ARGUMENTS", "$ARGUMENTS[1]x", "$ARGUMENTS[x]", "$ARGUMENTS[]", "# Heading", "- item", "", "env $HOME",
    "```!\necho two\n```", "!`pwd`", "!`touch made`", "$0$1", "$0word", "$alpha[0]", "$ARGUMENTS[0][1]",
    "!`echo ${CLAUDE_SESSION_ID}`",
)  # fmt: skip
_KEYS = (
    "allowed-tools: Read", "allowed-tools: Bash(echo:*)", "allowed-tools: [Bash, Read]", "argument-hint: [a] [b]",
    "argument-hint: <x>", "name: other-{i}", "name: two words {i}", "name: a:b-{i}", "name: pk:q-{i}", "name: 12",
    "name: [n-{i}]", "arguments: alpha beta", "arguments: [alpha, beta]", "arguments: 3", "arguments: 'alpha, beta'",
    "disable-model-invocation: true", "disable-model-invocation: 'true'", "disable-model-invocation: yes",
    "disable-model-invocation: 0", "user-invocable: false", "user-invocable: 'false'", "user-invocable: 1",
    "user-invocable:", "when_to_use: when {i}", "notes: a: b", "hooks: {}", "agent: nobody", "context: none",
    "context: fork", "context: fork\nagent: Plan", "context: fork\nagent: nobody", "version: 2",
    "context: fork\nagent: Explore", "context: fork\nagent: statusline-setup\nmodel: inherit",
    "context: fork\nagent: zz-control-haiku", "context: fork\nagent: [zz-control-opus]", "tools: Read",
    "paths: '*.py'", "paths: '**'", "license: MIT", "shell: bash", "effort: low", "metadata: {a: b}",
)  # fmt: skip
_PATHS = (
    "'**/*.py'", "[src/**, '**']", "['**']", "'**, '", "''", "[]", "3", "[3]", "true", "{a: b}", "'/**'", "'**/**'",
    "'**/*'", "./", "'{a,b}/**'", "'** **'", "' '", "\n  - '*.sql'\n  - db/**", "a, b", "src", "!t x",
)  # fmt: skip
_FOLDERS = (
    "{i}",
    "{i}",
    "{i}",
    "{i}",
    "{i}",
    "Cap_{i}",
    "{i}.v2",
    "{i}-é",
    "日本{i}",
    "{i}--x",
    ".{i}",
    "{i}+1",
    "{i}😀",
)
_WORDS = (
    "one",
    "two",
    "three",
    "src/app.py",
    "--flag=x",
    "-y",
    "#12",
    "é",
    "日本",
    "😀",
    "a,b",
    "5",
    "x=1",
    "it",
    "%",
    "~",
)
_PIECES = (
    '"two words"', "'single quotes'", "it's", '"open', "a'b c'd", 'a"b"', "\\ x", '\\"', "\\n", "$0", "$1",
    "$ARGUMENTS", "$HOME", "${HOME}", "$", "$$", "\n", "\n\n", "\t", "  ", "*", "?.md", "[x]", "{a,b}", "<x>", "(y)",
    "a;b", "a | b", "a && b", "a > b", "& c", "`x y`", "!x", "! `x`", "#", "# c", '"$1"', "'$0'", "a\\", "&lt;", "</b>",
    "=", "x = 5", "where a = 'b c'", "${x y}", "${{ a.b }}", "$(a $(b) c)", "f(x)", "f(g(x)) y", "((a b))", "i+=1",
    "a=(b c) d", "a[0]=b", "a==b", "esac", "f() x", "=> y", "<<EOF", "\ufeff", "x$(y)", "(a \")\" b)",
    "@missing.md", "a=b c", "$(x)", '""', "''", "if x", "[ a ]", "!", "\\$1", "\u00a0", "..", "/x",
)  # fmt: skip


def commands(count: int, seed: int) -> Iterator[Sample]:
    """`count` command files; equal seeds give equal files."""
    for number in range(count):
        random, identity = random_of(f"{seed}/command/{number}"), f"h{number:05d}"
        content = _content(random, identity, some(random, _KEYS, (0, 0, 1, 1, 2), identity))
        yield Sample(identity, f"commands/{identity}.md", content, _arguments(random, content))


def skills(count: int, seed: int) -> Iterator[Sample]:
    """`count` skill files, a tenth of them among the commands; equal seeds give equal files."""
    for number in range(count):
        random, identity = random_of(f"{seed}/skill/{number}"), f"s{number:05d}"
        lines = some(random, _KEYS, (0, 0, 1, 1, 2), identity)
        if random.random() < 0.1:
            lines.append(f"paths: {random.choice(_PATHS)}")
        # An `@` reaches a file, there or not, for which another skill may wait.
        content = _content(random, identity, lines).replace(b"@missing.md", b"missing.md")
        folder = f"skills/{random.choice(_FOLDERS)}" if random.random() < 0.9 else "commands/own"
        typed = _arguments(random, content).replace("@", "")
        yield Sample(identity, f"{folder.replace('{i}', identity)}/SKILL.md", content, typed)


def _content(random: Random, identity: str, lines: Sequence[str]) -> bytes:
    described = [f"description: {text_of(random, identity)}"] if random.random() < 0.85 else []
    lines = [*described, *lines]
    if random.random() < 0.2:
        lines.append(f"model: {random.choice(MODELS)}")
    if random.random() < 0.1:
        lines += ["allowed-tools: Bash(touch:*)", generate_hooks.line(random)]
    raw = file_of(random, identity, lines) if random.random() < 0.92 else b""
    parts = [random.choice(_BODY_PARTS) for _ in range(random.randint(0, 3))]
    if b"(touch:*)" in raw:
        parts.append("!`touch made`")
    return raw.rstrip(b"\n") + b"\n" * bool(raw) + "\n".join([*parts, f"BODY-{identity}\n"]).encode()


def _arguments(random: Random, content: bytes) -> str:
    """What is typed after the name; plain words where a shell command would get it, for whatever it holds is run."""
    if b"!`echo $" in content or random.random() < 0.2:
        return ARGUMENTS
    pieces = [
        random.choice(_WORDS if random.random() < 0.6 else _PIECES) for _ in range(random.choice((0, 1, 2, 3, 5)))
    ]
    return random.choice((" ", " ", " ", "")).join(pieces).strip()
