"""An agent has no usable name.

What it checks: a project agent without a `name` that is a text is skipped without a word, as if it were
documentation. A plugin falls back to the file name, which works and is best said plainly.

Evidence: measured; `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad in a project (agents/reviewer.md):

    ---
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Good in a project (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint.discovery.layout import Layout
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "NM001"
NAME = "missing-name"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    field = found.field("name")
    if not found.is_mapping or (field is not None and field.value not in (None, "")):
        return
    start, end = (field.key_start, field.end) if field else (found.start, found.start)
    stem = file.role.stem
    fix = None
    if field is None and stem.replace("-", "").replace("_", "").isalnum() and stem[0].isalpha():
        newline = "\r\n" if "\r\n" in file.document.text else "\n"
        fix = Fix(f"name it '{stem}'", (Edit(found.start, found.start, f"name: {stem}{newline}"),))
    message = "'name' is empty" if field else "'name' is missing"
    if file.layout is Layout.PROJECT:
        yield Finding(start, end, message, "the client does not load this agent, and says nothing", fix)
        return
    consequence = (
        f"the plugin's agent is called '{file.agent(pack.client).invoke}' after its file; in a project it is not loaded"
    )
    yield Finding(start, end, message, consequence, fix, Severity.WARNING)
