"""The text of one generated agent: frontmatter in the ways people write it, and a body of mixed Markdown."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

LANGUAGES = ("python", "bash", "json", "yaml", "typescript")
TOOLS = ("Read", "Grep", "Glob", "Bash", "Edit", "Write", "WebFetch", "WebSearch", "NotebookEdit")
UNKNOWN_TOOL, RECOVERED_YAML, NO_DESCRIPTION = "unknown tool", "recovered YAML", "no description"
DEFECTS = (UNKNOWN_TOOL, RECOVERED_YAML, NO_DESCRIPTION)
_DEFECTIVE = 0.03
_SMALLEST, _LARGEST = 1_000, 25_000


@cache
def vocabulary() -> dict[str, list[str]]:
    """Word and sentence lists by name."""
    return tomllib.loads((Path(__file__).parent / "vocabulary.toml").read_text("utf-8"))


class Words:
    """Fills templates: each %(name)s is drawn anew; a capital letter in the name gives one to the word."""

    def __init__(self, random: Random, given: dict[str, str]) -> None:
        self.random = random
        self._given = given
        self._lists = vocabulary()

    def __getitem__(self, name: str) -> str:
        if name in self._given:
            return self._given[name]
        if name == "number":
            return str(2 + int(self.random.random() * 88))
        if name[0].isupper():
            word = self[name.lower()]
            return word[0].upper() + word[1:]
        return self.fill(name)

    def pick(self, name: str) -> str:
        """One entry of a list, its placeholders not filled."""
        entries = self._lists["subject" if name == "technology" else name]
        return entries[int(self.random.random() * len(entries))]

    def fill(self, name: str) -> str:
        """One entry of a list, filled."""
        entry = self.pick(name)
        return entry % self if "%" in entry else entry

    def between(self, least: int, most: int) -> int:
        return least + int(self.random.random() * (most - least + 1))

    def chance(self, part: float) -> bool:
        return self.random.random() < part


@dataclass(frozen=True, slots=True)
class AgentText:
    """A generated agent: its name, its file's text, and the defect planted in it, if any."""

    name: str
    text: str
    defect: str | None


def agent_text(name: str, others: str | None, random: Random) -> AgentText:
    """The agent `name`, which mentions the agent `others`, if there is one; the same for the same state of `random`."""
    area, subject, role = name.split("-")
    words = Words(random, {"self": name, "area": area, "subject": subject, "role": role, "other": others or ""})
    defect = DEFECTS[words.between(0, len(DEFECTS) - 1)] if words.chance(_DEFECTIVE) else None
    size = min(max(int(random.lognormvariate(8.67, 0.5)), _SMALLEST), _LARGEST)
    parts = ["---", *_frontmatter(words, defect), "---", ""]
    length = sum(map(len, parts))
    for part in _body(words, can_mention=others is not None):
        parts.append(part)
        length += len(part.encode()) + 1
        if length > size:
            break
    return AgentText(name, "\n".join(parts) + "\n", defect)


def _frontmatter(words: Words, defect: str | None) -> Iterator[str]:
    yield f"name: {words['self']}"
    if defect != NO_DESCRIPTION:
        yield from _description(words, defect)
    yield from _tools(words, defect)
    if words.chance(0.85):
        yield f"model: {('inherit', 'sonnet', 'opus', 'haiku')[words.between(0, 3)]}"
    if words.chance(0.5):
        yield f"color: {('blue', 'green', 'purple', 'orange', 'cyan', 'pink')[words.between(0, 5)]}"


def _description(words: Words, defect: str | None) -> Iterator[str]:
    style = words.random.random()
    if defect == RECOVERED_YAML:
        yield f"description: {words.fill('colon_description')}"
    elif style < 0.4:
        yield f"description: {words.fill('plain_description')}"
    elif style < 0.6:
        yield f"description: {json.dumps(words.fill('colon_description'), ensure_ascii=False)}"
    elif style < 0.75:
        text = "\n\n".join([words.fill("plain_description"), *_examples(words)])
        yield f"description: {json.dumps(text, ensure_ascii=False)}"
    elif style < 0.85:
        yield "description: >-"
        sentence = words.fill("colon_description").split()
        yield from ("  " + " ".join(sentence[start : start + 10]) for start in range(0, len(sentence), 10))
    else:
        yield "description: |"
        text = "\n\n".join([words.fill("colon_description"), *_examples(words)])
        yield from (f"  {line}".rstrip() for line in text.split("\n"))


def _examples(words: Words) -> Iterator[str]:
    for _ in range(words.between(1, 3)):
        yield f"<example>\n{words.fill('example')}\n</example>"


def _tools(words: Words, defect: str | None) -> Iterator[str]:
    style = words.random.random()
    if style < 0.3 and defect != UNKNOWN_TOOL:
        return
    tools = list(TOOLS[: words.between(2, len(TOOLS))])
    if defect == UNKNOWN_TOOL:
        tools.append(f"{words['type_name']}Tool")
    if style < 0.7:
        yield f"tools: {', '.join(tools)}"
    elif style < 0.85:
        yield f"tools: [{', '.join(tools)}]"
    else:
        yield "tools:"
        yield from (f"  - {tool}" for tool in tools)


def _body(words: Words, *, can_mention: bool) -> Iterator[str]:
    """Lines without end; whole sections, so that a text cut between two of them has no open code block."""
    yield _paragraph(words, "opening", 1)
    yield "\nWhen invoked:\n" + _numbered(words)
    makers = [_bullets, _bullets, _checklist, _prose, _code, _steps, _table, _questions, *[_mentions] * can_mention]
    while True:
        yield f"\n## {words['title']}\n\n{makers[words.between(0, len(makers) - 1)](words)}"


def _paragraph(words: Words, first: str, more: int) -> str:
    return " ".join([words.fill(first), *(words.fill("sentence") for _ in range(more))])


def _list(words: Words, kind: str, least: int, most: int) -> str:
    return "\n".join(f"- {words.fill(kind)}" for _ in range(words.between(least, most)))


def _numbered(words: Words) -> str:
    return "\n".join(f"{number}. {words.fill('step')}" for number in range(1, words.between(4, 7)))


def _bullets(words: Words) -> str:
    parts = [_list(words, "bullet", 4, 9)]
    parts += [f"### {words['Noun']}\n\n{_list(words, 'bullet', 3, 7)}" for _ in range(words.between(0, 2))]
    return "\n\n".join(parts)


def _checklist(words: Words) -> str:
    return f"{words['Noun']} checklist:\n{_list(words, 'check', 5, 9)}"


def _prose(words: Words) -> str:
    parts = [_paragraph(words, "sentence", words.between(1, 4)) for _ in range(words.between(1, 3))]
    return "\n\n".join([*parts, words.fill("linked")] if words.chance(0.4) else parts)


def _code(words: Words) -> str:
    language = LANGUAGES[words.between(0, len(LANGUAGES) - 1)]
    return (
        f"{words.fill('sentence')}\n\n```{language}\n{words.fill(language).rstrip()}\n```\n\n{words.fill('sentence')}"
    )


def _steps(words: Words) -> str:
    return f"{words.fill('sentence')}\n\n{_numbered(words)}"


def _table(words: Words) -> str:
    rows = ["| what | how | limit |", "| --- | --- | ---: |"]
    rows += [
        f"| {words.fill('cell')} | {words.fill('cell')} | {words.fill('cell')} |" for _ in range(words.between(3, 7))
    ]
    return "\n".join(rows)


def _questions(words: Words) -> str:
    return _list(words, "question", 3, 6)


def _mentions(words: Words) -> str:
    return f"Integration with other agents:\n{_list(words, 'mention', 2, 5)}"
