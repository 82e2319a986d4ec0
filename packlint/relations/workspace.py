"""The places that a pack's agents make for themselves in the user's project.

A workflow writes its plans, state and findings to a folder of the project and reads them back later. Such files
are not part of the pack and are not dead because they are not there yet.
"""

from __future__ import annotations

from itertools import islice

from packlint import regex
from packlint.file import Kind
from packlint.reading.wording import OTHER_SCRIPT, OTHER_WRITE, READ, SENTENCE_END, TEMPLATE, WRITE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from packlint.document import Document
    from packlint.pack import Pack

_WRITTEN = regex.lazy(r"`@?([^`\s]{1,200})`")
_WITH_SLASH = regex.lazy(r"`[^`\s/]{0,200}/[^`\s]{0,200}`")
# More names than these are not looked for one by one.
_MANY = 40
_ASKS = regex.lazy(r"(?i)\b(?:check|verify|ensure|confirm|make sure|whether|if|when|unless)\b")
_EXISTS = regex.lazy(r"(?i)\b(?:exists?|missing|absent)\b")
_NAME = r"[\"']?([\w.][\w./-]{0,200})"
_MADE_BY_PROGRAM = regex.lazy(rf"\b(?:mkdir(?: -p)?|touch|tee(?: -a)?) ?{_NAME}")
_REDIRECTED = regex.lazy(rf"(?<=[\w\"')]) >{{1,2}} ?{_NAME}")


def places(pack: Pack) -> frozenset[str]:
    """The files and folders, as `absent` names them, that some text of the pack writes, checks for or fills.

    A text fills a folder when it names a file in it by a placeholder, as in ``plans/<topic>.md``, or writes one by its
    name alone. Only places that something in the pack refers to count, and only texts that hold their names are read.
    """
    files = [file for file in pack.files if file.kind is not Kind.MANIFEST]
    wanted: set[str] = set()
    by_name: dict[str, set[str]] = {}
    for path in {path for file in files for path in pack.gist(file).meant}:
        place = absent(pack, path)
        if place is not None:
            wanted.add(place)
            folder, _, name = path.rpartition("/")
            if folder and not place.endswith(f"/{name}"):
                by_name.setdefault(name, set()).add(place)
    names = {place.partition("/")[0].encode("utf-8", "surrogatepass") for place in wanted}
    found: set[str | None] = set()
    for file in files:
        document = pack.look_again(file)
        if len(names) > _MANY or any(name in document.raw for name in names):
            found |= {absent(pack, path) for path in own(document)}
        for name in islice(by_name, _MANY):
            if by_name[name] - found and _writes(document, name):
                found |= by_name[name]
    return frozenset(place for place in found if place in wanted)


def _writes(document: Document, name: str) -> bool:
    """Whether a text writes a file that it calls by its name alone."""
    text = document.text
    for at in regex.occurrences(text, f"`{name}`"):
        before = SENTENCE_END.split(text[text.rfind("\n", 0, at) + 1 : at])[-1]
        if WRITE.search(before) and not READ.search(before):
            return True
    return False


def absent(pack: Pack, path: str) -> str | None:
    """The shortest leading part of a path that is not there; None where all of it is, or it is not below the pack."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if not parts or path.startswith("/") or ".." in parts:
        return None
    bases = {pack.location, pack.base_location}
    for end in range(1, len(parts) + 1):
        part = "/".join(parts[:end])
        bases = {base for base in bases if "\0" not in part and pack.disk.kind(f"{base}/{part}") is not None}
        if not bases:
            return part
    return None


def own(document: Document) -> Iterator[str]:
    """The paths that a text writes, checks for, or fills."""
    raw, text = document.raw, document.text
    if b"/" not in raw:
        return
    words = [word.decode() for word in (b"mkdir", b"touch", b"tee") if word in raw]
    for match in regex.begun(_MADE_BY_PROGRAM, text, *words):
        if "/" in match[1]:
            yield match[1]
    for match in regex.begun(_REDIRECTED, text, " >") if b" >" in raw else ():
        if "/" in match[1]:
            yield match[1]
    read = 0
    for match in _WITH_SLASH.finditer(text):
        if match.start() < read:
            continue
        read = text.find("\n", match.end())
        read = len(text) if read < 0 else read
        line = text[text.rfind("\n", 0, match.start()) + 1 : read]
        for sentence in SENTENCE_END.split(line):
            if "`" in sentence and "/" in sentence:
                yield from _own_in_sentence(sentence)


def _own_in_sentence(sentence: str) -> Iterator[str]:
    write, read = WRITE.search(sentence), READ.search(sentence)
    asks = _ASKS.search(sentence)
    written = OTHER_WRITE.search(sentence) is not None and OTHER_SCRIPT.search(sentence) is not None
    checked = asks is not None and _EXISTS.search(sentence, asks.end()) is not None
    for match in _WRITTEN.finditer(sentence):
        path = match[1]
        if "/" not in path or ":" in path:
            continue
        if template := TEMPLATE.search(path):
            path = path[: template.start()].rpartition("/")[0]
            if path:
                yield path
        elif (
            checked
            or written
            or (write and write.start() < match.start() and not (read and read.start() < match.start()))
        ):
            yield path
