"""A shell block that no shell would take.

What it checks: quotes, redirections and blocks in code blocks marked `bash`, `sh` or `shell`; nothing is run. What a
shell refuses, the person or agent who runs it has to mend first.

A `<placeholder>` stands for a word. A shell would read `<` as "from a file", but nobody runs it as it is shown: models
and people put in what is meant. Sessions with a `$ ` prompt are not judged, nor is grammar that this check does not
know.

Evidence: silent on more than 400 shell scripts that `bash -n` accepts.
Versions: all; the client passes the text on as it is.

Bad (commands/build.md):

    ---
    description: Build a feature
    argument-hint: <feature>
    ---
    Build $ARGUMENTS.

    ```bash
    git commit -m 'Build the feature
    ```

Good (commands/build.md):

    ---
    description: Build a feature
    argument-hint: <feature>
    ---
    Build $ARGUMENTS.

    ```bash
    git commit -m 'Build <feature>' <files>
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
# More of them nobody writes in one block.
_MOST_PLACEHOLDERS = 50


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for code in fences.blocks(file.document, pack.client, ("bash", "sh", "shell")):
        found = _fault(code.text)
        if found is None or _SESSION.search(code.text) or _TEMPLATE.search(code.text) or code.is_diff:
            continue
        start = code.at(found.start)
        yield Finding(
            start,
            start + found.end - found.start,
            f"no shell takes this: {found.message}",
            "an agent that runs what it is shown gets a syntax error",
        )


def _fault(text: str) -> shell_syntax.Fault | None:
    """The first fault that is no placeholder's."""
    for _ in range(_MOST_PLACEHOLDERS):
        found = shell_syntax.fault(text)
        placeholder = found and _around(found, text)
        if not placeholder:
            return found
        start, end = placeholder.span()
        text = f"{text[:start]}{'_' * (end - start)}{text[end:]}"
    return None


def _around(found: shell_syntax.Fault, text: str) -> re.Match[str] | None:
    """The placeholder in whose brackets the shell sees a fault, or which it does not take for a file's name."""
    line_start = text.rfind("\n", 0, found.start) + 1
    for match in _PLACEHOLDER.finditer(text, line_start):
        if found.start < match.end():
            is_in_it = match.start() <= found.start or not text[found.end : match.start()].strip(" \t")
            return match if is_in_it else None
    return None
