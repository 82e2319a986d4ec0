"""A pack read into memory: its files in their roles, and who refers to whom."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from packlint import overlap, references, skills, workspace
from packlint.client import Client
from packlint.document import Document
from packlint.loader import Agent, Command, Layout, Role, load_agent, load_command
from packlint.record import field, record
from packlint.references import Reference
from packlint.root import Entry, Root
from packlint.toolset import Token, locate

# More than any agent, command or document a client could use; keeps a hostile file from filling memory.
MAX_BYTES = 5_000_000
_DOCUMENT_FOLDERS = ("patterns", "styles")
_SKILL_DOCUMENT_FOLDERS = (".", "references", "reference")


class Kind(StrEnum):
    """What a file is to the client."""

    AGENT = "agent"
    COMMAND = "command"
    SKILL = "skill"
    STRAY = "stray"
    DOCUMENT = "document"
    MANIFEST = "manifest"


_TOOL_KEYS = {Kind.AGENT: ("tools", "disallowedTools")} | dict.fromkeys((Kind.COMMAND, Kind.SKILL), ("allowed-tools",))


@record(eq=False)
class File:
    """One file of a pack in one role. `unreadable` says why its text could not be had, `stray` why it is no skill."""

    kind: Kind
    document: Document
    role: Role
    unreadable: str | None = None
    stray: str = ""
    # By client version: a dozen rules ask for the same agent or command.
    _agents: dict[str, Agent] = field(default_factory=dict, init=False)
    _commands: dict[str, Command] = field(default_factory=dict, init=False)

    @property
    def layout(self) -> Layout:
        return self.role.layout

    @property
    def skill_folder(self) -> Path | None:
        """The folder that the client names above a skill, in a project above one among the commands, too (measured)."""
        is_told = self.role.in_skills or (self.kind is Kind.COMMAND and self.role.is_skill and not self.role.in_plugin)
        return self.document.path.parent if is_told else None

    def agent(self, client: Client) -> Agent:
        """The agent that `client` makes of this file."""
        known = self._agents.get(client.version)
        if known is None:
            known = load_agent(self.document.frontmatter(client), self.role, client)
            self._agents[client.version] = known
        return known

    def command(self, client: Client) -> Command:
        """The command or skill that `client` makes of this file."""
        known = self._commands.get(client.version)
        if known is None:
            found = self.document.frontmatter(client)
            known = load_command(found, self.role, self.document.text[found.body :], client)
            self._commands[client.version] = known
        return known

    def tool_lists(self, client: Client) -> dict[str, list[Token]]:
        """Every key of this kind of file that names tools, with its tokens where they stand."""
        found = self.document.frontmatter(client)
        return {key: locate(self.document.text, found, key) for key in _TOOL_KEYS.get(self.kind, ())}


class Pack:
    """One discovered root with its files read, seen by one client version.

    Args:
        root: what discovery found.
        client: the version whose view the whole-pack properties give.
        start: the folder that reported paths are relative to.
        given: a file with the bytes to judge in its place, whether or not it is on disk.
    """

    def __init__(self, root: Root, client: Client, start: Path, given: tuple[Path, bytes] | None = None) -> None:
        self.root = root.root
        self.base = root.base
        self.layout = root.layout
        self.name = root.name
        self.client = client
        self.faults = root.faults
        self.overlooked = root.overlooked
        self.shown_root = shown(root.root, start)
        self._start = start
        self._only = root.only
        self._given = given
        self.agents = [self._file(Kind.AGENT, entry) for entry in root.agents]
        self.commands = [self._file(Kind.COMMAND, entry) for entry in root.commands]
        self.skills = [self._file(Kind.SKILL, entry) for entry in root.skills]
        self.strays = [
            self._file(Kind.STRAY, Entry(stray.path, (stray.path.name,)), stray.why) for stray in root.strays
        ]
        self.manifests = [self._file(Kind.MANIFEST, Entry(path, (path.name,))) for path in root.manifests]

    def _file(self, kind: Kind, entry: Entry, stray: str = "") -> File:
        if self._given is not None and entry.path == self._given[0]:
            raw, problem = _checked(self._given[1])
        else:
            raw, problem = _read(entry.path)
        document = Document(entry.path, shown(entry.path, self._start), raw)
        role = Role(self.layout, self.name, entry.parts, kind is Kind.SKILL, entry.alone)
        return File(kind, document, role, problem, stray)

    @cached_property
    def documents(self) -> list[File]:
        """Documents that the pack refers to, those they refer to, and their unread siblings."""
        taken = {os.path.realpath(file.document.path) for file in self.loaded}
        found: dict[str, File] = {}
        queue = [*self.loaded]
        if self._given is not None and (real := os.path.realpath(self._given[0])) not in taken:
            found[real] = self._file(Kind.DOCUMENT, Entry(self._given[0], (self._given[0].name,)))
            queue.append(found[real])
        folders = {self.base / name for name in _DOCUMENT_FOLDERS}
        folders |= {skill / name for skill in self._skill_folders for name in _SKILL_DOCUMENT_FOLDERS}
        while queue:
            for target in self._targets(queue.pop(0)):
                real = os.path.realpath(target)
                if real in taken or real in found:
                    continue
                found[real] = self._file(Kind.DOCUMENT, Entry(target, (target.name,)))
                folders.add(target.parent)
                queue.append(found[real])
        for folder in sorted(folders - {self.root, self.base}):
            for path in sorted(folder.glob("*.md")) if folder.is_dir() else []:
                real = os.path.realpath(path)
                if real not in taken and path.is_file():
                    found.setdefault(real, self._file(Kind.DOCUMENT, Entry(path, (path.name,))))
        return sorted(found.values(), key=lambda file: file.document.shown)

    def _targets(self, file: File) -> Iterator[Path]:
        for reference in self.references(file):
            target = reference.target
            if target is not None and target.suffix.lower() in (".md", ".markdown") and target.is_file():
                yield target
            elif target is None and self._given is not None and reference.path:
                bases = (self.root, file.document.path.parent, self.base, self.skill_folder(file) or self.root)
                if any(Path(os.path.normpath(base / reference.path)) == self._given[0] for base in bases):
                    yield self._given[0]

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

    def is_wanted(self, file: File) -> bool:
        """Whether the user asked for this file; single paths narrow what is reported."""
        return self._only is None or file.document.path in self._only

    def references(self, file: File) -> Sequence[Reference]:
        """What `file` refers to, resolved in this pack."""
        known = self._references.get(id(file))
        if known is None:
            skill = self.skill_folder(file)
            is_sample = file.kind is Kind.DOCUMENT and skill is not None and _is_template(file.document.path, skill)
            known = (
                []
                if is_sample
                else references.find(file.document, self.layout, self.root, self.base, self.client, skill)
            )
            self._references[id(file)] = known
        return known

    def skill_folder(self, file: File) -> Path | None:
        """The folder from which the paths in a skill and in its documents count; None outside of skills."""
        if file.kind is not Kind.DOCUMENT:
            return file.skill_folder
        return next((folder for folder in file.document.path.parents if folder in self._skill_folders), None)

    @cached_property
    def _skill_folders(self) -> set[Path]:
        return {folder for file in self.loaded if (folder := file.skill_folder) is not None}

    def source(self, path: str) -> str | None:
        """The text of a file that a document quotes, by its path below the pack's root; None if it is not there."""
        place = Path(os.path.normpath(self.root / path))
        if not place.is_relative_to(self.root) or not references.exact(place) or not place.is_file():
            return None
        if place not in self._sources:
            raw, problem = _read(place)
            self._sources[place] = None if problem else raw.decode("utf-8", "replace")
        return self._sources[place]

    @cached_property
    def _sources(self) -> dict[Path, str | None]:
        return {}

    @cached_property
    def _references(self) -> dict[int, list[Reference]]:
        return {}

    @cached_property
    def referenced_by(self) -> dict[str, list[str]]:
        """Real path of each document -> reported paths of the files that refer to it."""
        found: dict[str, list[str]] = {}
        for file in self.files:
            for target in sorted({os.path.realpath(path) for path in self._targets(file)}):
                if target != os.path.realpath(file.document.path):
                    found.setdefault(target, []).append(file.document.shown)
        return found

    @cached_property
    def meant(self) -> set[str]:
        """Real paths of files that a reference means and does not reach: its case or its variable is wrong."""
        found = set()
        for file in self.files:
            for reference in self.references(file):
                if reference.target is None and reference.path:
                    path = reference.wrong_case or reference.path
                    bases = (self.root, self.base, file.document.path.parent, self.skill_folder(file) or self.root)
                    found |= {os.path.realpath(base / path) for base in bases}
        return found

    @cached_property
    def agents_by_name(self) -> dict[str, list[File]]:
        """Loaded agents by the name they are invoked by."""
        found: dict[str, list[File]] = {}
        for file in self.agents:
            agent = file.agent(self.client)
            if agent.loaded and file.unreadable is None:
                found.setdefault(agent.invoke, []).append(file)
        return found

    @cached_property
    def hidden(self) -> dict[int, File]:
        """By identity of a command's or a skill's file: the file that takes its place."""
        return skills.hidden(self.commands, self.skills, self.layout, self.client)

    @cached_property
    def overlaps(self) -> dict[int, File]:
        """By identity of an agent's or a skill's file: an earlier one whose description says nearly the same."""
        loaded = [(file, file.agent(self.client)) for file in self.agents if file.unreadable is None]
        agents = [(file, agent.description) for file, agent in loaded if agent.loaded and not agent.degraded]
        offered = [(file, file.command(self.client)) for file in self.skills if id(file) not in self.hidden]
        skills = [(file, skill.description) for file, skill in offered if not skill.hidden_from_model]
        return {
            id(told[later][0]): told[earlier][0]
            for told in (agents, skills)
            for later, earlier in overlap.find([description for _, description in told]).items()
        }

    @cached_property
    def called(self) -> dict[str, File]:
        """The commands and skills by every name that can be typed, each name's first owner."""
        return skills.called(self.commands, self.skills, self.layout, self.client, self.hidden)

    @cached_property
    def workspace(self) -> frozenset[str]:
        """Files and folders that the pack's texts make in the user's project; see `packlint.workspace`."""
        return workspace.places(self)

    @cached_property
    def agent_names(self) -> set[str]:
        """Every name, bare or with the plugin before it, by which a text may call an agent."""
        agents = [file.agent(self.client) for file in self.agents]
        return {name for agent in agents for name in (agent.name, agent.invoke)}


def _is_template(path: Path, skill: Path) -> bool:
    """Whether a document of a skill is what the skill writes from: its links lead somewhere else than here."""
    *folders, name = path.relative_to(skill).parts
    return "template" in name.lower() or not {"assets", "templates", "template"}.isdisjoint(folders)


def shown(path: Path, start: Path) -> str:
    """A path as reported: relative to where packlint was started, with forward slashes."""
    relative = os.path.relpath(path, start)
    return Path(relative).as_posix() if not relative.startswith("../../..") else path.as_posix()


def _read(path: Path) -> tuple[bytes, str | None]:
    """A file's bytes, or why there are none. A pipe or a device is never waited for."""
    try:
        with open(path, "rb", opener=_open_at_once) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return b"", "not a regular file"
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return b"", error.strerror or str(error)
    return _checked(raw)


def _checked(raw: bytes) -> tuple[bytes, str | None]:
    if len(raw) > MAX_BYTES:
        return b"", f"larger than {MAX_BYTES // 1_000_000} MB"
    return raw, None


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
