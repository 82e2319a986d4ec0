"""A shell command in the text of a command or a skill whose failure ends everything.

What it checks: when a `` !`cmd` `` exits with an error, the client gives up on the whole command: nothing is sent to
the model and the exit code is 0. Reported are commands whose very purpose is to fail when something is not right: test
runners, linters and type checkers; commands whose complaint is silenced, as in `cat notes.md 2>/dev/null`, because
what they name may be missing; and `[ -f notes.md ] && cat notes.md`, which fails where the test does. A plugin runs in
any repository: there `git diff HEAD~5` fails in a young or shallow one, `git diff main`, `git log main..HEAD` or
`origin/main` where the branch has another name or nothing was fetched, `git describe` without a tag. End them with
`|| true`.

`grep` that finds nothing, `find`, `test` alone, `diff` and `git diff --exit-code` are no failures to the client.

Evidence: measured; of git, in a repository of one commit.
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

from itertools import pairwise

from packlint import regex
from packlint.discovery.layout import Layout
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
_GIT = regex.lazy(
    r"git\s+(?:branch|checkout|cherry|describe|diff|diff-tree|format-patch|log|merge-base|rev-list|rev-parse|shortlog|show)"
    r"(?=\s|$)"
)
# A line that goes on in the next one, at its end.
_CONTINUED = regex.lazy(r"\\\n|(?<=\||&)[ \t]*\n")
_ANCESTOR = regex.lazy(r"(?:HEAD|@)(?:\^(?!\{)|~)")
_UPSTREAM = regex.lazy(r"@\{u(?:pstream)?\}")
# A branch of a remote, the name that a range begins with, or one that hardly means a file.
_BRANCH = regex.lazy(
    r"(?:.*\.\.)?(?P<remote>origin/[\w./-]*\w)|(?!HEAD\b)(?P<start>[A-Za-z](?:[\w/-]|\.(?!\.))*)\.\."
    r"|(?P<alone>main|master|develop|trunk)(?=[:~^@]|\Z)"
)
# What takes the next word for itself, and what takes names that are not there yet.
_TAKES_WORD = ("--grep", "--author", "--committer", "-S", "-G", "-L", "-b", "-B")
_MAKES_BRANCHES = "branch"


def check(file: File, pack: Pack) -> Iterator[Finding]:
    in_any_repository = file.layout is Layout.PLUGIN
    for each in inline.find(file.document, pack.client):
        found = _fails(each.text.rstrip(), in_any_repository)
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


def _fails(text: str, in_any_repository: bool) -> str | None:
    """What ends with an error in a shell command, and when; only its last line decides."""
    line = _CONTINUED.sub(" ", text).rsplit("\n", 1)[-1].rsplit(";", 1)[-1].strip()
    if "||" in line:
        return None
    last = line.rsplit("|", 1)[-1].strip()
    parts = [part.strip() for part in last.split("&&")]
    judge = next(filter(_FAILS.match, parts), None)
    if judge:
        return f"'{judge}' fails when it finds something"
    if any(map(_SILENCED.match, parts)):
        return f"'{last}' fails when what it asks for is not there"
    if _TESTED.match(line):
        return f"'{line}' fails when the test does"
    absences = ((part, _absent(part)) for part in parts if in_any_repository and _GIT.match(part))
    return next((f"'{part}' fails where {absence}" for part, absence in absences if absence), None)


def _absent(command: str) -> str | None:
    """What a repository may lack without which a git command fails, in words."""
    words = command.split()[1:]
    if words[0] == "describe":
        return None if "--always" in words else "there is no tag"
    asked = words[: words.index("--") if "--" in words else None]
    for before, quoted in pairwise(asked):
        word = quoted.strip("\"'")
        if _ANCESTOR.search(word):
            return "the repository has fewer commits"
        if _UPSTREAM.search(word):
            return "the branch has no upstream"
        branch = _BRANCH.match(word)
        is_new = before in _TAKES_WORD or words[0] == _MAKES_BRANCHES
        if branch and not (branch["alone"] and is_new):
            return f"there is no '{branch[branch.lastgroup or 0]}'"
    return None
