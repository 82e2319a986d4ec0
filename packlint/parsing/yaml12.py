"""YAML as the Claude Code client reads it: YAML 1.2 core values, with positions.

The client parses frontmatter with Bun's built-in parser. PyYAML scans here; its YAML 1.1 types
are replaced by the client's, and characters on which the two scanners differ are hidden from it.
Evidence: ``Bun.YAML.parse`` asked directly, see docs/decisions.md.
"""

from __future__ import annotations

import yaml
from yaml.composer import Composer
from yaml.nodes import ScalarNode

from packlint import regex
from packlint.parsing import yaml_refused
from packlint.parsing.node import Node, YamlError
from packlint.parsing.yaml_nodes import PLAIN, QUOTED, Converter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_BaseLoader: Any = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader

# libyaml composes by recursion in C: deeper than this could end the process, and no client file is.
MAX_DEPTH = 400
# Longer than any frontmatter: a list of so many items takes a second and a hundred megabytes to read.
MAX_LENGTH = 250_000
# Problems that libyaml notices behind the line that causes them.
_FOUND_LATE = {"could not find expected ':'", "found unexpected end of stream"}

# The client takes these as ordinary text; libyaml refuses them or breaks the line there, and a question mark before a
# word in brackets begins a key to it.
_HIDDEN = regex.lazy(
    "(?<=[\\s,\\[{])\\?(?=[^\\s,\\[\\]{}])|[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_PRIVATE_USE = range(0xF0000, 0xFFFFE)
_DOCUMENT_END = regex.lazy(r"(?m)^\.\.\.(?:[ \t][^\n]*|\r)?\n")
_NESTING = regex.lazy(r"(?m)[\[{]|[-?][ \t\n]|^ +")


class _Loader(_BaseLoader):  # type: ignore[misc]
    def resolve(self, kind: type, _: str | None, implicit: Any) -> str:
        if kind is ScalarNode and implicit[0]:
            return PLAIN
        return QUOTED if kind is ScalarNode else "collection"


class _Forgetful(Composer):
    """Takes an anchor that is set again for what it was set to last, as the client does."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[attr-defined]
        if not isinstance(event, yaml.events.AliasEvent):
            self.anchors.pop(event.anchor, None)
        return super().compose_node(parent, index)


class _ForgetfulLoader(_Forgetful, _Loader):
    def __init__(self, text: str) -> None:
        _Loader.__init__(self, text)  # type: ignore[call-arg]
        self.anchors = {}


def parse(text: str, repairs: int | None = None) -> Node | None:
    """The document's value with positions, None where there is only space and comments.

    Args:
        text: the YAML.
        repairs: in how many places it may hold what the client reads and libyaml does not; where None, in a hundred.

    Raises:
        YamlError: the client cannot parse the text, or it is too long or nested too deeply to be frontmatter.
    """
    if "\x00" in text:
        before = text[: text.index("\x00")]
        raise YamlError("NUL byte", before.count("\n"), len(before) - before.rfind("\n") - 1)
    if len(text) > MAX_LENGTH:
        raise YamlError("too long", 0, 0)
    ended = text if text.endswith("\n") else text + "\n"
    _refuse_deep(ended)
    disguises = _disguises(ended)
    source = shown = _hide(ended, disguises)
    added: list[int] = []
    try:
        node = _compose(source)
    except YamlError as error:
        if _DOCUMENT_END.search(ended):
            return _documents(ended)
        from packlint.parsing import yaml_eased

        eased = yaml_eased.Eased(source, disguises, yaml_eased.MOST_REPAIRS if repairs is None else repairs)
        node = eased.compose(_compose, _compose_anew, error)
        source, shown, added = eased.text, eased.shown, eased.added
    if node is None:
        return None
    yaml_refused.check(node, shown)
    return Converter(source, added, disguises, _compose).node(node)


def _documents(text: str) -> Node | None:
    """A text in which a document ends: the client makes a list of it, where more than a comment follows."""
    values: list[Any] = []
    first, begin = None, 0
    for part in _DOCUMENT_END.split(text):
        try:
            node = parse(part)
        except YamlError as error:
            line = text.count("\n", 0, begin) + error.line
            raise YamlError(error.reason, line, error.column) from error
        if not begin:
            first = node
        if not begin or node is not None:
            values.append(None if node is None else node.value)
        begin = text.find("\n", begin + len(part)) + 1
    return first if len(values) == 1 else Node(values, 0, len(text))


def _compose_anew(text: str) -> Any:
    return _compose(text, _ForgetfulLoader)


def _compose(text: str, kind: Any = _Loader) -> Any:
    loader = kind(text)
    try:
        return loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        begun = error.problem in _FOUND_LATE and error.context_mark
        mark = begun or error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        at, start = (each.index if each else -1 for each in (error.problem_mark, error.context_mark))
        reason, context = error.problem or "not YAML", error.context or ""
        raise YamlError(reason, line, column, at=at, context=context, begun=start) from error
    except yaml.YAMLError as error:
        raise YamlError(str(error).partition("\n")[0], 0, 0) from error
    except RecursionError as error:  # of the parser in Python, which is there without libyaml
        raise YamlError("nested too deeply", 0, 0) from error
    finally:
        loader.dispose()


def _refuse_deep(text: str) -> None:
    if len(_NESTING.findall(text)) <= MAX_DEPTH:
        return
    depth = deepest = 0
    opening = (yaml.events.MappingStartEvent, yaml.events.SequenceStartEvent)
    closing = (yaml.events.MappingEndEvent, yaml.events.SequenceEndEvent)
    try:
        for event in yaml.parse(_hide(text, _disguises(text)), Loader=_Loader):
            depth += isinstance(event, opening) - isinstance(event, closing)
            deepest = max(deepest, depth)
            if deepest > MAX_DEPTH:
                raise YamlError("nested too deeply", event.start_mark.line if event.start_mark else 0, 0)
    except yaml.YAMLError:
        return  # composing reports it, and stops at the same place


def _disguises(text: str) -> dict[str, str]:
    """A character that the text does not hold for each one that libyaml must not see."""
    hidden = {*_HIDDEN.findall(text), ",", "\t"}
    used = set(text)
    free = (char for char in map(chr, _PRIVATE_USE) if char not in used)
    return dict(zip(sorted(hidden), free, strict=False))


def _hide(text: str, disguises: dict[str, str]) -> str:
    return _HIDDEN.sub(lambda found: disguises[found[0]], text)
