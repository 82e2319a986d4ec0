"""A code block differs from the source it is said to come from.

What it checks: the code below `<!-- snippet: path#region -->` equals that region of the source, without its
indentation and without the marker lines of other regions. A comment without a code block directly below it
is reported, too.

The fix copies the region in.

Evidence: compared line by line.
Versions: all; the client passes the text on as it is.

Bad (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    <!-- snippet: app/routers.py#create -->
    ```python
    router = Router()
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
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.reading import snippets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "SN003"
NAME = "snippet-differs"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    document = file.document
    for snippet in snippets.find(document, pack.client):
        fence, known = snippet.fence, pack.sources.regions(snippet.path)
        if known is None:
            continue
        if fence is None:
            yield Finding(
                snippet.start,
                snippet.end,
                "no code block directly below the snippet comment",
                "nothing is compared with the source",
            )
            continue
        region = known.get(snippet.region)
        if region is None:
            continue
        shown, region = snippets.quoted(document, fence), snippets.dedented(region)
        if shown == region:
            continue
        line = _first_difference(shown, region)
        start = fence.content_start
        for _ in range(min(line, document.text.count("\n", start, fence.content_end))):
            start = document.text.index("\n", start) + 1
        edit = Edit(fence.content_start, fence.content_end, snippets.indented(document, fence, region))
        yield Finding(
            start,
            document.line_end(start),
            f"differs from '{snippet.path}#{snippet.region}'",
            "the code shown is not the code that is tested",
            Fix("copy the region in", (edit,)) if fence.closed else None,
        )


def _first_difference(shown: str, region: str) -> int:
    here, there = shown.split("\n"), region.split("\n")
    pairs = zip(here, there, strict=False)
    return next((line for line, pair in enumerate(pairs) if pair[0] != pair[1]), min(len(here), len(there)))
