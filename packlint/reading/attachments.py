"""Files that `@` brings into a prompt: which of them the client attaches, and which not.

Evidence: 150 spellings and file sizes tried on 2.1.197 and 2.1.328; tests/test_expand.py holds them.
"""

from __future__ import annotations

from itertools import islice

from packlint import regex
from packlint.client import Client
from packlint.files import filesystem
from packlint.frontmatter import JS_SPACE
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from pathlib import Path

_WORD = "A-Za-z0-9_"
_EDGE = rf"(?:(?<=[{_WORD}])(?![{_WORD}])|(?<![{_WORD}])(?=[{_WORD}]))"
# What ends a sentence in Chinese or Japanese, where no space follows, stands before a reference as a space does.
_REFERENCE = regex.lazy(rf'(?<![^\s\u3002\u3001\uff1f\uff01])@(?:"(?P<quoted>[^"]+)"|(?P<plain>[^\s"]\S*{_EDGE}))')
_LINES = regex.lazy(r"(?P<path>[^#]+)#L(?P<first>[0-9]{1,9})(?:-(?P<last>[0-9]{1,9}))?(?:#[^#]*)?\Z")
_ENCLOSED = regex.lazy(rf"(?<=[(\[<`*_'\"|>{{])@(?P<plain>[\w./-]*{_EDGE})")
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")
# `@app.get` and `@user` are no files that somebody forgot.
_PATH_LIKE = regex.lazy(
    r"/|\.(?:md|markdown|txt|json|ya?ml|toml|ini|cfg|csv|html|css|sql|sh|py|pyi|js|ts|tsx)(?![a-zA-Z0-9])"
)


@record(frozen=True)
class Attachment:
    """One `@` reference: its text and offset, the file meant, and how much of it reaches the model.

    `amount` is `whole`, `head` (its first lines), `lines` (those that the reference asks for), `listing` (a folder's
    names), `image` or `nothing`; `reason` says why nothing or not all.
    """

    text: str
    start: int
    path: Path
    amount: str
    reason: str | None = None


def find(text: str, folder: Path, client: Client) -> Iterator[Attachment]:
    """The references in a prompt, resolved in the folder that the client runs in.

    What only looks like one, such as a decorator or an address, is left out.
    """
    amounts: dict[str, tuple[str, str | None]] = {}
    for match in _REFERENCE.finditer(text):
        written = (match["quoted"] or match["plain"]).strip(JS_SPACE)
        lines = _LINES.match(written)
        named = written.partition("#")[0]
        path = folder / named
        key = written if lines else named
        if key not in amounts:
            amounts[key] = _amount(path, lines, client)
        amount, reason = amounts[key]
        if named and (amount != "nothing" or _exists(path) or _PATH_LIKE.search(named)):
            yield Attachment(match[0], match.start(), path, amount, reason)
    for match in _ENCLOSED.finditer(text):
        path = folder / match["plain"]
        if match["plain"] and _exists(path):
            reason = f"'{text[match.start() - 1]}' stands before the @, where the client wants a space"
            yield Attachment(match[0], match.start(), path, "nothing", reason)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _amount(path: Path, lines: re.Match[str] | None, client: Client) -> tuple[str, str | None]:
    facts = client.attachments
    if not _exists(path):
        return "nothing", "there is no such file, and the client says nothing of it"
    if path.is_dir():
        return "listing", None
    if not path.is_file():
        return "nothing", "it is no regular file"
    ending = path.suffix.lower()
    if ending in facts["unattached"] or ending in facts["no_longer_attached"][client.measured]:
        return "nothing", f"the client reads no {path.suffix} file as text"
    if ending == ".pdf":
        return "nothing", "of a PDF file the model is told the name and the size alone"
    try:
        if ending in facts["pictures"] or ending == ".ipynb":
            return _drawn(path, ending)
        size = path.stat().st_size
        if size > facts["max_bytes"]:
            told = ", and the client tells the model so" if facts["says_too_large"][client.measured] else ""
            return "nothing", f"it is larger than {facts['max_bytes'] // 1024} KB{told}"
        if lines is not None:
            last = lines["last"] or lines["first"]
            return "lines", f"only its lines {lines['first']} to {last}"
        text = filesystem.content(str(path))[1].decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError as error:
        return "nothing", error.strerror or str(error)
    if len(text) <= facts["max_characters"]:
        return "whole", None
    long = f"it is longer than about {facts['max_characters']:,} characters"
    head = "".join(islice(text.splitlines(keepends=True), facts["head_lines"]))
    if len(head) < min(len(text), facts["max_characters"]):
        return "head", f"{long}: only its first {facts['head_lines']} lines"
    return "nothing", long


def _drawn(path: Path, ending: str) -> tuple[str, str | None]:
    """A picture or a notebook, which the client attaches where it can read it as one."""
    content = filesystem.content(str(path))[1]
    if ending != ".ipynb":
        is_picture = content.startswith(_PICTURES) or (content[:4], content[8:12]) == (b"RIFF", b"WEBP")
        return ("image", None) if is_picture else ("nothing", "it is no picture, although its name says so")
    import json

    try:
        notebook = json.loads(content)
    except ValueError:
        notebook = None
    is_notebook = isinstance(notebook, dict) and isinstance(notebook.get("cells"), list)
    return ("whole", None) if is_notebook else ("nothing", "it is no notebook, although its name says so")
