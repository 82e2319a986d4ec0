"""A tool's tables, read without a TOML parser, are what the parser of the standard library makes of them."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packlint.parsing import plain_toml

_LINES = st.sampled_from(
    [
        "", "# a comment", "[tool.packlint]", "[tool.packlint.per-file-ignores]", "[tool.packlint]  # ours", "[tool]",
        "[ tool . packlint ]", '["tool".packlint]', "[tool.ruff]", "[project]", "[[tool.packlint]]",
        "[tool.packlint.a.b]",
        "strict = true", "strict=false", 'client = "2.1.328"', "client = '2.1.328'", 'select = ["FM", "TL001"]',
        'select = ["FM",', '  "TL",', "]", 'select = []', '"agents/*.md" = ["DS001"]', "'a' = []", "a.b = true",
        "tool.packlint.strict = true", '"tool".packlint.strict = true', "packlint = {strict = true}",
        "[tool.packlintx]",
        'name = "packlint"', 'layout = "a\\u0070"', "ignore = [true]", "ignore = 3", "ignore = [[]]", "ignore = {}",
        'ignore = ["a"] # c', "strict = tru", "strict", "= true", "x = nan", "\"tool\" = 3", "[tool", "\x07 = true",
        'text = """', "[tool.packlint]", '"""', 'client = "a\tb"', "  [tool.packlint]", "[tool.\"packlint\"]",
        'select = ["a", ]', '"" = true', 'client = "é\u2028"',
    ]
)  # fmt: skip


@given(st.lists(_LINES, max_size=9).map("\n".join))
def test_it_says_what_the_parser_says_or_nothing(text: str) -> None:
    read = plain_toml.table(text, "packlint")
    if read is None:
        return
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        # What is wrong lies outside the tool's own tables.
        assert tomllib.loads(_own(text)).get("tool", {}).get("packlint", {}) == read
        return
    assert table.get("tool", {}).get("packlint", {}) == read


def _own(text: str) -> str:
    """The lines of the tool's tables."""
    kept, inside = [], False
    for line in text.split("\n"):
        if line.strip().startswith("["):
            inside = line.strip().startswith("[tool.packlint]") or line.strip().startswith("[tool.packlint.")
        kept += [line] if inside else []
    return "\n".join(kept)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '[project]\nname = "a"\n[tool.packlint]\nselect = ["FM"]\nstrict = true\n',
            {"select": ["FM"], "strict": True},
        ),
        ('[tool.packlint.per-file-ignores]\r\n"a/*" = ["FM"]\r\n', {"per-file-ignores": {"a/*": ["FM"]}}),
        ('[tool.packlint]\nselect = [\n  "FM",\n]\n', None),
        ("[tool.packlint]\nclient = '2.1.328'\n", None),
        ("tool.packlint.strict = true\n", None),
        ("[tool]\npacklint.strict = true\n", None),
        ("[tool.packlint]\nstrict = tru\n", None),
        ("[tool.packlint]\n'a' = []\n", None),
        ("[tool.packlint]\nstrict = true\nstrict = false\n", None),
    ],
)
def test_plain_tables_are_read_and_others_left(text: str, expected: object) -> None:
    assert plain_toml.table(text, "packlint") == expected
