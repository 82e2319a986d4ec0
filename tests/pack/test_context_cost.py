"""The pack stays cheap, and the README says how cheap."""

from __future__ import annotations

import pytest

from .context_cost import BUDGETS, cost, table
from .documents import text_of


@pytest.mark.parametrize("part", BUDGETS)
def test_the_budget_is_kept(part: str) -> None:
    assert cost()[part] <= BUDGETS[part]


def test_the_readme_says_what_it_costs() -> None:
    assert table() in text_of("README.md"), f"the rows are now:\n{table()}"


def test_the_readme_says_the_budget_of_a_session() -> None:
    assert f"at most {BUDGETS['session']} tokens" in text_of("README.md")
