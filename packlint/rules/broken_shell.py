"""A shell block that no shell would take.

What it checks: quotes, redirections and blocks in code blocks marked `bash`, `sh` or `shell`; nothing is run. The usual
case is a `<placeholder>` at the end of a line: a shell reads `<` as "from a file" and `>` as "to a file", and finds no
name behind it. Readers know what is meant, so that is advice, given once a file. Write `NAME`, `"$NAME"` or quotes
around it, or mark the block as `text`.

Sessions with a `$ ` prompt are not judged, nor is grammar that this check does not know.

Evidence: silent on more than 400 shell scripts that `bash -n` accepts.
Versions: all; the client passes the text on as it is.

Bad (commands/build.md):

    ---
    description: Build a feature
    argument-hint: <feature>
    ---
    Build $ARGUMENTS.

    ```bash
    /build <feature>
    ```

Good (commands/build.md):

    ---
    description: Build a feature
    argument-hint: <feature>
    ---
    Build $ARGUMENTS.

    ```text
    /build <feature>
    ```
"""

from __future__ import annotations

from packlint import regex
from packlint.pack import File, Kind, Pack
from packlint.parsing import fences, shell_syntax
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

CODE = "CD006"
NAME = "broken-shell"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)

_SESSION = regex.lazy(r"(?m)^[^\S\n]*(?:[$>%]|[\w.-]+@[\w.-][:\w~/.-]*[$#]) ")
_TEMPLATE = regex.lazy(r"\{\{|\{%|\u2026")
_PLACEHOLDER = regex.lazy(r"<[^<>\n]+>")
_WORDS, _CONSEQUENCE = "no shell takes this", "an agent that runs what it is shown gets a syntax error"


def check(file: File, pack: Pack) -> Iterator[Finding]:
    advice: list[tuple[int, int, str]] = []
    for code in fences.blocks(file.document, pack.client, ("bash", "sh", "shell")):
        found = shell_syntax.fault(code.text)
        if found is None or _SESSION.search(code.text) or _TEMPLATE.search(code.text) or code.is_diff:
            continue
        placeholder = _around(found, code.text)
        if placeholder is None:
            start = code.at(found.start)
            yield Finding(start, start + found.end - found.start, f"{_WORDS}: {found.message}", _CONSEQUENCE)
        else:
            start = code.at(placeholder.start())
            advice.append((start, start + len(placeholder[0]), placeholder[0]))
    if advice:
        # Who writes one placeholder so writes all of them so.
        (start, end, shown), *others = advice
        more = f", as in {len(others)} more block{'s' * (len(others) > 1)} of this file" if others else ""
        words = f"{_WORDS}: '{shown}' is a redirection without a file name{more}"
        yield Finding(start, end, words, _CONSEQUENCE, severity=Severity.INFO)


def _around(found: shell_syntax.Fault, text: str) -> re.Match[str] | None:
    """The placeholder in whose brackets the shell sees a fault."""
    line_start = text.rfind("\n", 0, found.start) + 1
    matches = _PLACEHOLDER.finditer(text, line_start)
    return next((match for match in matches if match.start() <= found.start < match.end()), None)
