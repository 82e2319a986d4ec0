"""A shell command in the text of a command or a skill whose failure ends everything.

What it checks: when a `` !`cmd` `` exits with an error, the client gives up on the whole command: nothing is sent to
the model and the exit code is 0. Reported are commands whose very purpose is to fail when something is not right:
test runners, linters and type checkers. End them with `|| true`.

`grep` that finds nothing, `test`, `diff` and `git diff --exit-code` are no failures to the client.

Evidence: measured.
Versions: 2.1.197 says nothing at all, 2.1.328 prints the reason.

Bad (commands/check.md):

    ---
    description: Run the tests and explain what fails
    allowed-tools: Bash(pytest:*)
    ---
    Test output: !`pytest -q`

Good (commands/check.md):

    ---
    description: Run the tests and explain what fails
    allowed-tools: Bash(pytest:*)
    ---
    Test output: !`pytest -q || true`
"""

from __future__ import annotations

from collections.abc import Iterator

from packlint import regex
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.prompts import inline

CODE = "CM006"
NAME = "failing-inline"
SEVERITY = Severity.WARNING
KINDS = (Kind.COMMAND, Kind.SKILL)

_FAILS = regex.lazy(
    r"(?:(?:uv|poetry|pdm|hatch) run |python3? -m |npx )?"
    r"(?:pytest|ruff check|mypy|pyright|flake8|pylint|tox|eslint|tsc|jest|vitest|cargo (?:test|clippy)|go (?:test|vet)"
    r"|npm (?:test|run (?:test|lint))|make (?:test|lint|check)|alembic check|pre-commit run)(?:\s|$)|false$"
)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for each in inline.find(file.document, pack.client):
        last = each.text.rstrip().rsplit("\n", 1)[-1].rsplit(";", 1)[-1].rsplit("|", 1)[-1].strip()
        if "||" in each.text or not _FAILS.match(last):
            continue
        end = each.start + len(each.text.rstrip())
        yield Finding(
            each.start,
            end,
            f"'{last}' fails when it finds something; end it with '|| true'",
            f"the client then gives up on the whole {file.kind}: nothing is sent to the model",
            Fix("add '|| true'", (Edit(end, end, " || true"),), safe=False),
        )
