"""reference/mutation/rules.toml: every rule can be undone, and its tests and its page are there."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from functools import cache
from typing import Any

import pytest

from .documents import ROOT, text_of

RULES: list[dict[str, Any]] = tomllib.loads(text_of("reference/mutation/rules.toml"))["rule"]
EACH_RULE = pytest.mark.parametrize("rule", RULES, ids=[rule["name"] for rule in RULES])
PAGE = "docs/mutation.md"


@cache
def functions(path: str) -> frozenset[str]:
    body = ast.parse(text_of(path)).body
    return frozenset(
        node.name
        for node in body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    )


def test_the_table_is_long_enough_and_names_each_rule_once() -> None:
    names = [rule["name"] for rule in RULES]
    assert len(names) >= 20
    assert [name for name, times in Counter(names).items() if times > 1] == []


@EACH_RULE
def test_what_is_undone_stands_once_in_its_file(rule: dict[str, Any]) -> None:
    assert text_of(f"reference/{rule['file']}").count(rule["before"]) == 1
    assert rule["before"] != rule["after"]


@EACH_RULE
def test_the_rule_is_a_sentence_and_a_change_of_many_lines_is_put_into_words(rule: dict[str, Any]) -> None:
    assert re.fullmatch(r"[A-Z].+\.", rule["says"])
    assert "undone" in rule or "\n" not in rule["before"] + rule["after"]


@EACH_RULE
def test_the_tests_that_must_fail_exist(rule: dict[str, Any]) -> None:
    assert rule["tests"]
    for test in rule["tests"]:
        path, function = test.split("::")
        assert (ROOT / "reference" / path).is_file()
        assert function in functions(f"reference/{path}")


def test_the_page_lists_exactly_the_rules_of_the_table() -> None:
    page = text_of(PAGE)
    listed = re.findall(r"^\| \*\*([\w-]+)\*\*: (.+?) \| `(.+?)`: .+ \| (.+) \|$", page, re.MULTILINE)
    in_order = sorted(RULES, key=lambda rule: rule["topic"])
    assert [(name, says, file) for name, says, file, _ in listed] == [
        (rule["name"], rule["says"], rule["file"]) for rule in in_order
    ], "run `make mutation`"
    for rule, (*_, tests) in zip(in_order, listed, strict=True):
        assert re.findall(r"`(tests/[^`]+)`", tests) == rule["tests"], "run `make mutation`"
    topics = sorted({rule["topic"] for rule in RULES})
    assert re.findall(r"^## \[(.+)\]\(\.\./patterns/\1\.md\)$", page, re.MULTILINE) == topics
    assert [topic for topic in topics if not (ROOT / f"patterns/{topic}.md").is_file()] == []
