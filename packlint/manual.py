"""The rules' documentation, from their docstrings: for the terminal and for docs/rules.md."""

from __future__ import annotations

import inspect

from packlint import regex
from packlint.discovery.layout import Layout
from packlint.record import record
from packlint.rules import RULES
from packlint.text.spelling import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from packlint.rules import Rule

_EXAMPLE = regex.lazy(
    r"(?m)^(?P<verdict>Bad|Good)(?P<project> in a project)? \((?P<path>[^)]+)\):\n\n(?P<text>(?:(?:    [^\n]*)?\n)+)",
)


@record(frozen=True)
class Example:
    """One file of an example pack in a rule's docstring."""

    good: bool
    layout: Layout
    path: str
    text: str


def rule_called(word: str) -> Rule | None:
    """The rule whose code or name a word is, however it is written."""
    known = RULES.get(word.upper())
    return known or next((rule for rule in RULES.values() if word.lower() == rule.NAME), None)


def hint(word: str) -> str:
    """The end of a sentence that says that no rule has this code: which was probably meant, or where all are listed."""
    names = [rule.NAME for rule in RULES.values()]
    rule = rule_called(nearest(word, [*RULES, *names]) or "")
    return f"; did you mean '{rule.CODE}'?" if rule else "; `packlint rules` lists them"


def examples(rule: Rule) -> list[Example]:
    """The files of a rule's bad and good examples, in order."""
    return [
        Example(
            match["verdict"] == "Good",
            Layout.PROJECT if match["project"] else Layout.PLUGIN,
            match["path"],
            "\n".join(line[4:] for line in match["text"].rstrip().split("\n")) + "\n",
        )
        for match in _EXAMPLE.finditer(_doc(rule) + "\n")
    ]


def page(rule: Rule) -> str:
    """A rule's manual as text."""
    fixable = _fixable(rule)
    heading = f"{rule.CODE} {rule.NAME} ({rule.SEVERITY}{', ' + fixable if fixable else ''})"
    return f"{heading}\n\n{_doc(rule)}\n"


def markdown() -> Iterator[str]:
    """docs/rules.md, piece by piece: a table of all rules, then a section for each."""
    yield "# Rules\n\nGenerated from the rules' docstrings by `make docs`; edit those.\n\n"
    yield "| code | name | severity | what |\n| --- | --- | --- | --- |\n"
    for rule in RULES.values():
        link = f"[{rule.CODE}](#{anchor(rule)})"
        yield f"| {link} | {rule.NAME} | {rule.SEVERITY} | {summary(rule)} |\n"
    for rule in RULES.values():
        yield f"\n## {rule.CODE} {rule.NAME}\n\nSeverity: {rule.SEVERITY}"
        fixable = _fixable(rule)
        yield f" · {fixable}\n\n" if fixable else "\n\n"
        yield section(rule)


def section(rule: Rule) -> str:
    """A rule's docstring as Markdown, its examples in fences."""
    return _EXAMPLE.sub(_fenced, _doc(rule) + "\n").rstrip() + "\n"


def anchor(rule: Rule) -> str:
    """The anchor of a rule's section in docs/rules.md."""
    return f"{rule.CODE} {rule.NAME}".lower().replace(" ", "-")


def summary(rule: Rule) -> str:
    """The first line of a rule's docstring."""
    return _doc(rule).split("\n", 1)[0]


def _doc(rule: Rule) -> str:
    return inspect.cleandoc(rule.__doc__ or "")


def _fixable(rule: Rule) -> str:
    source = inspect.getsource(rule)  # type: ignore[arg-type]
    if "Fix(" not in source and "correction(" not in source:
        return ""
    return "unsafe fix" if "safe=False" in source else "safe fix"


def _fenced(match: re.Match[str]) -> str:
    text = "\n".join(line[4:] for line in match["text"].rstrip().split("\n"))
    where = " in a project" if match["project"] else ""
    return f"{match['verdict']}{where} (`{match['path']}`):\n\n````markdown\n{text}\n````\n\n"
