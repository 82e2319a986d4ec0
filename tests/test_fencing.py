"""The language of a fenced code block, in whichever dialect of Markdown it is told."""

from __future__ import annotations

import pytest

from packlint.parsing import fencing


@pytest.mark.parametrize(
    ("info", "language"),
    [
        *[("", ""), ("python", "python"), ("Python title=a.py", "python"), ("python\tx", "python"), ("!", "!")],
        *[
            ("{.python}", "python"),
            (" { .Python .wide }", "python"),
            ("{#id .python}", "python"),
            (".python", "python"),
        ],
        *[
            ("python {.wide}", "python"),
            ("python{1,3}", "python"),
            ("{python}", "python"),
            ("{python, echo=FALSE}", "python"),
        ],
        *[("{.wide .python}", "wide"), ("{#id}", "#id"), ("{}", ""), ("{", ""), ("{{ language }}", "{")],
        *[("{code-block} python", "code-block"), ("{.python", "python")],
    ],
)
def test_the_language_of_a_fence(info: str, language: str) -> None:
    [fence], _ = fencing.find(f"```{info}\nx\n```\n", 0)
    assert fence.language == language


@pytest.mark.parametrize("quoted", ["> ```\n> x\n> ```\n", "> ```\n> x\n"], ids=["closed", "left open"])
def test_a_block_behind_a_quoted_one(quoted: str) -> None:
    fences, _ = fencing.find(f"{quoted}\n```python\ny\n```\n", 0)
    assert [fence.language for fence in fences] == ["", "python"]
