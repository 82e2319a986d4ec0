"""A pack: its files in their roles, and who refers to whom."""

from __future__ import annotations

import os

from packlint import gist
from packlint.client import Client
from packlint.discovery.root import Entry, Root
from packlint.file import File, Kind
from packlint.gist import Gist
from packlint.loading import naming
from packlint.loading.loader import Role
from packlint.memo import cached_property
from packlint.reading import references
from packlint.reading.references import Reference
from packlint.relations import documents

__all__ = ["File", "Kind", "Pack", "shown"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

    from packlint.document import Document
    from packlint.reading.sources import Sources
    from packlint.relations.listed import Overfull
    from packlint.text.spelling import Vocabulary


class Pack:
    """One discovered root with its files, seen by one client version.

    Args:
        root: what discovery found.
        client: the version whose view the whole-pack properties give.
        start: the folder that reported paths are relative to.
        given: a file with the bytes to judge in its place, whether or not it is on disk.
    """

    # Keys of a frontmatter that no client knows and the pack has for itself, as its settings say.
    own_keys: tuple[str, ...] = ()

    def __init__(
        self, root: Root, client: Client, start: str | os.PathLike[str], given: tuple[str, bytes] | None = None
    ) -> None:
        self.location = root.root
        self.base_location = root.base
        self.layout, self.is_plain = root.layout, root.is_plain
        self.name = root.name
        self.disk = root.disk
        self.client = client
        self.faults = root.faults
        self.overlooked = root.overlooked
        self.market, self.listed, self.listings = root.market, root.listed, root.listings
        self.given = given
        self._start = os.path.abspath(start)
        self._only = root.only
        self._gists: dict[int, Gist] = {}
        self.shown_root = shown(root.root, self._start)
        self.agents = self._files(Kind.AGENT, root.agents)
        self.commands = self._files(Kind.COMMAND, root.commands)
        self.skills = self._files(Kind.SKILL, root.skills)
        self.strays = [self.file_at(Kind.STRAY, stray.path, stray.why) for stray in root.strays]
        self.strays += [self.file_at(Kind.STRAY, entry.path) for entry in root.entries if entry.closed]
        self.manifests = [self.file_at(Kind.MANIFEST, path) for path in root.manifests]

    def file_at(self, kind: Kind, path: str, stray: str = "") -> File:
        """A file that stands in no folder of its role."""
        return self._file(kind, Entry(path, (os.path.basename(path),)), stray)

    def _files(self, kind: Kind, entries: list[Entry]) -> list[File]:
        refuses = self.client.does("refuses_links_out")
        return [self._file(kind, each) for each in entries if not (each.closed or (each.leads_out and refuses))]

    def _file(self, kind: Kind, entry: Entry, stray: str = "") -> File:
        given = self.given[1] if self.given is not None and entry.path == self.given[0] else None
        role = Role(self.layout, self.name, entry.parts, kind is Kind.SKILL, entry.alone, entry.called, entry.says)
        if entry.text is not None:
            from packlint import written

            place = shown(written.manifest_of(entry.path), self._start)
            return written.WrittenFile(kind, entry, place, role, self.disk)
        return File(kind, entry.path, shown(entry.path, self._start), role, self.disk, given, stray)

    def gist(self, file: File) -> Gist:
        """What the pack needs to know of `file`, kept when the file's text is not."""
        known = self._gists.get(id(file))
        if known is None:
            known = self._gists[id(file)] = gist.of(file, self)
        return known

    def learn(self, file: File, known: Gist) -> None:
        """Take a gist that was made elsewhere."""
        self._gists[id(file)] = known

    def look_again(self, file: File) -> Document:
        """A file's document; one that had been forgotten is read again and not kept."""
        if file.is_loaded:
            return file.document
        document = file.document
        file.release()
        return document

    @cached_property
    def documents(self) -> list[File]:
        """Documents that the pack refers to, those they refer to, and their unread siblings."""
        return documents.find(self)

    @cached_property
    def sources(self) -> Sources:
        """The sources that the pack's documents quote."""
        from packlint.reading.sources import Sources

        return Sources(self.disk, self.location)

    @cached_property
    def front(self) -> File | None:
        """The file on which what concerns the whole pack is reported: its manifest, else its first file."""
        return next(iter((*self.manifests, *self.loaded)), None)

    @property
    def loaded(self) -> Iterator[File]:
        """What the client takes for agents, commands and skills."""
        yield from self.agents
        yield from self.commands
        yield from self.skills

    @property
    def files(self) -> Iterator[File]:
        """Every file, agents first."""
        yield from self.loaded
        yield from self.strays
        yield from self.documents
        yield from self.manifests

    def below(self, path: str) -> str | None:
        """A path counted from the pack's root; None where it is not below it."""
        return path[len(self.location) + 1 :] if path.startswith(self.location + "/") else None

    def at(self, location: str) -> File | None:
        """The file at this place, if the pack has it."""
        return self._by_location.get(location)

    @cached_property
    def _by_location(self) -> dict[str, File]:
        return {file.location: file for file in reversed(list(self.files))}

    def is_wanted(self, file: File) -> bool:
        """Whether the user asked for this file; single paths narrow what is reported."""
        return self._only is None or file.location in self._only

    def references(self, file: File) -> Sequence[Reference]:
        """What `file` refers to, resolved in this pack."""

        def find(document: Document) -> list[Reference]:
            skill = self.skill_folder(file)
            if file.kind is Kind.DOCUMENT and skill is not None and documents.is_template(file.location, skill):
                return []
            return references.find(
                document, self.layout, self.location, self.base_location, self.client, self.disk, skill
            )

        return file.references(find)

    def skill_folder(self, file: File) -> str | None:
        """The folder from which the paths in a skill and in its documents count; None outside of skills."""
        if file.kind is not Kind.DOCUMENT or not self.skill_folders:
            return file.skill_folder
        folder = os.path.dirname(file.location)
        while len(folder) > len(self.location) and folder not in self.skill_folders:
            folder = os.path.dirname(folder)
        return folder if folder in self.skill_folders else None

    @cached_property
    def skill_folders(self) -> set[str]:
        """Folders of skills, from which the paths in their texts count."""
        return {folder for file in self.loaded if (folder := file.skill_folder) is not None}

    @cached_property
    def referenced_by(self) -> dict[str, list[str]]:
        """Real path of each document -> reported paths of the files that refer to it."""
        return documents.referenced_by(self)

    @cached_property
    def meant(self) -> set[str]:
        """Real paths of files that a reference means and does not reach: its case or its variable is wrong."""
        return documents.meant(self)

    @cached_property
    def named(self) -> frozenset[str]:
        """The places of documents to which no reference leads and which a text names; see `relations.named`."""
        from packlint.relations import named

        return named.find(self)

    @cached_property
    def agents_by_name(self) -> dict[str, list[File]]:
        """Loaded agents by the name they are invoked by."""
        found: dict[str, list[File]] = {}
        for file in self.agents:
            known = self.gist(file)
            if known.loaded:
                found.setdefault(known.invoke, []).append(file)
        return found

    @cached_property
    def hidden(self) -> dict[int, File]:
        """By identity of a command's or a skill's file: the file that takes its place."""
        from packlint.loading import skills

        return skills.hidden(self)

    @cached_property
    def called(self) -> dict[str, File]:
        """The commands and skills by every name that can be typed, each name's first owner."""
        from packlint.loading import skills

        return skills.called(self)

    @cached_property
    def overlaps(self) -> dict[int, File]:
        """By identity of an agent's or a skill's file: an earlier one whose description says nearly the same."""
        from packlint.relations import overlap

        return overlap.of(self)

    @cached_property
    def overfull(self) -> Overfull | None:
        """What the list of commands and skills has no room for."""
        from packlint.relations import listed

        return listed.overfull(self)

    @cached_property
    def workspace(self) -> frozenset[str]:
        """Files and folders that the pack's texts make in the user's project; see `packlint.relations.workspace`."""
        from packlint.relations import workspace

        return workspace.places(self)

    @cached_property
    def denied(self) -> dict[str, str]:
        """The agents that a project's settings deny, by name, each with the file that does; see `relations.denied`."""
        from packlint.relations import denied

        return denied.by(self)

    @cached_property
    def agent_names(self) -> set[str]:
        """Every name, bare or with the plugin before it, by which a text may call an agent."""
        return {name for known in map(self.gist, self.agents) for name in (known.name, known.invoke)}

    @cached_property
    def callable_agents(self) -> set[str]:
        """Every name by which a text may call an agent, built-in ones included."""
        return {*self.client.callable_agents, *self.agent_names}

    @cached_property
    def _folded_agents(self) -> Counter[str]:
        from collections import Counter

        return Counter(naming.folded(name) for name in self.callable_agents)

    def is_callable(self, name: str) -> bool:
        """Whether the client finds an agent by this name: its own, or the only one that is nearly so written."""
        return name in self.callable_agents or self._folded_agents[naming.folded(name)] == 1

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names of `callable_agents`, to find one that was meant."""
        from packlint.text.spelling import Vocabulary

        return Vocabulary(self.callable_agents)

    @cached_property
    def paths(self) -> Vocabulary:
        """The documents by their paths below the root, to find one that was meant."""
        from packlint.text.spelling import Vocabulary

        return Vocabulary([place for file in self.documents if (place := self.below(file.location)) is not None])


def shown(path: str, start: str) -> str:
    """A path as reported: relative to where packlint was started, with forward slashes."""
    if path.startswith(start + "/"):
        return path[len(start) + 1 :]
    relative = os.path.relpath(path, start).replace(os.sep, "/")
    return relative if not relative.startswith("../../..") else path
