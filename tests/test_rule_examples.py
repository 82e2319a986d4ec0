"""Every example in every rule's docstring is run: the bad ones are found, the good ones are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from packlint import manual
from packlint.discovery.layout import Layout
from packlint.problem import Severity
from packlint.rules import RULES
from tests.conftest import FindProblems

if TYPE_CHECKING:
    from packlint.rules import Rule

# Whether a file can be read, its encoding, its links and how long something is cannot be shown in a docstring.
WITHOUT_EXAMPLES = {"DS004", "DS005", "FM000", "FM019", "PL013", "TX002"}


def pack_of(rule: Rule, good: bool) -> tuple[dict[str, str], Layout]:
    chosen = [example for example in manual.examples(rule) if example.good is good]
    layouts = {example.layout for example in chosen}
    assert len(layouts) == 1, f"{rule.CODE} mixes layouts in its {'good' if good else 'bad'} example"
    return {example.path: example.text for example in chosen}, layouts.pop()


@pytest.mark.parametrize("code", sorted(RULES.keys() - WITHOUT_EXAMPLES))
def test_the_bad_example_is_found(code: str, problems_of: FindProblems) -> None:
    files, layout = pack_of(RULES[code], good=False)
    found = [problem for problem in problems_of(files, layout) if problem.code == code]
    assert found, f"{code} does not find its own bad example"
    assert all(problem.message and problem.consequence for problem in found)


@pytest.mark.parametrize("code", sorted(RULES.keys() - WITHOUT_EXAMPLES))
def test_the_good_example_has_no_error_at_all(code: str, problems_of: FindProblems) -> None:
    files, layout = pack_of(RULES[code], good=True)
    found = problems_of(files, layout)
    assert not [problem for problem in found if problem.code == code]
    assert not [problem for problem in found if problem.severity is Severity.ERROR]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_the_docstring_is_a_manual_page(rule: Rule) -> None:
    page = manual.page(rule)
    for part in ("What it checks:", "Evidence:", "Versions:"):
        assert part in page, f"{rule.CODE} lacks '{part}'"
    assert len(manual.summary(rule)) <= 100
    assert manual.summary(rule).endswith(".")


def test_codes_and_names_are_unique_and_in_order() -> None:
    assert list(RULES) == sorted(RULES)
    assert len({rule.NAME for rule in RULES.values()}) == len(RULES)
    assert all(rule.NAME.islower() and " " not in rule.NAME for rule in RULES.values())
