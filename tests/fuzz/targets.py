"""What is fuzzed: each target takes any bytes, and fails where something does not hold that must hold for every text.

An input of `\xff`, a beginning, `\xff`, a piece, `\xff` and an end stands for the text in which the piece is repeated
until it is as long as inputs may be: so a few bytes can show what takes too long.
"""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from packlint import frontmatter, lint
from packlint.client import clients
from packlint.config import Settings
from packlint.discover import discover
from packlint.discovery.layout import Layout
from packlint.document import Document
from packlint.files.disk import Disk
from packlint.frontmatter import JS_SPACE, State
from packlint.loading.loader import Role, load_agent, load_command
from packlint.mending import fixes
from packlint.pack import Pack
from packlint.parsing.markdown import Markdown
from packlint.parsing.scalars import js_string
from packlint.reading import references

MAX_LENGTH = 65_536
_CLIENTS = re.compile(rf"---[{JS_SPACE}]*\n(?P<yaml>[\s\S]*?)---[{JS_SPACE}]*\n?")
# For the client's own pattern, the time grows with the square of the text.
_MOST_COMPARED = 2_000
_HEAD = b"---\nname: dev\ndescription: Reviews changes. Use it.\n---\n"
# Of a rule's findings so many are told at once, and so many are mended in one round.
_MANY = 100
_PLACES = ("agents/dev.md", "commands/go.md", "patterns/index.md", "skills/help/SKILL.md")


def text_of(data: bytes) -> bytes:
    """The text that an input stands for."""
    parts = data.split(b"\xff", 3)
    if len(parts) != 4 or parts[0] or not parts[2]:
        return data[:MAX_LENGTH]
    _, before, piece, after = parts
    room = max(0, MAX_LENGTH - len(before) - len(after))
    return before + piece * (room // len(piece)) + after


def split(data: bytes) -> None:
    text = text_of(data).decode("utf-8", "replace")
    state, start, end, body = frontmatter.split(text)
    if len(text) > _MOST_COMPARED:
        return
    match = _CLIENTS.match(text)
    if match is None:
        assert state in (State.ABSENT, State.UNCLOSED)
    else:
        assert (state, start, end, body) == (State.PARSED, *match.span("yaml"), match.end())


def recovery(data: bytes) -> None:
    """The data are the text between the dashes."""
    text = text_of(data).decode("utf-8", "replace")
    recovered = frontmatter.recover(text)
    assert recovered.count("\n") == text.count("\n")
    assert frontmatter.recover(recovered) == recovered
    found = frontmatter.read(f"---\n{text}\n---\n", strips_bom=True, refuses_nul=b"\0\0" in data)
    if found.error is not None:
        assert 0 <= found.error.line <= found.yaml.count("\n") + found.yaml.count("\r") + 1
    for field in found.fields:
        assert found.start <= field.key_start <= field.key_end <= found.end
        assert found.start <= field.start <= field.end <= found.end
        assert isinstance(js_string(field.value), str)


def markdown(data: bytes) -> None:
    text = text_of(data).decode("utf-8", "replace")
    found = Markdown(text)
    position = 0
    for fence in found.fences:
        assert position <= fence.start < fence.content_start <= fence.content_end <= fence.end <= len(text)
        position = fence.end
    for part in (*found.comments, *found.code_spans, *found.links):
        assert text[part.start : part.end] == part.text
        assert found.in_fence(part.start) is None
    assert "" not in found.anchors or "#" in text or "=" in text or "-" in text


def references_(data: bytes) -> None:
    root, disk = str(_pack()), Disk()
    for client in clients()[-1:]:
        document = Document(f"{root}/agents/dev.md", "agents/dev.md", text_of(data))
        for layout in Layout:
            for each in references.find(document, layout, root, root, client, disk):
                assert document.text[each.start : each.end] == each.text
                assert each.target is None or each.wrong_case is None


def loader(data: bytes) -> None:
    text = text_of(data).decode("utf-8", "replace")
    for client in clients():
        found = frontmatter.read(text, strips_bom=client.does("strips_bom"), refuses_nul=client.does("refuses_nul"))
        for layout in Layout:
            role = Role(layout, "shop", ("sub", "dev.md"))
            agent = load_agent(found, role, client)
            assert set(agent.tools.granted) <= client.known_tools
            assert agent.loaded or agent.reason
            command = load_command(found, role, text[found.body :], client)
            assert command.invoke.startswith("/")


def fix(data: bytes) -> None:
    """Everything that is said of a pack in which one file is this text, and everything that is mended in it.

    Which file it is, and whether unsafe fixes are applied, the length of the input tells.
    """
    root, text = _pack(), text_of(data)
    place, unsafe = root / _PLACES[len(data) % len(_PLACES)], len(data) // len(_PLACES) % 2 == 1
    place.write_bytes(text)
    changes, problems, _ = fixes.fix(_read, lint.check, Settings(), unsafe=unsafe, write=False)
    left = [each for each in problems if each.fix is not None and (unsafe or each.fix.safe)]
    assert not left or len(left) >= _MANY, left[:3]
    for change in changes.values():
        assert "".join(change.patch.diff(change.shown)).startswith("--- a/")
    place.write_bytes(_HEAD)


def _read() -> list[Pack]:
    return [Pack(found, clients()[-1], _pack()) for found in discover([_pack()])]


_made: list[Path] = []


def _pack() -> Path:
    """A pack in a folder for temporary files, which is made once and removed at the end."""
    if not _made:
        root = Path(tempfile.mkdtemp(prefix="packlint-fuzz-"))
        atexit.register(shutil.rmtree, root, ignore_errors=True)
        for place in _PLACES:
            (root / place).parent.mkdir(parents=True)
            (root / place).write_bytes(_HEAD)
        (root / "a.py").write_text("# region: b\nx = 1\n# endregion: b\n")
        _made.append(root)
    return _made[0]


TARGETS: dict[str, Callable[[bytes], None]] = {
    "split": split,
    "recovery": recovery,
    "markdown": markdown,
    "references": references_,
    "loader": loader,
    "fix": fix,
}
