"""A link leads to a heading that is not there.

What it checks: the part behind `#` against the headings of the Markdown file it leads to, spelled as GitHub spells
them, and against explicit ones: `id` and `name` attributes, `{#name}` behind a heading. An emoji at the beginning of
a heading, for which GitHub writes a hyphen, may be left out: whoever reads the text finds the section.

Evidence: none needed; the reader is sent to a section that does not exist.
Versions: all.

Bad (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Follow [the rules](#naming-rules).

    ## Rules

Good (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Follow [the rules](#rules).

    ## Rules
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.text.spelling import Spelling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "RF008"
NAME = "missing-anchor"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    spellings: dict[str, Spelling] = {}
    for reference in pack.references(file):
        if not reference.anchor or reference.target is None or not reference.target.lower().endswith(".md"):
            continue
        anchors = _anchors(reference.target, file, pack)
        if anchors is None or reference.anchor.lower() in anchors or reference.anchor in anchors:
            continue
        if reference.anchor.lower().strip("-") in {anchor.strip("-") for anchor in anchors}:
            continue
        if reference.anchor.isdigit() and not reference.path:
            continue
        hint = spellings.setdefault(reference.target, Spelling(anchors)).hint(reference.anchor)
        where = "this file" if reference.target == file.location else reference.target.rpartition("/")[2]
        yield Finding(
            reference.start,
            reference.end,
            f"no heading '#{reference.anchor}' in {where}{hint}",
            "the reader is sent to a section that does not exist",
        )


def _anchors(target: str, file: File, pack: Pack) -> set[str] | None:
    if target == file.location:
        return file.document.markdown(pack.client).anchors
    other = pack.at(target)
    return other.document.markdown(pack.client).anchors if other and not other.unreadable else None
