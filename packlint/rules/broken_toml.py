"""A TOML block that does not parse.

What it checks: code blocks marked `toml`. Ellipses and other placeholders are welcome, and so is a table that is shown
twice, before and after a change.

Evidence: Python's own parser.
Versions: all; the client passes the text on as it is.

Bad (agents/packager.md):

    ---
    name: packager
    description: Writes pyproject.toml. Use for releases.
    ---
    ```toml
    [project]
    name = shop
    ```

Good (agents/packager.md):

    ---
    name: packager
    description: Writes pyproject.toml. Use for releases.
    ---
    ```toml
    [project]
    name = "shop"
    ```
"""

from __future__ import annotations

from packlint import regex
from packlint.pack import File, Kind, Pack
from packlint.parsing import fences, toml
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CD005"
NAME = "broken-toml"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)

_PLACE = regex.lazy(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_SHOWN_TWICE = ("Cannot declare", "Cannot overwrite", "Cannot mutate")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for code in fences.blocks(file.document, pack.client, ("toml",)):
        words = _error(code.text)
        if words is None or words.startswith(_SHOWN_TWICE) or code.has_placeholder or code.is_diff:
            continue
        place = _PLACE.search(words)
        line, column = (int(place[1]), int(place[2])) if place and place[1] else (code.text.count("\n") + 1, 1)
        start = code.offset(line - 1, column - 1)
        yield Finding(
            start,
            max(start, code.offset(line - 1, len(code.line(line - 1)))),
            f"this TOML does not parse: {_PLACE.sub('', words)}",
            "an agent copies what it is shown",
        )


def _error(text: str) -> str | None:
    try:
        toml.loads(text)
    except toml.TooMuchError:
        return None
    except ValueError as error:
        return str(error)
    return None
