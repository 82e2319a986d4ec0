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
to is for people first: there it is a warning. So is a picture that a link shows: the model is sent the words alone.

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
from packlint.parsing.markdown import part_at
from packlint.problem import Finding, Severity
from packlint.prompts import inline
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


_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
_SHELLS = ("bash", "sh", "shell", "zsh", "console")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    spelling = Spelling(pack.paths)
    severity = Severity.WARNING if documents.is_for_people(file, pack) or documents.is_readme(file, pack) else None
    for reference in absent.references(file, pack):
        is_picture = reference.kind is ReferenceKind.LINK and reference.path.lower().endswith(_PICTURES)
        yield Finding(
            reference.start,
            reference.end,
            f"'{reference.path}' does not exist{_hint(reference.path, spelling)}",
            "whoever looks at the page sees no picture" if is_picture else _consequence(reference, file, pack),
            severity=Severity.WARNING if is_picture else severity,
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


def _consequence(reference: Reference, file: File, pack: Pack) -> str:
    if file.kind in (Kind.COMMAND, Kind.SKILL):
        if reference.kind is ReferenceKind.AT:
            return "the client sends the text without the file, and says nothing"
        run = part_at(inline.find(file.document, pack.client), reference.start)
        if run is not None and "||" not in run.text:
            return f"the client runs this line, and gives up on the whole {file.kind} when it fails"
    reader = "agent" if file.kind is Kind.AGENT else "model"
    if _is_in_command(reference, file, pack):
        return f"the command fails when the {reader} runs it"
    return f"the {reader} cannot read it and goes on without it"


def _is_in_command(reference: Reference, file: File, pack: Pack) -> bool:
    """Whether a path stands in shell code, or behind a program's name."""
    markdown = file.document.markdown(pack.client)
    fence = markdown.in_fence(reference.start)
    if fence is not None and fence.language:
        return fence.language in _SHELLS
    text = file.document.text
    span = part_at(markdown.code_spans, reference.start) if fence is None else None
    start = span.start if span is not None else text.rfind("\n", 0, reference.start) + 1
    before = text[start : reference.start].lstrip() if span is not None or fence is not None else ""
    # A program's name begins with a small letter, and an order to read with a capital one.
    return before[:1].islower() and before.rstrip("\"'").endswith(" ")
