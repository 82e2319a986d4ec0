"""`plain_json` gives what the standard library gives: the same values, and the same errors."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from packlint.parsing import plain_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(), parts, max_size=4),
    max_leaves=20,
)
PIECES = ["{", "}", "[", "]", ",", ":", '"', "\\", "a", "1", "-", ".", "e", "null", "true", "NaN", "Infinity", "\ufeff"]
BLANKS = [" ", "\n", "\t", "\r", "\x0b", "\u00a0", "\u2028"]


def told(read: Any, text: str) -> str:
    """The value, or what is said of the error."""
    try:
        return repr(read(text))
    except (ValueError, RecursionError) as error:
        return repr((type(error), str(error), vars(error) if isinstance(error, json.JSONDecodeError) else None))


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_what_is_json_has_the_same_value(value: object, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert told(plain_json.loads, text) == told(json.loads, text)


@given(st.lists(st.sampled_from(PIECES + BLANKS)).map("".join))
@example("")
@example(" ")
@example("\ufeff{}")
@example('{"a": 1, "a": 2}')
@example('"\ud800"')
@example('["a" "b"]')
@example("1 2")
@example("[1,]")
@example('"a\nb"')
def test_what_is_none_is_refused_in_the_same_words(text: str) -> None:
    assert told(plain_json.loads, text) == told(json.loads, text)


@pytest.mark.parametrize("text", ['{"a": 1 /* b */}', '["a\nb"]', '{"a"; 1}', "[1,,]", '{"a"', "1 2", "", '"\\x"'])
def test_so_is_what_is_read_before_the_standard_library_is_there(text: str) -> None:
    code = (
        "import sys; from packlint.parsing import plain_json\n"
        "assert 'json' not in sys.modules\n"
        "try: plain_json.loads(sys.argv[1])\n"
        "except ValueError as error: print(type(error).__name__, error)"
    )
    done = subprocess.run([sys.executable, "-c", code, text], capture_output=True, text=True, check=True)
    with pytest.raises(json.JSONDecodeError) as found:
        json.loads(text)
    assert done.stdout == f"JSONDecodeError {found.value}\n"


@pytest.mark.parametrize("text", ["9" * 5_000, "[" * 100_000, "[" * 100_000 + "]" * 100_000, '{"a":' * 100_000])
def test_so_is_what_is_too_large(text: str) -> None:
    assert told(plain_json.loads, text) == told(json.loads, text)


def test_a_python_without_this_scanner_has_the_standard_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_json, "_scan", None)
    assert plain_json.loads('{"a": [1]}') == {"a": [1]}
