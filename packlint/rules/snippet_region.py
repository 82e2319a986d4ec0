"""A code block is said to come from a region that its file does not have.

What it checks: the source named in `<!-- snippet: path#region -->` must hold a line `# region: name` and, after it, a
line `# endregion: name`.

Evidence: read from the source.
Versions: all; the client passes the comment on as it is.

Bad (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    <!-- snippet: app/routers.py#creat -->
    ```python
    router = APIRouter()
    ```

Bad (app/routers.py):

    # region: create
    router = APIRouter()
    # endregion: create

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
from packlint.text.spelling import Spelling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "SN002"
NAME = "snippet-region"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    spellings: dict[str, Spelling] = {}
    for snippet in snippets.find(file.document, pack.client):
        known = pack.sources.regions(snippet.path)
        if known is None or known.get(snippet.region) is not None:
            continue
        if snippet.region in known:
            message = f"region '{snippet.region}' of '{snippet.path}' is never closed"
        else:
            hint = spellings.setdefault(snippet.path, Spelling(known)).hint(snippet.region)
            message = f"'{snippet.path}' has no region '{snippet.region}'{hint}"
        yield Finding(snippet.start, snippet.end, message, "nothing shows that the code below still works")
