"""References that name nothing, where there should be something."""

from __future__ import annotations

from packlint.discovery.layout import Layout
from packlint.file import File, Kind
from packlint.reading.references import Kind as ReferenceKind
from packlint.reading.references import Reference
from packlint.relations import workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from packlint.pack import Pack

_TEMPLATES = frozenset(("template", "templates"))


def references(file: File, pack: Pack) -> Iterator[Reference]:
    """The references of a file that name nothing, where there should be something.

    In a folder of templates a path counts from where the copy will be.
    """
    if file.kind is Kind.DOCUMENT and not _TEMPLATES.isdisjoint((pack.below(file.location) or "").split("/")[:-1]):
        return
    for reference in pack.references(file):
        if reference.target is not None or reference.wrong_case or not reference.path or not reference.certain:
            continue
        if reference.escapes or not _is_resolved(reference, file, pack):
            continue
        is_prose = reference.kind in (ReferenceKind.CODE, ReferenceKind.AT)
        if is_prose and workspace.absent(pack, reference.path) in pack.workspace:
            continue
        yield reference


def _is_resolved(reference: Reference, file: File, pack: Pack) -> bool:
    """Whether it is known where the client looks for the file."""
    if reference.variable == "CLAUDE_SKILL_DIR":
        return pack.skill_folder(file) is not None
    if pack.layout is Layout.PROJECT:
        return reference.variable is None
    is_at = reference.kind is ReferenceKind.AT and file.kind in (Kind.COMMAND, Kind.SKILL)
    return reference.variable in (None, "CLAUDE_PLUGIN_ROOT") and not is_at
