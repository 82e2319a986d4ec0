"""A file that the text tells its reader to read does not exist.

What it checks: back-ticked paths of documents, links, `@file` and paths behind `${CLAUDE_PLUGIN_ROOT}` and
`${CLAUDE_SKILL_DIR}`. They are looked for in the skill, below the pack's root, beside the file itself and in the
project; a back-ticked path with a folder in it below agents/ and commands/, too. In a skill paths of other files
count as well, where they begin with a folder of the skill. The client says nothing about a dead path: the agent asks
for the file, fails, and goes on without it.

Only what is clearly meant to be read counts. Silent are globs, `<placeholders>`, `{templates}`, routes,
code samples, files the agent is to write, files of the user's project, and "if it exists". A folder that the pack
does not have and that one of its texts writes to, checks for or fills by a placeholder is the user's project's.
A README, also among agents or commands, or a page in docs/ or outside of `.claude`, that only other documents refer
to is for people first: there it is a warning.

Evidence: measured: a missing `@file` is skipped without a message.
Versions: all.

Bad (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Read `patterns/routers.md` first.

Good (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Read `${CLAUDE_PLUGIN_ROOT}/patterns/routers.md` first. Write the plan to `plans/next.md`.

Good (patterns/routers.md):

    # Routers
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.reading.references import Kind as ReferenceKind
from packlint.reading.references import Reference
from packlint.relations import absent, documents
from packlint.text.spelling import Spelling, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "RF001"
NAME = "missing-file"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    spelling = Spelling(pack.paths)
    severity = Severity.WARNING if documents.is_for_people(file, pack) or documents.is_readme(file, pack) else None
    for reference in absent.references(file, pack):
        yield Finding(
            reference.start,
            reference.end,
            f"'{reference.path}' does not exist{_hint(reference.path, spelling)}",
            _consequence(reference, file),
            severity=severity,
        )


def _hint(path: str, spelling: Spelling) -> str:
    """A sentence's end that names the document that was meant: one whose folder and whose name are both nearly so."""
    found = spelling.nearest(path)
    parts = zip(_parts(path), _parts(found), strict=True) if found else ()
    return f"; did you mean '{found}'?" if found and all(nearest(one, (other,)) for one, other in parts) else ""


def _parts(path: str) -> tuple[str, str]:
    """The folder and the name, without what is the same of all documents."""
    folder, _, name = path.removeprefix("./").rpartition("/")
    return f"{folder}/", name.rpartition(".")[0]


def _consequence(reference: Reference, file: File) -> str:
    if reference.kind is ReferenceKind.AT and file.kind in (Kind.COMMAND, Kind.SKILL):
        return "the client sends the text without the file, and says nothing"
    return f"the {'model' if file.kind is not Kind.AGENT else 'agent'} cannot read it and goes on without it"
