"""A command or a skill lets every shell command run without asking.

What it checks: `Bash`, `Bash(*)`, a shell such as `Bash(bash:*)` and `Bash(/bin/sh -c *)`, or a program that starts any
other one, such as `Bash(timeout:*)` and `Bash(xargs:*)`, in `allowed-tools`. The list restricts nothing: it approves in
advance, for the whole turn and for every agent the command starts, also in a folder that nobody has trusted. Name the
commands instead: `Bash(pytest:*), Bash(git diff:*)`.

`*` alone approves no shell command.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (commands/check.md):

    ---
    description: Run the tests and explain what fails
    allowed-tools: Read, Bash
    ---
    Run the tests and explain what fails.

Good (commands/check.md):

    ---
    description: Run the tests and explain what fails
    allowed-tools: Read, Bash(pytest:*)
    ---
    Run the tests and explain what fails.
"""

from __future__ import annotations

from packlint.loading import toolset
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.prompts import inline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "SC003"
NAME = "broad-grant"
SEVERITY = Severity.WARNING
KINDS = (Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    for token in toolset.locate(file.document.text, found, "allowed-tools"):
        if any(inline.grants_any(pattern) for pattern in inline.bash_patterns([token.text])):
            yield Finding(
                token.start,
                token.end,
                f"'{token.text}' lets every shell command run without asking",
                f"clients 2.1.197 and 2.1.328 approve it for the whole turn and for every agent the {file.kind} starts",
            )
