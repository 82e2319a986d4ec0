"""A path of one machine.

What it checks: paths below a home folder (`/home/...`, `/Users/...`, `C:\\Users\\...`, `~/...`) in back ticks or links.
They exist for the author only. A folder counts where its path ends in a slash and goes into somebody's own folders, as
that of an agent's memory does which the client wrote on one machine. Folders such as `~/.claude`, `~/.config` and
`~/Library`, where programs keep their settings, are everybody's and left alone; so are the homes of containers and of
examples.

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

_HOME = regex.lazy(r"@?(?:/(?:home|Users)/[\w.-]+/|[A-Za-z]:\\Users\\|~/(?!\.|Library/))[\w./\\ -]*\w")
_ANYONE = regex.lazy(
    r"(?i)[/\\](?:home|Users)[/\\](?:user(?:[-_]?name)?|your[-_]?(?:user[-_]?)?name|you|me|name|runner|ubuntu|node|vscode|coder"
    r"|app|ec2-user|shared|public)[/\\]|<|\{|%"
)
_FOLDER = regex.lazy(r"@?(?:/(?:home|Users)|[A-Za-z]:\\Users)(?:[/\\][^/\\]+){3,}[/\\]\Z")
_DOCUMENTS = (".md", ".txt", ".json", ".yaml", ".yml", ".py")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    parsed = file.document.markdown(pack.client)
    for written in (*parsed.code_spans, *parsed.links):
        match = _HOME.match(written.text)
        if (
            match
            and not _ANYONE.search(written.text)
            and (written.text.endswith(_DOCUMENTS) or _FOLDER.match(written.text))
        ):
            yield Finding(
                written.start,
                written.end,
                f"'{written.text}' is a path of one machine",
                f"on any other machine the {'file' if written.text.endswith(_DOCUMENTS) else 'folder'} is not there",
            )
