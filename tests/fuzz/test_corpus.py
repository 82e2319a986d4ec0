"""Every input that the fuzzer has found worth keeping, given to its target again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import MAX_LENGTH, TARGETS, text_of

_CORPUS = Path(__file__).parent / "corpus"


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_that_was_found_fails_again(name: str) -> None:
    paths = sorted((_CORPUS / name).iterdir())
    assert paths
    for path in paths:
        try:
            TARGETS[name](path.read_bytes())
        except Exception as error:
            raise AssertionError(path.name) from error


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\xffb", b"a\xffb"),
        (b"x" * (MAX_LENGTH + 1), b"x" * MAX_LENGTH),
        (b"\xff<\xffab\xff>", b"<" + b"ab" * ((MAX_LENGTH - 2) // 2) + b">"),
        (b"\xff<\xff\xff>", b"\xff<\xff\xff>"),
    ],
    ids=["a text", "a text too long", "a piece that is repeated", "nothing to repeat"],
)
def test_an_input_may_stand_for_a_long_text(data: bytes, text: bytes) -> None:
    assert text_of(data) == text
