"""The pattern and style pages: their parts, their budget, their links and the proof of what they claim."""

from __future__ import annotations

import re

import pytest

from .documents import PAGES, PATTERNS, ROOT, STYLE, TOPICS, fences, named_tests, prose, sections, text_of
from .snippets import SNIPPETS

LANGUAGES = {"bash", "json", "python", "text", "toml"}
PARTS = ("When to use", "When not", "Pattern", "Mistakes it prevents")
PROOF = re.compile(r"`((?:reference/tests|tests/toolkit)/[\w/]+\.py)::(test_\w+)`")
APP = "reference/src/app"
SLICE = (
    f"{APP}/schemas/product.py",
    f"{APP}/models/product.py",
    f"{APP}/repositories/product.py",
    f"{APP}/services/product.py",
    f"{APP}/api/v1/routes/products.py",
    f"{APP}/api/v1/routes/products.py",
)


@pytest.mark.parametrize("page", PAGES)
def test_every_fence_is_closed_and_has_a_language(page: str) -> None:
    assert {language for language, _ in fences(text_of(page))} <= LANGUAGES
    assert "```" not in prose(text_of(page))


def test_the_folder_holds_the_index_and_its_topics() -> None:
    found = {path.relative_to(ROOT).as_posix() for path in (ROOT / "patterns").rglob("*")}
    assert found == {PATTERNS, *TOPICS}


def test_the_index_is_short() -> None:
    assert len(text_of(PATTERNS)) / 4 <= 2_200


@pytest.mark.parametrize("topic", TOPICS)
def test_the_index_and_one_topic_cost_4000_tokens_at_most(topic: str) -> None:
    assert (len(text_of(PATTERNS)) + len(text_of(topic))) / 4 <= 4_000


def test_the_style_page_stays_within_its_token_budget() -> None:
    assert len(text_of(STYLE)) / 4 < 1_500


def test_the_index_says_of_every_topic_when_to_read_it_and_what_was_decided() -> None:
    rows = re.findall(r"^\| \[[\w-]+\]\(([\w-]+\.md)\) \| (.+?) \| (.+) \|$", text_of(PATTERNS), re.MULTILINE)
    assert [f"patterns/{link}" for link, _, _ in rows] == list(TOPICS)


def test_the_index_names_the_sources_in_their_order() -> None:
    text = text_of(PATTERNS)
    places = [text.index(words) for words in ("project's own code", "fastapi/SKILL.md", "this page")]
    assert places == sorted(places)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_has_its_parts_in_order(topic: str) -> None:
    headings = list(sections(text_of(topic)))
    assert tuple(headings[1:]) == PARTS
    assert all(sections(text_of(topic))[part].strip() for part in PARTS)


@pytest.mark.parametrize("topic", TOPICS)
def test_when_to_use_is_short(topic: str) -> None:
    for part in PARTS[:2]:
        assert len(sections(text_of(topic))[part]) < 500


@pytest.mark.parametrize("topic", [topic for topic in TOPICS if "hub" not in topic])
def test_a_topic_shows_code(topic: str) -> None:
    assert [one for one in SNIPPETS if one.page == topic and one.language == "python"]


@pytest.mark.parametrize("topic", TOPICS)
def test_each_mistake_is_proved_by_a_test_that_runs_code(topic: str) -> None:
    _, _, *rows = sections(text_of(topic))["Mistakes it prevents"].strip().splitlines()
    assert rows
    for row in rows:
        mistake, proof = row.strip("| ").split(" | ")
        match = PROOF.fullmatch(proof)
        assert match, f"{mistake}: {proof}"
        assert match[2] in named_tests(match[1]), f"{mistake}: {proof}"


@pytest.mark.parametrize("heading", list(sections(text_of(STYLE)))[1:])
def test_each_section_of_the_style_page_says_what_it_prevents(heading: str) -> None:
    assert re.search(r"\bPrevents\b", prose(sections(text_of(STYLE))[heading]))


@pytest.mark.parametrize("page", PAGES)
def test_no_dead_link(page: str) -> None:
    text = prose(text_of(page))
    links = [(ROOT / page).parent / link for link in re.findall(r"\]\(([^)#]+)\)", text)]
    links += [ROOT / link for link in re.findall(r"`((?:patterns|styles|docs)/[\w./-]+)`", text)]
    assert [link for link in links if not link.exists()] == []


def test_the_layout_is_that_of_the_reference_service() -> None:
    [tree] = [code for language, code in fences(text_of("patterns/project-structure.md")) if language == "text"]
    root, *lines = tree.splitlines()
    assert lines
    for line in lines:
        named = re.split(r" {2,}", line.strip())[0].split()
        base = f"reference/{root}" if line.startswith(" ") else "reference/"
        assert [name for name in named if not (ROOT / base / name).exists()] == []


def test_the_index_shows_one_resource_in_every_layer() -> None:
    assert tuple(one.path for one in SNIPPETS if one.page == PATTERNS) == SLICE
