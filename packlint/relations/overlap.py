"""Descriptions that say nearly the same."""

from __future__ import annotations

from itertools import chain

from packlint import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from packlint.file import File
    from packlint.pack import Pack

_WORD = regex.lazy(r"[a-z][a-z+#.-]+[a-z+#]")
_EMPTY_WORDS = frozenset(
    "the and for with this that when use used using from into any all are its your you agent agents expert specialist "  # noqa: SIM905
    "proactively must should will can has have not whenever need needs task tasks code project who which such".split()
)
_NAME_PART = regex.lazy(r"[\W_]+")
_LEAST_PART = 3
_ALIKE = 0.75
_LEAST_WORDS = 4
_BITS = 61
# How many earlier descriptions with a common word are compared, so that time stays linear.
_COMPARED = 16


def content_words(description: str) -> frozenset[str]:
    """The words of a description that tell what it is about."""
    told = description.partition("<example>")[0]  # to write a long text in small letters takes its time
    return frozenset(_WORD.findall(told.lower().partition("<example>")[0])) - _EMPTY_WORDS


def find(told: Sequence[str], names: Sequence[str] = ()) -> dict[int, int]:
    """Indexes of descriptions that share three quarters of their content words with an earlier one, and which.

    Each description is given by its content words, in the order of the alphabet and with blanks between them. Two are
    told apart where each has a word of its name that the other one lacks, a theme and a plugin for one.
    """
    in_order = [each.split(" ") for each in told]
    frequency: dict[str, int] = {}
    for word in chain.from_iterable(in_order):
        frequency[word] = frequency.get(word, 0) + 1
    words = [frozenset(each) for each in in_order]
    marks = _marks(words, frequency)
    # Two sets that differ in more words are not alike; the bits of their marks tell at least some of them.
    parts = [(1 - _ALIKE) * len(each) for each in words]
    by_word: dict[str, list[int]] = {}
    found: dict[int, int] = {}
    for index, each in enumerate(in_order):
        size = len(each)
        if size < _LEAST_WORDS:
            continue
        # Two sets this much alike share one of their rarest words. The words come in the order of the alphabet.
        telling = sorted(each, key=frequency.__getitem__)[: size - int(_ALIKE * size) + 1]
        mark, most, own = marks[index], parts[index], words[index]
        for word in telling:
            for other in by_word.get(word, ())[:_COMPARED]:
                if (mark ^ marks[other]).bit_count() <= most + parts[other] and _alike(own, words[other]):
                    if names and _told_apart(own, words[other], names[index], names[other]):
                        continue
                    found.setdefault(index, other)
                    break
        for word in telling:
            by_word.setdefault(word, []).append(index)
    return found


def _marks(sets: Sequence[frozenset[str]], known: Iterable[str]) -> list[int]:
    """A number for each set, with a bit for each word, by which most sets can be told apart."""
    bits = {word: 1 << number % _BITS for number, word in enumerate(known)}
    found = []
    for each in sets:
        mark = 0
        for word in each:
            mark ^= bits[word]
        found.append(mark)
    return found


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * len(one | other)


def _told_apart(one: frozenset[str], other: frozenset[str], name: str, other_name: str) -> bool:
    return _has_part(one - other, name) and _has_part(other - one, other_name)


def _has_part(words: frozenset[str], name: str) -> bool:
    parts = tuple(part for part in _NAME_PART.split(name.lower()) if len(part) >= _LEAST_PART)
    return any(word.startswith(parts) for word in words)


def of(pack: Pack) -> dict[int, File]:
    """By identity of an agent's or a skill's file: an earlier one whose description says nearly the same."""
    agents = [file for file in pack.agents if pack.gist(file).words]
    skills = [file for file in pack.skills if pack.gist(file).words and id(file) not in pack.hidden]
    found = {}
    for told in (agents, skills):
        gists = [pack.gist(file) for file in told]
        alike = find([known.words for known in gists], [known.name for known in gists])
        found.update({id(told[later]): told[earlier] for later, earlier in alike.items()})
    return found
