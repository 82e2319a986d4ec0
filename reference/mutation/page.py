from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from mutation.rules import Rule

HEAD = """\
# What the tests of the reference service hold

`make mutation` undoes each of these rules in a copy of `reference/`, by one replacement
in one file, and runs the named tests on it. Every one of them has failed, by assertion
or with the exception that is given; the same tests pass on the service as it is. The
replacements are in `reference/mutation/rules.toml`. This page is written by that run.
"""


def markdown(rules: Iterable[Rule]) -> str:
    """Write the page for rules all of whose tests have failed as they must."""
    return HEAD + "".join(_topics(rules))


def _topics(rules: Iterable[Rule]) -> Iterator[str]:
    in_order = sorted(rules, key=lambda rule: rule.topic)
    for topic, group in groupby(in_order, key=lambda rule: rule.topic):
        yield f"\n## [{topic}](../patterns/{topic}.md)\n\n"
        yield "| rule | undone | tests that fail |\n| --- | --- | --- |\n"
        for rule in group:
            cells = [f"**{rule.name}**: {rule.says}", _undone(rule), _tests(rule)]
            row = " | ".join(cell.replace("|", "\\|") for cell in cells)
            yield f"| {row} |\n"


def _undone(rule: Rule) -> str:
    words = rule.undone or f"`{rule.before}` becomes `{rule.after}`"
    return f"`{rule.file}`: {words}"


def _tests(rule: Rule) -> str:
    tests = "<br>".join(f"`{test}`" for test in rule.tests)
    return f"{tests}<br>with `{rule.raises}`" if rule.raises else tests
