"""A YAML block that does not parse.

What it checks: code blocks marked `yaml` or `yml`. Several documents, tags of any kind, ellipses and other placeholders
are welcome, and so is a whole Markdown file with frontmatter, which is read as the client reads it.

Evidence: the YAML parser.
Versions: all; the client passes the text on as it is.

Bad (agents/deployer.md):

    ---
    name: deployer
    description: Writes workflows. Use for releases.
    ---
    ```yaml
    steps:
      - run: pytest
       name: Test
    ```

Good (agents/deployer.md):

    ---
    name: deployer
    description: Writes workflows. Use for releases.
    ---
    ```yaml
    steps:
      - run: pytest
        name: Test
    ```
"""

from __future__ import annotations

from packlint import frontmatter, regex
from packlint.frontmatter import State
from packlint.pack import File, Kind, Pack
from packlint.parsing import fences, plain
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

CODE = "CD004"
NAME = "broken-yaml"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)

_FRONTMATTER = regex.lazy(r"(?ms)---[ \t]*\n.*?^---[ \t]*$")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for code in fences.blocks(file.document, pack.client, ("yaml", "yml")):
        error = _error(code.text)
        if error is None or code.has_placeholder or code.is_diff or _is_read_by_client(code.text):
            continue
        line, column, words = error
        start = code.offset(line, column)
        yield Finding(
            start,
            max(start, code.offset(line, len(code.line(line)))),
            f"this YAML does not parse: {words}",
            "an agent copies what it is shown",
        )


def _error(text: str) -> tuple[int, int, str] | None:
    if plain.read(text) is not None:
        return None
    import yaml

    try:
        _parse(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return (mark.line, mark.column, error.problem or str(error)) if mark else (0, 0, str(error))
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return None


def _parse(text: str) -> None:
    """Read YAML to its end. Where there is a parser in C, it makes no objects of what it reads."""
    import yaml

    parser: Any = getattr(yaml, "CSafeLoader", None)
    if parser is not None:
        parser(text).raw_parse()
    else:
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass


def _is_read_by_client(text: str) -> bool:
    """Whether it is a Markdown file whose frontmatter the client can use."""
    if not _FRONTMATTER.match(text):
        return False
    return frontmatter.read(text + "\n", strips_bom=True, refuses_nul=True).state is not State.LOST
