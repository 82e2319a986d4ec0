"""A code block is said to come from a file that is not there.

What it checks: the comment `<!-- snippet: path#region -->` above a code block names a file below the pack's root.
Without it nothing proves that the code shown is code that runs.

Evidence: the file is looked for with its exact spelling.
Versions: all; the client passes the comment on as it is.

Bad (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    <!-- snippet: app/routers.py#create -->
    ```python
    router = APIRouter()
    ```

Good (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    <!-- snippet: app/routers.py#create -->
    ```python
    router = APIRouter()
    ```

Good (app/routers.py):

    # region: create
    router = APIRouter()
    # endregion: create
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.reading import snippets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "SN001"
NAME = "snippet-source"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for snippet in snippets.find(file.document, pack.client):
        if pack.sources.regions(snippet.path) is None:
            yield Finding(
                snippet.start,
                snippet.end,
                f"the snippet's source '{snippet.path}' does not exist",
                "nothing shows that the code below still works",
            )
