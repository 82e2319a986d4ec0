"""A shell block that no shell would take.

What it checks: quotes, redirections and blocks in code blocks marked `bash`, `sh` or `shell`; nothing is run. The usual
case is a `<placeholder>` at the end of a line: a shell reads `<` as "from a file" and `>` as "to a file", and finds no
name behind it. Readers know what is meant, so that is advice. Write `NAME`, `"$NAME"` or quotes around it, or mark
the block as `text`.

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
    from collections.abc import Iterator

CODE = "CD006"
NAME = "broken-shell"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)

_SESSION = regex.lazy(r"(?m)^[^\S\n]*(?:[$>%]|[\w.-]+@[\w.-][:\w~/.-]*[$#]) ")
_TEMPLATE = regex.lazy(r"\{\{|\{%|\u2026")
_PLACEHOLDER = regex.lazy(r"<[^<>\n]+>")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for code in fences.blocks(file.document, pack.client, ("bash", "sh", "shell")):
        found = shell_syntax.fault(code.text)
        if found is None or _SESSION.search(code.text) or _TEMPLATE.search(code.text) or code.is_diff:
            continue
        line_start = code.text.rfind("\n", 0, found.start) + 1
        placeholder = next(
            (
                match
                for match in _PLACEHOLDER.finditer(code.text, line_start)
                if match.start() <= found.start < match.end()
            ),
            None,
        )
        start, end = placeholder.span() if placeholder else (found.start, found.end)
        what = f"'{placeholder[0]}' is a redirection without a file name" if placeholder else found.message
        yield Finding(
            code.at(start),
            code.at(start) + end - start,
            f"no shell takes this: {what}",
            "an agent that runs what it is shown gets a syntax error",
            severity=Severity.INFO if placeholder else None,
        )
