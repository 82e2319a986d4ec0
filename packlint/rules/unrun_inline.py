"""A line that looks like a shell command of the client's and is never run.

What it checks: a line that begins with `!git status` or the like in a command or a skill, in blocks of shell and of no
language, too. So people type a command to the client themselves. In a text the client runs only what stands in
back-ticks behind the mark, and blocks that begin with three back-ticks and the mark; of this line the model sees the
words.

The fix puts the command in back-ticks.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (commands/ship.md):

    ---
    description: Review and ship
    allowed-tools: Bash(git diff:*)
    ---
    The changes:

    !git diff --staged

    Review them.

Good (commands/ship.md):

    ---
    description: Review and ship
    allowed-tools: Bash(git diff:*)
    ---
    The changes:

    !`git diff --staged`

    Review them.
"""

from __future__ import annotations

from packlint import regex
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CM014"
NAME = "unrun-inline"
SEVERITY = Severity.WARNING
KINDS = (Kind.COMMAND, Kind.SKILL)

_LINE = regex.lazy(
    r"(?m)^(?:[ \t]*[-*] )?(?P<whole>!(?P<command>(?:git|gh|npm|npx|pnpm|yarn|bun|node|python3?|uv|cargo|make|docker"
    r"|kubectl|ls|cat|echo|grep|rg|find|head|tail|tree|wc|pwd|date|which|jq|curl|mkdir|rm|sed|test)"
    r"(?=[ \t\r]|$)[^\r\n]*))"
)
_SHOWN = 40
_SHELLS = {"", "bash", "sh", "shell", "zsh", "console", "diff"}


def check(file: File, pack: Pack) -> Iterator[Finding]:
    text, parsed = file.document.text, file.document.markdown(pack.client)
    for match in _LINE.finditer(text, parsed.start):
        fence = parsed.in_fence(match.start("whole"))
        if fence is not None and fence.language not in _SHELLS:
            continue
        command = match["command"].rstrip()
        shown = command if len(command) <= _SHOWN else f"{command[:_SHOWN]}..."
        start, end = match.start("whole"), match.start("command") + len(command)
        fix = None
        if "`" not in command:
            fix = Fix("put it in back-ticks", (Edit(start, end, f"!`{command}`"),), safe=False)
        yield Finding(
            start,
            end,
            f"'!{shown}' is not run; write it in back-ticks behind the '!'",
            "the model sees the words and no output",
            fix,
        )
