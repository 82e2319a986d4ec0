"""YAML values with their places: PyYAML's nodes made ours, with the client's types, merges and limits.

Evidence: ``Bun.YAML.parse`` asked directly, see docs/decisions.md.
"""

from __future__ import annotations

import bisect
from itertools import chain

from yaml.nodes import ScalarNode, SequenceNode

from packlint import regex
from packlint.parsing.node import Node, YamlError
from packlint.parsing.scalars import js_string, plain_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

# How the loader tags scalars without a tag: as the client would have to read them.
PLAIN = "plain"
QUOTED = "quoted"

# A tag of no name makes a text of whatever follows.
_BARE_TAG = regex.lazy(r"(?:&\S+\s+)?!")
_CRLF_FOLD = regex.lazy(r"(?<![ \t])(?:[ \t]*+\r\n)++")
# The tags that leave a value of their own type as it is; what does not fit is a text.
_TYPE_TAGS = {"tag:yaml.org,2002:int": False, "tag:yaml.org,2002:float": False, "tag:yaml.org,2002:bool": True}
_TEXT_TAGS = {QUOTED, "tag:yaml.org,2002:str"}
# Bun's own limit: how many values all aliases of a text may stand for together.
_MOST_ALIASED = 2**24
# Ours: mappings merged one into the next grow with the square of the text.
_MOST_MERGED = 100_000


class Converter:
    """Turns PyYAML's nodes into ours; an aliased node is converted once and shared."""

    def __init__(
        self, text: str, added: list[int], disguises: Mapping[str, str], compose: Callable[[str], Any]
    ) -> None:
        self._text = text
        self._meant = {ord(disguise): meant for meant, disguise in disguises.items()}
        self._added = added
        self._compose = compose
        self._done: dict[int, Node] = {}
        # How many values each collection stands for, aliases written out, and how many all aliases stand for.
        self._sizes: dict[int, int] = {}
        self._aliased = 0
        self._merged = 0

    def node(self, node: Any) -> Node:
        """Our node for one of PyYAML's, which holds an empty collection where it holds itself."""
        start, end = self._original(node.start_mark.index), self._original(node.end_mark.index)
        if id(node) in self._sizes:
            self._count_alias(node)
            return self._done.get(id(node)) or Node([] if isinstance(node, SequenceNode) else {}, start, end)
        self._sizes[id(node)] = 1
        if isinstance(node, ScalarNode):
            source = self._text[node.start_mark.index : node.end_mark.index]
            value = self._scalar(node, source)
            found = Node(value, start, end, node.style or None, source[:1] in ("!", "&"))
        elif isinstance(node, SequenceNode):
            items = tuple(map(self.node, node.value))
            self._sizes[id(node)] += sum(self._sizes[id(item)] for item in node.value)
            found = Node([item.value for item in items], start, end, items=items)
        else:
            nodes = map(self.node, chain.from_iterable(node.value))
            entries = tuple(zip(nodes, nodes, strict=True))
            self._sizes[id(node)] += sum(self._sizes[id(each)] for pair in node.value for each in pair)
            found = Node(self._mapping(entries, node), start, end, entries=entries)
        self._done[id(node)] = found
        return found

    def _count_alias(self, node: Any) -> None:
        self._aliased += self._sizes[id(node)]
        if self._aliased > _MOST_ALIASED:
            raise YamlError("excessive aliasing", node.start_mark.line, node.start_mark.column)

    def _original(self, offset: int) -> int:
        return offset - bisect.bisect_left(self._added, offset)

    def _scalar(self, node: Any, source: str) -> Any:
        if node.style in ("'", '"') and "\r\n" in source:
            return self._unfolded(source, node.value).translate(self._meant)
        text = node.value.translate(self._meant)
        if node.style:
            return text
        is_key = self._text[node.end_mark.index : node.end_mark.index + 1] == ":"
        if text == "-" and node.tag == PLAIN and not is_key:  # between brackets, where libyaml takes it for a text
            raise YamlError("a dash that begins nothing", node.start_mark.line, node.start_mark.column)
        if node.tag == PLAIN:
            return text if text and _BARE_TAG.match(source) else plain_value(text)
        if text and node.tag in _TYPE_TAGS:
            value = plain_value(text)
            return text if value is None or isinstance(value, bool) is not _TYPE_TAGS[node.tag] else value
        return None if not text and node.tag not in _TEXT_TAGS else text

    def _unfolded(self, source: str, folded: str) -> str:
        """A quoted text again, for Bun counts the two characters of a folded CRLF as two line breaks."""
        try:
            node = self._compose(_CRLF_FOLD.sub(lambda found: found[0] + "\n", source))
        except YamlError:  # a tag that only the whole text declares
            return folded
        return node.value if isinstance(node, ScalarNode) else folded

    def _mapping(self, entries: tuple[tuple[Node, Node], ...], node: Any) -> dict[str, Any]:
        """The values by key: the last one written counts, and before all others the first that was merged in."""
        values: dict[str, Any] = {}
        merged: set[int] = set()
        for (key, value), (_, written) in zip(entries, node.value, strict=True):
            if key.value != "<<" or not isinstance(value.value, dict | list):
                values[js_string(key.value)] = value.value
                continue
            if id(written) not in self._done:
                raise YamlError("a merge of what is around it", node.start_mark.line, node.start_mark.column)
            for other in value.value if isinstance(value.value, list) else [value.value]:
                if isinstance(other, dict) and id(other) not in merged:
                    merged.add(id(other))
                    self._merged += len(other)
                    if self._merged > _MOST_MERGED:
                        raise YamlError("merged too often", node.start_mark.line, node.start_mark.column)
                    for name, each in other.items():
                        values.setdefault(name, each)
        return values
