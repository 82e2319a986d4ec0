"""A shell command in a command's text that nobody approved.

What it checks: `` !`cmd` `` runs before the model sees anything and never asks. Commands that only read (`ls`,
`git status`, `grep`) run without a grant; others must be in `allowed-tools`, or the client gives up on the
whole command: no request is made and the exit code is 0. Only programs that were seen to need the grant are
reported.

A person's own settings may allow the command, so this is a warning.

Evidence: measured, one run for each program in data/client.json.
Versions: 2.1.197 says nothing at all, 2.1.328 prints the reason.

Bad (commands/check.md):

    ---
    description: Run the tests and explain what fails
    ---
    Test output: !`pytest -q`

    Explain what fails.

Good (commands/check.md):

    ---
    description: Run the tests and explain what fails
    allowed-tools: Bash(pytest:*)
    ---
    Test output: !`pytest -q || true`

    Explain what fails.
"""

from __future__ import annotations

from collections.abc import Iterator

from packlint import inline
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

CODE = "CM004"
NAME = "unapproved-inline"
SEVERITY = Severity.WARNING
KINDS = (Kind.COMMAND,)

_ONLY_ASKS = ("--version", "-V")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = inline.find(file.document, pack.client)
    if not found:
        return
    tokens = file.command(pack.client).allowed_tools
    programs = pack.client.programs_that_need_a_grant
    for each in found:
        for part in inline.simple_commands(each.text) or []:
            words = part.split()
            name = next((name for name in (" ".join(words[:2]), words[0]) if name in programs), None)
            if name is None or words[-1] in _ONLY_ASKS or inline.is_granted(part, tokens):
                continue
            yield Finding(
                each.start,
                each.end,
                f"nothing approves '{name}'; add to allowed-tools: Bash({name}:*)",
                "the client refuses it and gives up on the whole command: nothing is sent to the model",
            )
            break
