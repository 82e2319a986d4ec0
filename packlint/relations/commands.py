"""Where a plugin's texts name its own commands and skills, as they are typed."""

from __future__ import annotations

from packlint import regex
from packlint.discovery.layout import Layout
from packlint.file import File, Kind
from packlint.memo import lru_cache
from packlint.text.holding import holds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from packlint.pack import Pack

_NAME = regex.lazy(r"[A-Za-z]\w*(?:[-:]\w+)*(?![\w<{$*\[(:/-]|\.\w|\u2026|\.\.)")
_PLACEHOLDER = regex.lazy(r"(?i)(?:your|my|some|example)-.*|.*-name|name|command|cmd|skill|foo|bar|baz|x+|y")
# What a line says of a name that is not to be typed now.
_GONE = regex.lazy(
    r"(?i)\b(?:deprecat|remov|renam|former|legacy|retire|obsolet|no longer|alias|old|planned|future|coming soon|todo"
    r"|for example|such as|e\.g\.)"
)
_MARK = 8
_IN_WORDS = frozenset("./:-_")
# Korean writes its particles right behind a name, Japanese and Chinese any word.
_GOES_ON = regex.lazy(r"(?<=[\x21-\x7e])[^\x00-\u02ff]+\Z")


def named(file: File, pack: Pack) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of each command of its own plugin that a body names and means, in order."""
    own = f"/{pack.name}:"
    if pack.layout is not Layout.PLUGIN or file.kind is Kind.MANIFEST or not holds(file.document.raw, own.encode()):
        return
    text = file.document.text
    for at in regex.occurrences(text, own, file.document.markdown(pack.client).start):
        match = _NAME.match(text, at + len(own))
        if match is None or _PLACEHOLDER.fullmatch(match[0]) or _is_in_word(text, at) or _closes(text, at):
            continue
        end = text.find("\n", at)
        if not _GONE.search(text, text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text)):
            yield at, match.end(), f"{pack.name}:{match[0]}"


def missing(name: str, pack: Pack) -> str | None:
    """The name that was meant by one that `named` found, where the plugin has no such command, skill or agent."""
    bare = _GOES_ON.sub("", name)
    return None if known(pack).intersection((name, bare)) else bare


@lru_cache(maxsize=4)
def known(pack: Pack) -> frozenset[str]:
    """The names of a plugin's commands, skills and agents; those that another file hides are somebody else's matter."""
    gists = [pack.gist(file) for file in (*pack.commands, *pack.skills)]
    return frozenset(pack.agent_names.union(*((each.invoke, *each.also) for each in gists)))


def _closes(text: str, at: int) -> bool:
    """Whether a slash begins a mark that ends what another mark began, `<!-- /shop:notes -->`."""
    return text[max(0, at - _MARK) : at].rstrip().endswith("<!--")


def _is_in_word(text: str, at: int) -> bool:
    before = text[at - 1 : at] if at else ""
    return before.isalnum() or before in _IN_WORDS
