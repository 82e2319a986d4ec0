"""One file of a pack in one role. It is read when somebody asks, and may be forgotten and read again."""

from __future__ import annotations

from packlint.client import largest_file
from packlint.document import Document
from packlint.enumeration import StrEnum
from packlint.files.disk import Disk
from packlint.files.filesystem import checked
from packlint.loading.loader import Agent, Command, Role, load_agent, load_command
from packlint.loading.toolset import Token, locate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from packlint.client import Client
    from packlint.discovery.layout import Layout
    from packlint.reading.references import Reference


class Kind(StrEnum):
    """What a file is to the client."""

    AGENT = "agent"
    COMMAND = "command"
    SKILL = "skill"
    STRAY = "stray"
    DOCUMENT = "document"
    MANIFEST = "manifest"


_TOOL_KEYS = {
    Kind.AGENT: ("tools", "disallowedTools"),
    Kind.COMMAND: ("allowed-tools", "disallowed-tools", "disallowedTools"),
    Kind.SKILL: ("allowed-tools", "disallowed-tools", "disallowedTools"),
}


class File:
    """One file of a pack in one role.

    Args:
        kind: what it is to the client.
        location: where it is.
        shown: its name in reports.
        role: how the client reaches it.
        disk: reads it.
        given: the bytes to judge instead of what is on the disk.
        stray: why the client makes no skill of it, though it is meant as one; empty for a folder that cannot be read.
    """

    def __init__(
        self,
        kind: Kind,
        location: str,
        shown: str,
        role: Role,
        disk: Disk,
        given: bytes | None = None,
        stray: str = "",
    ) -> None:
        self.kind = kind
        self.location = location
        self.shown = shown
        self.role = role
        self.disk = disk
        self.stray = stray
        self._given = given
        self._read: tuple[Document, str | None] | None = None
        self._forget()

    def _forget(self) -> None:
        # By client version: a dozen rules ask for the same agent or command.
        self._agents: dict[str, Agent] = {}
        self._commands: dict[str, Command] = {}
        self._references: list[Reference] | None = None

    def release(self) -> None:
        """Forget the text and what was made of it; a pack of thousands would fill the memory.

        What was made of a text that the disk keeps is kept with it: once the disk was asked for the text again, it
        holds again.
        """
        if self._read is None or not self.disk.keeps(self._read[0]):
            self._forget()
        self._read = None

    def _loaded(self) -> tuple[Document, str | None]:
        if self._read is None:
            if self._given is None:
                self._read = self.disk.document(self.location, self.shown)
            else:
                raw, problem = checked(self._given)
                self._read = Document(self.location, self.shown, raw), problem
            if self.kind in _TOOL_KEYS and len(self._read[0].raw) > (largest := largest_file(self._size_kind)):
                self._read = Document(self.location, self.shown, b""), f"larger than {largest:,} bytes"
        return self._read

    @property
    def _size_kind(self) -> str:
        return "project_skill" if self.role.in_skills and not self.role.in_plugin else "any"

    @property
    def is_loaded(self) -> bool:
        return self._read is not None

    @property
    def document(self) -> Document:
        return (self._read or self._loaded())[0]

    @property
    def unreadable(self) -> str | None:
        """Why its text could not be had."""
        return self._loaded()[1]

    @property
    def why_stray(self) -> str:
        """Why the client makes nothing of it, in words for a list."""
        return f"no skill: {self.stray}" if "." in self.role.parts[-1] else self.stray

    @property
    def real(self) -> str:
        """Its place without any link, the same by whichever name it is reached."""
        return self.disk.real(self.location)

    @property
    def layout(self) -> Layout:
        return self.role.layout

    @property
    def skill_folder(self) -> str | None:
        """The folder that the client names above a skill, in a project above one among the commands, too (measured)."""
        is_told = self.role.in_skills or (self.kind is Kind.COMMAND and self.role.is_skill and not self.role.in_plugin)
        return self.location.rpartition("/")[0] if is_told else None

    def agent(self, client: Client) -> Agent:
        """The agent that `client` makes of this file."""
        document, known = self.document, self._agents.get(client.version)
        if known is None:
            known = load_agent(document.frontmatter(client), self.role, client)
            self._agents[client.version] = known
        return known

    def command(self, client: Client) -> Command:
        """The command or skill that `client` makes of this file."""
        document, known = self.document, self._commands.get(client.version)
        if known is None:
            found = document.frontmatter(client)
            known = load_command(found, self.role, document.text[found.body :], client)
            self._commands[client.version] = known
        return known

    def references(self, find: Callable[[Document], list[Reference]]) -> list[Reference]:
        """What this file refers to, as `find` finds it in the file's text."""
        document = self.document
        if self._references is None:
            self._references = find(document)
        return self._references

    def tool_lists(self, client: Client) -> dict[str, list[Token]]:
        """Every key of this kind of file that names tools, with its tokens where they stand."""
        found = self.document.frontmatter(client)
        return {key: locate(self.document.text, found, key) for key in _TOOL_KEYS.get(self.kind, ())}
