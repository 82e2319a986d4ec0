"""A shell command in the text of a command or a skill whose failure ends everything.

What it checks: when a `` !`cmd` `` exits with an error, the client gives up on the whole command: nothing is sent to
the model and the exit code is 0. Reported are commands whose very purpose is to fail when something is not right: test
runners, linters and type checkers; commands whose complaint is silenced, as in `cat notes.md 2>/dev/null`, because
what they name may be missing; and `[ -f notes.md ] && cat notes.md`, which fails where the test does. End them with
`|| true`.

`grep` that finds nothing, `find`, `test` alone, `diff` and `git diff --exit-code` are no failures to the client.

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

from packlint import regex
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.prompts import inline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CM006"
NAME = "failing-inline"
SEVERITY = Severity.WARNING
KINDS = (Kind.COMMAND, Kind.SKILL)

_FAILS = regex.lazy(
    r"(?:(?:uv|poetry|pdm|hatch) run |python3? -m |npx )?"
    r"(?:pytest|ruff check|mypy|pyright|flake8|pylint|tox|eslint|tsc|jest|vitest|cargo (?:test|clippy)|go (?:test|vet)"
    r"|npm (?:test|run (?:test|lint))|make (?:test|lint|check)|alembic check|pre-commit run)(?:\s|$)|false$"
)
_SILENCED = regex.lazy(
    r"(?:ls(?:\s+-\S+)*\s+[^-\s>&0-9]|(?:cat|head|tail|wc|stat|jq|which|du|tree|grep|egrep|rg|git)\s)"
    r"[^>]*(?:2>\s*/dev/null|&>\s*/dev/null|>\s*/dev/null\s+2>&1)\s*\Z"
)
_TESTED = regex.lazy(r"(?:\[\[?\s[^&|;]*\s\]\]?|test\s[^&|;]*)\s*&&\s*+(?!\[|test\s)")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for each in inline.find(file.document, pack.client):
        found = None if "||" in each.text else _fails(each.text.rstrip())
        if found is None:
            continue
        end = each.start + len(each.text.rstrip())
        yield Finding(
            each.start,
            end,
            f"{found}; end it with '|| true'",
            f"the client then gives up on the whole {file.kind}: nothing is sent to the model",
            Fix("add '|| true'", (Edit(end, end, " || true"),), safe=False),
        )


def _fails(text: str) -> str | None:
    """What ends with an error in a shell command, and when; only its last line decides."""
    line = text.rsplit("\n", 1)[-1].rsplit(";", 1)[-1].strip()
    last = line.rsplit("|", 1)[-1].strip()
    if _FAILS.match(last):
        return f"'{last}' fails when it finds something"
    if any(_SILENCED.match(part.strip()) for part in last.split("&&")):
        return f"'{last}' fails when what it asks for is not there"
    return f"'{line}' fails when the test does" if _TESTED.match(line) else None
