"""Who calls whom and who reads what in a pack, as a Mermaid flowchart."""

from __future__ import annotations

import os

from packlint import regex
from packlint.client import Client
from packlint.loading import preloads
from packlint.pack import File, Kind, Pack
from packlint.relations import absent, mentions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHAPES = {
    Kind.COMMAND: '{}(["{}"])',
    Kind.AGENT: '{}["{}"]',
    Kind.SKILL: '{}[["{}"]]',
    Kind.DOCUMENT: '{}[/"{}"/]',
}
_ABSENT = ":::absent"
_SPECIAL = regex.lazy(r"[^A-Za-z0-9 ./:-]|[.-](?= )")


def flowchart(packs: Sequence[Pack], client: Client) -> Iterator[str]:
    """Commands, agents, skills and documents, with an arrow from each to what its text or its `skills` key names.

    What is named and not there, and agents that the client does not load, are dashed.
    """
    yield "flowchart LR"
    for index, pack in enumerate(packs, 1):
        lines = _Graph(pack, client, f"p{index}" if len(packs) > 1 else "").lines()
        if len(packs) > 1:
            yield f'  subgraph p{index}["{escaped(f"{pack.name} {pack.layout} {pack.shown_root}")}"]'
            yield from (f"  {line}" for line in lines)
            yield "  end"
        else:
            yield from lines
    yield "  classDef absent stroke-dasharray: 4 4"


class _Graph:
    """One pack's nodes and arrows; a node is known by its file's real path or by the name it lacks."""

    def __init__(self, pack: Pack, client: Client, prefix: str) -> None:
        self._pack = pack
        self._client = client
        self._prefix = prefix
        agents = [(file, file.agent(client)) for file in pack.agents]
        self._agents = {name: file for file, agent in agents for name in (agent.name, agent.invoke)}
        self._nodes: dict[str, str] = {}
        self._lines: list[str] = []

    def lines(self) -> Iterator[str]:
        sources = [
            file
            for file in (*self._pack.commands, *self._pack.agents, *self._pack.skills, *self._pack.documents)
            if self._pack.is_wanted(file)
        ]
        for file in sources:
            self._file(file)
        arrows = dict.fromkeys(
            f"  {self._file(file)} {'-.->' if absent else '-->'} {target}"
            for file in sources
            for target, absent in self._targets(file)
            if target != self._file(file)
        )
        yield from self._lines
        yield from arrows

    def _targets(self, file: File) -> Iterator[tuple[str, bool]]:
        for preload in preloads.find(file, self._pack) if file.kind is Kind.AGENT else ():
            if preload.file is not None:
                yield self._file(preload.file), False
        for name in mentions.known(file, self._pack):
            yield self._file(self._agents[name]), False
        for _, _, name in mentions.unknown(file, self._pack):
            yield self._absent(Kind.AGENT, name), True
        for reference in self._pack.references(file):
            if reference.target is not None and self._pack.disk.is_file(reference.target):
                yield self._path(reference.target), False
        for reference in absent.references(file, self._pack):
            yield self._absent(Kind.DOCUMENT, reference.path), True

    def _file(self, file: File) -> str:
        if file.kind is Kind.AGENT:
            agent = file.agent(self._client)
            loaded = agent.loaded and not file.unreadable
            name = agent.invoke if loaded else self._relative(file.location)
            return self._node(file.real, Kind.AGENT, name, absent=not loaded)
        if file.kind in (Kind.COMMAND, Kind.SKILL):
            return self._node(file.real, file.kind, file.command(self._client).invoke)
        return self._path(file.location)

    def _path(self, path: str) -> str:
        return self._node(self._pack.disk.real(path), Kind.DOCUMENT, self._relative(path))

    def _absent(self, kind: Kind, name: str) -> str:
        return self._node(f"no {kind} {name}", kind, name, absent=True)

    def _relative(self, path: str) -> str:
        return os.path.relpath(path, self._pack.location).replace(os.sep, "/")

    def _node(self, key: str, kind: Kind, name: str, *, absent: bool = False) -> str:
        """The id of a node, which is drawn when first asked for."""
        if key not in self._nodes:
            self._nodes[key] = f"{self._prefix}n{len(self._nodes) + 1}"
            shape = _SHAPES[kind].format(self._nodes[key], escaped(name))
            self._lines.append(f"  {shape}{_ABSENT if absent else ''}")
        return self._nodes[key]


def escaped(name: str) -> str:
    """A text as Mermaid shows it between double quotes, whatever its characters.

    Evidence: mermaid 11 reads a label as Markdown before it puts characters in for their numbers.
    """
    return _SPECIAL.sub(lambda match: f"#{ord(match[0]) if match[0].isprintable() else 0xFFFD};", name)
