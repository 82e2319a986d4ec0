"""Where a reference leads, and whether its text tells the reader to go there."""

from __future__ import annotations

import os

from packlint.discovery.layout import Layout
from packlint.discovery.root import is_below
from packlint.document import Document
from packlint.enumeration import StrEnum
from packlint.files.disk import Disk
from packlint.files.filesystem import normal
from packlint.parsing.markdown import Range
from packlint.reading.wording import FILLED_FOLDERS, PROJECT_FILES, PROJECT_FOLDERS, SAMPLE_NAMES, TEMPLATE
from packlint.record import record


class Kind(StrEnum):
    """How a text refers to a file."""

    CODE = "code span"
    LINK = "link"
    AT = "@ reference"
    VARIABLE = "variable"


@record(frozen=True)
class Reference:
    """One reference: what is written and where, and what it resolves to.

    Attributes:
        variable: the client's variable before the path, as in `${CLAUDE_PLUGIN_ROOT}/x.md`, and `braced` whether it
            has braces.
        path: the part that names a file.
        anchor: what follows its `#`.
        target: the file or folder found, None where there is none.
        from_root: the path was found from the pack's root, not from another folder.
        escapes: the path leaves the pack from wherever it may be counted.
        wrong_case: the spelling on disk, where the path differs from it in case alone.
        certain: the file is to be there, so that a missing one is a defect.
        told: the reader is told to go there: by a link, `@` or a variable, or by the words around a path in back-ticks.
    """

    kind: Kind
    text: str
    start: int
    end: int
    variable: str | None
    braced: bool
    path: str
    anchor: str
    target: str | None
    from_root: bool
    escapes: bool
    wrong_case: str | None
    certain: bool
    told: bool


class Resolver:
    """Looks for a file in its skill, below the pack's root, beside the file that names it, and in the project."""

    def __init__(self, document: Document, layout: Layout, root: str, base: str, disk: Disk, skill: str | None) -> None:
        self._document = document
        self._layout = layout
        self._root = root
        self._disk = disk
        self._beside = os.path.dirname(document.location)
        self._skill = skill
        self._base = base
        bases = [root, self._beside, base]
        if skill is not None:
            bases = [self._beside, skill, root, base, os.path.dirname(skill)]
        if disk.is_folder(f"{base}/skills"):
            bases.append(f"{base}/skills")
        self._bases = list(dict.fromkeys(bases))
        # A path that counts from here is the pack's own, and its first folder says nothing about other paths.
        self._namespaces = [f"{base}/{name}" for name in ("agents", "commands")]
        self._bases_of_links = list(dict.fromkeys([self._beside, *bases]))

    @property
    def in_skill(self) -> bool:
        return self._skill is not None

    def is_beside(self, name: str) -> bool:
        """Whether a skill has a file of this name, whatever its case, beside it or beside the file that names it."""
        bare = name.partition("#")[0]
        places = (self._beside, self._skill)
        return self.in_skill and any(_other_case(self._disk, place, bare) for place in places if place is not None)

    def is_bundled(self, path: str) -> bool:
        """Whether a path begins with a folder of the skill."""
        first = next((part for part in path.split("/") if part not in ("", ".")), "..")
        return self._skill is not None and first != ".." and self._is_folder(self._skill, first)

    def begins_here(self, path: str, variable: str) -> bool:
        """Whether a path behind a variable begins with a file or folder that is there, whatever its case."""
        first = path.partition("/")[0]
        return bool(first) and any(_other_case(self._disk, base, first) for base in self._bases_of(variable))

    def is_there(self, path: str, variable: str | None = None) -> bool:
        """Whether a document of just this name is where its reader would look."""
        places = (normal(f"{base}/{path}") for base in self._bases_of(variable))
        return "\0" not in path and any(self._disk.is_exact(place) for place in places)

    def _bases_of(self, variable: str | None) -> list[str]:
        if variable == "CLAUDE_SKILL_DIR" and self._skill is not None:
            return [self._skill]
        return [self._root] if variable else self._bases

    def reference(
        self, kind: Kind, written: Range, path: str, variable: str | None = None, braced: bool = True
    ) -> Reference:
        path, _, anchor = path.partition("#")
        is_template = TEMPLATE.search(path) is not None
        target, from_root, escapes = self._target(kind, path, variable, is_template)
        wrong_case = None
        if target is None and path and not is_template:
            spellings = [_other_case(self._disk, base, path) for base in self._bases_of(variable)]
            wrong_case = next((found for found in spellings if found and found != normal(path)), None)
        certain = wrong_case is not None or self._is_certain(kind, written, path, variable, is_template)
        return Reference(
            kind, written.text, written.start, written.end, variable, braced, path, anchor,
            target, from_root, escapes, wrong_case, certain, kind is not Kind.CODE or self._is_told(written),
        )  # fmt: skip

    def _target(self, kind: Kind, path: str, variable: str | None, is_template: bool) -> tuple[str | None, bool, bool]:
        if not path:
            return (self._document.location if kind is Kind.LINK else None), False, False
        if is_template or os.path.isabs(path):
            return None, False, False
        bases = self._bases_of_links if kind is Kind.LINK else self._bases_of(variable)
        escapes = all(not is_below(normal(f"{base}/{path}"), self._root) for base in bases)
        if kind is Kind.CODE and "/" in path.removeprefix("./"):
            bases = [*bases, *self._namespaces]
        for base in bases:
            place = normal(f"{base}/{path}")
            if (escapes or is_below(place, self._root)) and self._disk.is_exact(place):
                return place, base == self._root, escapes
        return None, False, escapes

    def _is_certain(self, kind: Kind, written: Range, path: str, variable: str | None, is_template: bool) -> bool:
        if variable or is_template:
            return not is_template and (path != "" or not self._is_mere_name(written))
        if os.path.isabs(path) or self._is_any_projects(path) or _is_sample(path) or self._is_made_here(path):
            return False
        first = next((part for part in path.split("/") if part not in ("", ".")), "")
        # The user's project has folders with a dot before their names, for its own tools.
        is_projects = first in PROJECT_FOLDERS or first.startswith("src-") or (first.startswith(".") and first != "..")
        if kind is Kind.LINK and not is_projects:
            return True
        is_folder = first not in ("..", "") and any(self._is_folder(base, first) for base in self._bases)
        is_own = self.is_bundled(path)
        if kind is Kind.LINK:
            return is_own or is_folder
        if self._document.text.endswith("'s `", 0, written.start):
            return False  # It is another one's: "the guide's `part.md`".
        told = self._document.surroundings.told(written.start, written.end)
        if told.conditional or (told.writes and not told.reads) or (told.unclear and not is_own):
            return False
        only_writes_lead = told.lead_writes and not told.lead_reads
        if is_own or is_folder:
            is_made = told.in_list and only_writes_lead
            return not is_made and (is_own or first not in PROJECT_FOLDERS)
        if is_projects or first == "..":
            return False
        return not only_writes_lead and (told.reads or told.lead_reads)

    def _is_told(self, written: Range) -> bool:
        told = self._document.surroundings.told(written.start, written.end)
        return told.reads or told.lead_reads

    def _is_mere_name(self, written: Range) -> bool:
        """Whether a variable stands alone in back-ticks, where nothing is read: the text speaks of it."""
        around = self._document.text[max(0, written.start - 1) : written.end + 1]
        return around == f"`{written.text}`" and not self._document.surroundings.told(written.start, written.end).reads

    def _is_folder(self, base: str, path: str) -> bool:
        return self._disk.is_folder(normal(f"{base}/{path}"))

    def _is_any_projects(self, path: str) -> bool:
        """Whether a file is of a name that every project may have, in a folder that the pack does not have."""
        parent, _, name = path.rpartition("/")
        if (name.rpartition(".")[0] or name).lower() not in PROJECT_FILES:
            return False
        places = {normal(f"{base}/{parent}") for base in self._bases if parent.strip("./")}
        return not any(self._disk.is_folder(place) for place in places - {self._root, self._base})

    def _is_made_here(self, path: str) -> bool:
        """Whether a path leads to what the client or an agent makes in the project's .claude, and the pack lacks."""
        parts = [part for part in path.split("/") if part not in ("", ".")]
        if parts[:1] != [".claude"] or len(parts) < 3:
            return False
        return parts[1] in FILLED_FOLDERS and not any(
            self._is_folder(base, "/".join(parts[:2])) for base in self._bases
        )


def _is_sample(path: str) -> bool:
    """Whether a path stands for any path, as in a sample of how to write a link or where a skill is put."""
    parent, _, name = path.rpartition("/")
    if name == "SKILL.md" and parent.rpartition("/")[2] == "skills":
        return True
    return (name.rpartition(".")[0] or name).lower() in SAMPLE_NAMES


def _other_case(disk: Disk, base: str, path: str) -> str | None:
    """The spelling on disk of a path that differs from `path` in case alone."""
    current = base
    spelled: list[str] = []
    for part in normal(path).split("/"):
        if part == "..":
            current = os.path.dirname(current)
            spelled.append(part)
            continue
        match = disk.spelled(current, part)
        if match is None:
            return None
        current = f"{current}/{match}"
        spelled.append(match)
    return "/".join(spelled)
