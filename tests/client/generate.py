"""Random agent files, and what other random files are made of: the oddities that people and tools write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from tests.client import generate_hooks
from tests.client.staging import Sample

_TEXTS = (
    "about {i}", '"quoted {i}"', "'it''s {i}'", "'it's {i}'", '"Use "inner" {i}"', '"unterminated {i}', "use: when {i}",
    "Use when: x. Examples: <example>user: \"hi\"</example>", "ends with colon:", ": leading colon", "a # comment {i}",
    "a#b {i}", "# only a comment", "!important first {i}", "! text {i}", "&anchor text {i}", "*alias", "@mention {i}",
    "`tick` {i}", "% percent", "[a, b {i}", "[a, b]", "{a: b}", "{open {i}", "]closed", "}closed", "- dash {i}",
    "? question {i}", "| bar text", "> more text", ", comma {i}", "a --- b {i}", "a---b", "---", "--- ", "...", "yes",
    "no", "true", "null", "~", "12", "1.50", "0x1F", "0o17", "1e3", "+7", "-0", ".5", ".inf", ".NaN", "1_000", "007",
    "12345678901234567890", "2024-01-01", "12:30:45", "é {i} 日本 😀", "a\u2028b {i}", "a\x85b {i}", "\u00a0nbsp {i}",
    "a\x01b", "a\\nb {i}", '"a\\nb {i}"', '"bad \\q escape"', '"\\u00e9 {i}"', '"tab\\t{i}"', "a\tb {i}", "a \t # c",
    "http://x.y/z?a=b#c", "C:\\path {i}", "-x {i}", "$ARGUMENTS {i}", "((a) {i}", "''", '""', "  ", "", "'a' b",
    '"a" b',
    "<<", "=", "\u201ccurly\u201d {i}", "a, b: c", "{{ template }}", "%TAG", "!!str 12", "!!int x", "!!null",
    "!!bool yes",
    "!<tag> x", "[]", "{}", "[a: b]", "{a, b}", "['x', \"y\"]", "[a,]", "[,]", "a\ufeffb", "a]b", "a}b {i}", "k: [x",
    '"\\ud83d\\ude00 {i}"', '"\\ud83d {i}"', "'a'#b {i}", '"a"# b', "& {i}", "!a, b {i}", "a\n \tb {i}",
    "'a {i}'\n\t", "a {i}\n\t",
)  # fmt: skip
_BLOCKS = (
    "|\n  line one {i}\n  line: two", ">\n  folded {i}\n  text", ">-\n  folded {i}\n\n  para", "|+\n  kept {i}\n\n",
    "|2\n    deep {i}", "|\n  a\n  ---\n  b {i}", "|\n\ttabbed {i}", "|\nnot indented {i}", "\n  continued {i}",
    "first {i}\n  second: x", "first {i}\n  second", "first {i}\nsecond", "\n  - item {i}\n  - two",
    "\n- item {i}\n- two",
    "\n  key: {i}", "\n  key: a: b", "\n\tkey: {i}", '"two\n  lines {i}"', '"two\nlines {i}"', "'two\n\n  paras {i}'",
    "> # comment\n  folded {i}", "|-\n   three\n  two {i}", "|\n  <example>\n  user: \"hi {i}\"\n  </example>",
    "text {i}\n<example>\nuser: \"hi\"\n</example>", "[a,\n  b {i}]", "[a,\nb]", "{a: 1,\n b: 2}", "\n  # c\n  x {i}",
    "|\n  \ttabbed {i}\n  b", "|\n  a {i}\n\t\n  b", "|\n  a {i}\n\t", "|\n  a {i}\n\n\t", "|\n  a {i}\n\t# c",
    "\n|\n  a {i}",
    '"a\n\tb {i}"', "\n \ta {i}", ">#c\n  a {i}", "|\n  \t\n  a {i}",
)  # fmt: skip
_NAMES = (
    "{i}", '"{i}"', "'{i}'", "{i} # c", "{i} two words", "{i}: x", "[{i}]", "{k: {i}", "-{i}", "{i}:sub", "pk:{i}",
    "日本{i}", "{i}😀", "{i}/x", "{i}.md", "Cap{i}", "{i}\t", "  {i}  ", "!t {i}", "&a {i}", "@{i}", "`{i}`", "*{i}",
    "12", "true", "null", "", '""', "''", "~", "[a]", "{a: b}", "1.0", "0x10", "1e21", "|\n  {i}", ">-\n  {i}\n  b",
    "general-purpose", "Explore", "{i},x", "({i})", "{i}---x", "2024-01-01", "[]", "{}", "[1, [2, null], true]",
    "0", "-0", "false", "[null]", "{i}\uff1ax", "{i}\ufe55x", "{i}\u2236x", "{i}" + "n" * 256,
    "{i}" + "\U0001f600" * 130,
)  # fmt: skip
_TOOL_WORDS = (
    "Read", "Write", "Edit", "Bash", "Glob", "Grep", "Task", "Agent", "TodoWrite", "MultiEdit", "LS", "WebFetch",
    "WebSearch", "NotebookEdit", "NotebookRead", "BashOutput", "KillShell", "KillBash", "Skill", "SlashCommand",
    "ExitPlanMode", "AskUserQuestion", "Monitor", "ListAgents", "TaskCreate", "TaskList", "CronCreate",
    "ReportFindings",
    "SendMessage", "EnterWorktree", "read", "bash", "Reed", "all", "*", "Bash(git:*)", "Bash(git *)", "Read(src/**)",
    "WebFetch(domain:x)", "Agent(bb)", "Bash(", "Bash)", "Bash()", "()", "(x)", "mcp__srv", "mcp__srv__tool", "mcp__*",
    "`Read`", "'Read'", '"Read"', "Read;", "|", "and", "-", "- Read", "Read,", "Bash(a, b)", "Bash(a (b))",
    "TaskOutput",
    "Workflow", "ToolSearch", "PowerShell", "StructuredOutput", "[Read]", "Read.", "tools", "none", "null", "3",
    "Bash(x) y", "Bash (x)", "Read\u00a0Write", "Bash(a)b", "TaskStop", "CronList", "View", "LSP", "Config",
    "mcp__srv__*", "mcp__srv__t*", "mcp__srv(x)", "mcp__srv__", "mcp__", "mcp__*__*", "mcp__*__tool", "mcp__other__x",
    "Bash(*)", "Bash(x\\)", "Bash(a\\)b)", "Agent(x)", "Task(x)", "Task()", "ListPeers", "ListMcpResources", "Glob(x)",
)  # fmt: skip
_TOOL_VALUES = (
    "", "[]", "null", "~", "true", "3", "''", '""', "{a: b}", "'[Read, Write]'", "\n  - Read\n  - Bash",
    "\n- Read\n- Grep",
    "\n  Read,\n  Bash", "[Read, [Bash]]", "[Read, 3, null]", '["Read, Bash"]', "Read\n  Bash", "|\n  Read\n  Bash",
    "[Read, Bash", "Read, Bash # c", "Read: x, Bash", "\n  Read: true", '"Read", "Write"', "[*]", "['*']",
    '"*"', "* # all",
    "\n\t- Read", "!!str Read", "&t [Read]", "'Read' 'Bash'", "[Read,, Bash]", "Read, *", "[Read, '*']", "[{Read: x}]",
    "\n  -\tRead\n  - \tBash", "[\n\tRead\n]", "[\n  Read # c\n  , Bash\n\t]", "[Read, Bash]# c", "[Read,#c\n Bash]",
    "[!Read, Bash]", "[Read, !Bash]",
    "!Read, Bash", "[Read:]", "[Read\n, Bash\n]", "\n  - Read\n\t\n  - Bash", "\n  - Read\n\t# c\n  - Bash",
    "\n\t# c\n  - Read", "\n  -\tRead: x",
)  # fmt: skip
MODELS = (
    "sonnet", "opus", "haiku", "fable", "inherit", "Sonnet", "OPUS", "Inherit", "best", "opusplan", "default", "gpt-4",
    "sonnet[1m]", "opus [1m]", "'haiku'", "haiku # fast", '"haiku "', "claude-opus-4-1", "claude-opus-4-0", "", "~",
    "null", "12", "true", "[haiku]", "{a: b}", "sonnet 4", "claude-sonnet-4-5", "claude-opus-4-20250514", "haiku: fast",
    "'  '", "|\n  haiku", "claude-3-opus", "[1m]", "haiku[1M]", "claude-opus-4-1[1m]", "Haiku[1m]", "best[1m]", "1.5",
    "SONNET[1M]", "inherit[1m]", "claude-opus-4-1-20250805", "Claude-Opus-4-1", "fable[1m]", "haiku[2m]", "h\u00e4iku",
    "[1m]opus", "inherit[2m]", "claude-opus-4-1[2m]", "best[1m][1m]", "opus [2m]", '"\\ufeffopus"', '"\\x1cfable"',
)  # fmt: skip
_OTHERS = (
    "color: blue", "color: chartreuse", "memory: user", "memory: project", "memory: local", "memory: none", "memory:",
    "memory: [user]", "memory: 'user'", "memory: User", "background: true", "background: 'true'", "background: false",
    "background: yes", "background: True", "background: 1", "background: 'True'", "permissionMode: plan",
    "permissionMode: acceptEdits", "permissionMode: nope", "permissionMode: Plan", "permissionMode: [plan]",
    "hooks: nope", "hooks: []", "hooks: {}", "hooks:", "hooks: 'x'", "hooks: 3", "hooks: true", "hooks: {a: b}",
    "maxTurns: 3", "maxTurns: x", "effort: low", "effort: high", "effort: no", "skills: nothing", "version: 1.0",
    "tags: [a, b]", "notes: a: b: c", "notes: [x", "notes: {x", "notes: \"x", "notes: *x", "notes: |\n  a: b",
    "notes: >x", "notes: - x", "- stray", "stray text", "? x", ": x", "# comment line", "", "   ", "\t", "\tx: y",
    "  indented: x", "'quoted key': x", '"quoted key": x', "[a]: b", "{a}: b", "key with space: x", "k:v", "k:\tv",
    "k :v", "name: again-{i}", "description: again {i}", "tools: Read", "Name: {i}", "allowed-tools: Read",
    "when-to-use: when {i}", "when-to-use: {a: b}", "isolation: remote", "isolation: worktree", "effort: High",
    "mcpServers: {a: {command: x}}", "maxTurns: 1_000", "autoCompactWindow: 5", "disallowedTools: mcp__srv",
    "disallowedTools: Agent", "disallowedTools: mcp__*", "disallowedTools: Bash()", "disallowedTools: '*'",
    "when_to_use: when {i}", "when_to_use: 3", "whenToUse: x", "isolation: none", "mcpServers: []", "initialPrompt: x",
    "omitClaudeMd: true", "experimental: x", "<<: {a: b}", "<<: *x", "a: &x y\nb: *x", "a: *x\nb: &x y", "%YAML 1.2",
    "--- x", "...", "x: '", "x: \"a\\", "x: !", "x: &", "x: *", "x: [a, b]]", "x: {a: b}", "x: 'a'b", "!tag x: y",
    "&a x: y", "a: b: c\nd: 'e'", "x: @y", "x: %y", "x: `y`", "x: a # b: c", "x:", "null: x", "~: x", "1: x", "true: x",
    "disable-model-invocation: true", "user-invocable: false", "e\u0301: x", "\u00a0k: v", "- a\n- b", "x: - a\n   - b",
    "\t# c", "x: !!bool true", "background: !!bool true", "? x\n\t\n: y", "description:: x", "x: >\n", "x: |2\n  a",
    "x: [\n  a\n", "a:\n b:\n  c: d", "a:\n  b: c\n d: e", "x: a\n\n\n  b",
)  # fmt: skip
_OPENINGS = (
    "---",
    "---",
    "--- ",
    "---\t",
    "---\u00a0",
    "----",
    "--",
    "\n---",
    " ---",
    "\ufeff---",
    "--- # c",
    "+++",
    "",
)
_PLACES = ("SKILL.md", "sub/SKILL.md", "sub/{i}.md", "README.md", ".{i}.md", "two words.md", "a/b/{i}.md", "CLAUDE.md")
_CLOSINGS = ("---", "--- ", "----", "---x", "  ---", "...", "", "--- # c", "\t---", "+++")


def agents(count: int, seed: int) -> Iterator[Sample]:
    """`count` agent files; equal seeds give equal files."""
    for number in range(count):
        random, identity = random_of(f"{seed}/agent/{number}"), f"g{number:05d}"
        content = file_of(random, identity, _agent_lines(random, identity))
        place = random.choice(_PLACES) if random.random() < 0.04 else "{i}.md"
        yield Sample(identity, f"agents/{place}".replace("{i}", identity), content)


def _agent_lines(random: Random, identity: str) -> list[str]:
    lines = []
    if random.random() < 0.94:
        lines.append(f"name: {_name(random, identity)}")
    if random.random() < 0.94:
        lines.append(f"description: {text_of(random, identity)}")
    if random.random() < 0.6:
        lines.append(f"tools: {_tools(random)}")
    if random.random() < 0.15:
        lines.append(f"disallowedTools: {_tools(random)}")
    if random.random() < 0.35:
        lines.append(f"model: {random.choice(MODELS)}")
    lines += some(random, _OTHERS, (0, 0, 1, 1, 2, 3), identity)
    if random.random() < 0.1:
        lines.append(generate_hooks.line(random))
    if random.random() < 0.5:
        random.shuffle(lines)
    return lines


def random_of(seed: str) -> Random:
    """The same numbers for the same seed."""
    return Random(seed)  # noqa: S311 - equal files for equal seeds are wanted


def some(random: Random, values: Sequence[str], counts: Sequence[int], identity: str) -> list[str]:
    """As many of the values as one of the counts says."""
    return [random.choice(values).replace("{i}", identity) for _ in range(random.choice(counts))]


def _name(random: Random, identity: str) -> str:
    return identity if random.random() < 0.75 else random.choice(_NAMES).replace("{i}", identity)


def text_of(random: Random, identity: str) -> str:
    """A description, plain or not."""
    kind = random.random()
    if kind < 0.4:
        return f"about {identity}"
    chosen = random.choice(_TEXTS if kind < 0.8 else _BLOCKS)
    return chosen.replace("{i}", identity)


def _tools(random: Random) -> str:
    if random.random() < 0.25:
        return random.choice(_TOOL_VALUES)
    words = [
        random.choice(_TOOL_WORDS[: random.choice((6, 30, len(_TOOL_WORDS)))]) for _ in range(random.randint(1, 4))
    ]
    shape = random.choice((", {}", ", {}", " {}", ",{}", "[{}]", '["{}"]', "list"))
    if shape == "list":
        return "".join(f"\n  - {word}" for word in words)
    if shape == '["{}"]':
        return "[" + ", ".join(f'"{word}"' for word in words) + "]"
    if shape == "[{}]":
        return f"[{', '.join(words)}]"
    return shape.removesuffix("{}").join(words)


def file_of(random: Random, identity: str, lines: list[str]) -> bytes:
    """Frontmatter of these lines with a body, sometimes mangled the way editors and tools do it."""
    clean = random.random() < 0.8
    opening = "---" if clean else random.choice(_OPENINGS)
    closing = "---" if clean or random.random() < 0.5 else random.choice(_CLOSINGS)
    separator = random.choice((": ", ":\t", ":", " : ", ":  ")) if random.random() < 0.05 else ": "
    yaml = "\n".join(line.replace(": ", separator, 1) for line in lines)
    body = random.choice(
        (f"BODY-{identity}\n", f"\nBODY-{identity}\n", f"BODY-{identity}", f"a\n---\nBODY-{identity}\n", "")
    )
    text = f"{opening}\n{yaml}\n{closing}\n{body}"
    if random.random() < 0.06:
        text = text.replace("\n", "\r\n")
    elif random.random() < 0.02:
        text = text.replace("\n", "\r")
    if random.random() < 0.03:
        text = text.rstrip("\n")
    raw = text.encode()
    if random.random() < 0.03:
        place = random.randrange(len(raw))
        raw = raw[:place] + random.choice((b"\xff", b"\xe9", b"\x00", b"\xc3", b"\xed\xa0\x80", b"\x1f")) + raw[place:]
    return text.encode("utf-16") if random.random() < 0.003 else raw
