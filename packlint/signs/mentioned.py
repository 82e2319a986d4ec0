"""Signs of what a text refers to, and of tools that it names."""

from __future__ import annotations

from packlint.discovery.layout import Layout
from packlint.file import File, Kind
from packlint.memo import lru_cache
from packlint.reading.references import Kind as ReferenceKind
from packlint.signs.names import (
    ANCHOR,
    ESCAPING,
    LITERAL,
    MISSING,
    NAMES_TOOL,
    OWN_FILE,
    PLUGIN_READ,
    UNATTACHED,
    UNBRACED,
    WRONG_CASE,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.client import Client
    from packlint.pack import Pack
    from packlint.reading.references import Reference

# Tools that people tell agents to use by name, and whose names are not also words.
TOLD = (
    "Grep", "Glob", "WebFetch", "WebSearch", "NotebookEdit", "AskUserQuestion", "TodoWrite", "MultiEdit", "Bash",
    "ExitPlanMode", "EnterPlanMode", "LS",
)  # fmt: skip
# Tools whose names are words, so that "tool" must stand behind them.
WORDS = ("Read", "Write", "Edit")
_WORDS_IN_BYTES = tuple(name.encode() for name in WORDS)
# How many bytes a rule looks at between a name and "tool", at most.
_BETWEEN = 400
_REPLACED_IN_PLUGINS = ("CLAUDE_PLUGIN_ROOT", "CLAUDE_PLUGIN_DATA", "CLAUDE_PROJECT_DIR")
# Blanks, those of other scripts included, and what may stand before a tool's name.
_BLANKS = b" \n\r\t\x0b\x0c\x1c\x1d\x1e\x1f" + bytes(range(0x80, 0x100))
_BEFORE_A_NAME = frozenset(_BLANKS + b"`*")


def signs(file: File, pack: Pack) -> set[str]:
    """The signs of the references in an agent, a command, a skill or a document."""
    found: set[str] = set()
    for reference in pack.references(file):
        found |= _of_reference(reference, file, pack)
    if file.kind is Kind.AGENT and _names_tool(file, pack):
        found.add(NAMES_TOOL)
    return found


def _of_reference(reference: Reference, file: File, pack: Pack) -> set[str]:
    found = set()
    if reference.target is not None:
        if reference.kind is ReferenceKind.AT:
            found.add(UNATTACHED)
        if reference.variable is not None or file.kind is Kind.SKILL:
            found.add(PLUGIN_READ)
    if reference.wrong_case:
        found.add(WRONG_CASE)
    elif reference.target is None and reference.path and reference.certain:
        found.add(MISSING)
    if reference.escapes:
        found.add(ESCAPING)
    if reference.variable is not None:
        if not reference.braced:
            found.add(UNBRACED)
        if pack.layout is Layout.PROJECT or reference.variable not in _REPLACED_IN_PLUGINS:
            found.add(LITERAL)
    elif reference.target is not None and reference.certain and pack.layout is Layout.PLUGIN:
        found.add(OWN_FILE)
    if reference.anchor:
        found.add(ANCHOR)
    return found


def _names_tool(file: File, pack: Pack) -> bool:
    raw, marks = file.document.raw, file.document.marks
    told, named = _ungranted(tuple(file.agent(pack.client).tools.granted), pack.client)
    # The list of tools in the frontmatter tells nobody to use them.
    start = max(0, raw.find(b"---", raw.find(b"\n")))
    for name, mark in told:
        if marks.find(mark) >= 0 and _is_named(raw, name, start):
            return True
    return named and _is_said_to_be_tool(raw, start)


@lru_cache(maxsize=512)
def _ungranted(granted: tuple[str, ...], client: Client) -> tuple[list[tuple[bytes, bytes]], bool]:
    """Tools that are not granted, each with its marks; and whether one is among them whose name is a word."""
    told = [name for name in TOLD if client.canonical_tool(name) not in granted]
    return [(name.encode(), _marks(name)) for name in told], any(name not in granted for name in WORDS)


def _marks(name: str) -> bytes:
    return "".join(character for character in name if not character.islower()).encode()


def _is_named(raw: bytes, name: bytes, start: int) -> bool:
    at = raw.find(name, start)
    while at >= 0:
        if at == 0 or raw[at - 1] in _BEFORE_A_NAME:
            return True
        at = raw.find(name, at + 1)
    return False


def _is_said_to_be_tool(raw: bytes, start: int) -> bool:
    """Whether "tool" stands behind a tool's name that is also a word."""
    at = raw.find(b"tool", start)
    while at >= 0:
        before = raw[max(0, at - _BETWEEN) : at]
        if before.rstrip(_BLANKS).rstrip(b"`*").endswith(_WORDS_IN_BYTES):
            return True
        at = raw.find(b"tool", at + 4)
    return False
