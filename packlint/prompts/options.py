"""Whether the client lets a program run without a grant, by the options that it is given.

For each program the client knows options that only read, and what may follow them. Evidence: each option was tried
alone, with a number and with a word, on 2.1.197 and 2.1.328; `options` in data/shell.json holds what ran.
"""

from __future__ import annotations

from packlint import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_OPTION = regex.lazy(r"-[A-Za-z0-9_-]")
_NUMBER = regex.lazy(r"[0-9]+\Z")
_SHORT_NUMBER = regex.lazy(r"(-[A-Za-z])[0-9]+\Z")
_COUNT = regex.lazy(r"-[0-9]+\Z")
_SEARCHES = ("grep", "egrep", "fgrep", "rg")
# Of a form of commits and the like only what shows no signature.
_FORMS = {"oneline", "short", "medium", "full", "fuller", "email", "raw", ""}
_SIGNATURE = regex.lazy(r"%[-+ ]?G|signature")


def only_read(program: str, given: Sequence[str], known: Mapping[str, str]) -> list[str] | None:
    """What of the words behind a program is no option and no option's value; None where one is not known to read.

    Args:
        program: the name by which the options are known, such as `git log`.
        given: the words behind it.
        known: the options, each with what follows it: `none`, `number` or `string`.
    """
    rest: list[str] = []
    waiting = list(reversed(given))
    while waiting:
        word = waiting.pop()
        if word == "--":
            return rest + waiting[::-1]
        if not _OPTION.match(word):
            rest.append(word)
            continue
        name, equals, value = word.partition("=")
        kind = known.get(name)
        if kind is None or kind == "none":
            if equals or not (kind or _is_short(program, name, known)):
                return None
            continue
        if not equals:
            if not waiting or _OPTION.match(waiting[-1]):
                return None
            value = waiting.pop()
        if not _may_follow(program, name, kind, value):
            return None
    return rest


def _is_short(program: str, name: str, known: Mapping[str, str]) -> bool:
    """Whether a word is several options in one: `-la`, `-A2`, and git's `-5`."""
    if program.startswith("git ") and _COUNT.match(name):
        return True
    numbered = _SHORT_NUMBER.match(name)
    if program in _SEARCHES and numbered and numbered[1] in known:
        return known[numbered[1]] in ("number", "string")
    return not name.startswith("--") and all(known.get(f"-{letter}") == "none" for letter in name[1:])


def _may_follow(program: str, name: str, kind: str, value: str) -> bool:
    if kind == "number":
        return _NUMBER.match(value) is not None
    if value.startswith("-"):
        return name == "--sort" and program.startswith("git ") and value[1:2].isalpha()
    if name in ("--format", "--pretty") and program.startswith("git "):
        named = "%" in value or value.startswith(("format:", "tformat:")) or value in _FORMS
        return named and not _SIGNATURE.search(value)
    return True
