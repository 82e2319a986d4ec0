"""A shell command in a command's text that nobody approved.

What it checks: `` !`cmd` `` runs before the model sees anything and never asks. Commands that only read (`ls`,
`git status`, `grep`) run without a grant; others must be in `allowed-tools`, or the client gives up on the
whole command: no request is made and the exit code is 0. A command with the user's own words in it is not judged,
because it depends on them.

A person's own settings may allow the command, so this is a warning.

Evidence: measured; tests/conformance/shell.jsonl holds what the client did with each of some 650 commands.
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

from packlint import arguments, inline, regex
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.shell import Shell

CODE = "CM004"
NAME = "unapproved-inline"
SEVERITY = Severity.WARNING
KINDS = (Kind.COMMAND,)

_PROGRAM = regex.lazy(r"'(?:git |docker )?[\w.-]+")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = inline.find(file.document, pack.client)
    if not found:
        return
    command = file.command(pack.client)
    shell = Shell(command.allowed_tools, pack.root, pack.client)
    names = arguments.declared_names(command.frontmatter.values.get("arguments"))
    for each in found:
        if arguments.placeholders(each.text, names) or "${CLAUDE_" in each.text:
            continue
        refusal = shell.refusal(each.text.strip())
        if refusal is None:
            continue
        program = _PROGRAM.match(refusal)
        mend = f"; add to allowed-tools: Bash({program[0][1:]}:*)" if program else ""
        yield Finding(
            each.start,
            each.end,
            f"{refusal}{mend}",
            "the client refuses it and gives up on the whole command: nothing is sent to the model",
        )
