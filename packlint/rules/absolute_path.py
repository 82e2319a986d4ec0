"""A path of one machine.

What it checks: paths below a home folder (`/home/...`, `/Users/...`, `C:\\Users\\...`, `~/...`) in back ticks or links.
They exist for the author only. Folders such as `~/.claude` and `~/.config`, where programs keep their settings,
are everybody's and left alone.

Evidence: none needed.
Versions: all.

Bad (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Read `/home/ana/notes/routers.md` first.

Good (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Read `${CLAUDE_PLUGIN_ROOT}/patterns/routers.md` first.

Good (patterns/routers.md):

    # Routers
"""

from __future__ import annotations

from packlint import regex
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "RF004"
NAME = "absolute-path"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)

_HOME = regex.lazy(r"@?(?:/(?:home|Users)/[\w.-]+/|[A-Za-z]:\\Users\\|~/(?!\.))[\w./\\ -]*\w")
_ANYONE = regex.lazy(r"(?i)/(?:home|Users)/(?:user|username|you|yourname|me|name|runner)/|<|\{")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    parsed = file.document.markdown(pack.client)
    for written in (*parsed.code_spans, *parsed.links):
        match = _HOME.match(written.text)
        if (
            match
            and not _ANYONE.search(written.text)
            and written.text.endswith((".md", ".txt", ".json", ".yaml", ".yml", ".py"))
        ):
            yield Finding(
                written.start,
                written.end,
                f"'{written.text}' is a path of one machine",
                "on any other machine the file is not there",
            )
