"""Which simple shell commands the client runs without a grant, because they only read.

Evidence: data/shell.json. A command that is not listed there was not seen to run.
"""

from __future__ import annotations

import re

from packlint import regex
from packlint.client import Client
from packlint.memo import lru_cache
from packlint.prompts.options import only_read
from packlint.prompts.shell_lines import OUTPUT
from packlint.prompts.words import Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DURATION = regex.lazy(r"[0-9]+(?:\.[0-9]+)?[smhd]?\Z")
_UNSEEN = regex.lazy(rf"\$(?!HOME\b)|\{{[^{{}}]*(?:,|\.\.)|{OUTPUT}")
_LISTS = ("-l", "--list")


def is_free(words: Sequence[Word], client: Client) -> bool:
    """Whether the client runs a command that nothing grants."""
    facts, words = client.shell, _started(words, client)
    if not words:
        return True
    texts = [word.text for word in words]
    name = texts[0]
    if any(word.is_pattern for word in words) and name not in facts["patterns"]:
        return False
    if name == "cd":
        return len(texts) == 2
    for length in (3, 2, 1):
        program = " ".join(texts[:length])
        if program in facts["options"] and len(texts) >= length:
            return _only_reads(program, texts[length:], client)
    if " ".join(texts) in facts["exact"] or " ".join(texts[:2]) in facts["begun"]:
        return True
    if name == "find" and any(OUTPUT in text for text in texts):
        return False
    if any(re.fullmatch(facts["refused"].get(name, "(?!)"), text) for text in texts[1:]):
        return False
    if name in facts["limited"]:
        if any(OUTPUT in text for text in texts):
            return False
        return re.fullmatch(facts["limited"][name], " ".join(texts[1:])) is not None
    return name in facts["any"]


def _started(words: Sequence[Word], client: Client) -> Sequence[Word]:
    """The command behind what only starts it."""
    while len(words) > 1:
        name, second = words[0].text, words[1].text
        if name in ("command", "builtin"):
            words = words[2:] if name == "command" and second == "-p" else words[1:]
        elif name == "timeout" and client.does("frees_timeout") and _DURATION.match(second):
            words = words[2:]
        else:
            break
    return words


def _only_reads(program: str, given: Sequence[str], client: Client) -> bool:
    facts = client.shell
    if f"{program} {given[0] if given else ''}" in facts["no_longer"].get(client.measured, ()):
        return False
    if any(_UNSEEN.search(word) for word in given):
        return False
    known = _options(program, client)
    if program == "xargs":
        return _starts_reader(given, known, facts["started"])
    rest = only_read(program, given, known)
    if rest is None:
        return False
    if program == "git branch" and rest:
        return any(word in (*_LISTS, "--merged", "--no-merged") for word in given)
    if program == "git tag" and rest:
        return any(word in _LISTS for word in given)
    if program == "ps":
        return not any("e" in word.lower() for word in rest)
    return re.fullmatch(facts["behind"].get(program, ".*"), " ".join(rest), re.DOTALL) is not None


def _starts_reader(given: Sequence[str], known: Mapping[str, str], readers: Sequence[str]) -> bool:
    """Whether `xargs` starts a program that only reads."""
    index = 0
    while index < len(given) and given[index].startswith("-"):
        kind = known.get(given[index])
        if kind is None:
            return False
        index += 1 if kind == "none" else 2
    return index >= len(given) or given[index] in readers


@lru_cache(maxsize=64)
def _options(program: str, client: Client) -> dict[str, str]:
    """The options of a program, each with what follows it."""
    table = client.shell["options"][program]
    if isinstance(table, str):
        return _options(table, client)
    return {name: kind for kind, names in table.items() for name in names.split()}
