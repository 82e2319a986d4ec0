"""Read the pack's own files: frontmatter, body, headings, fences."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
AGENTS = (
    "backend-developer",
    "fastapi-backend-feature",
    "feature-developer",
    "python-fastapi-expert",
)
COMMAND = "commands/implement.md"
HUB_COMMAND = "commands/document-hub.md"
PATTERNS = "patterns/backend-patterns.md"
STYLE = "styles/backend-python.md"
AGENT_FILES = tuple(f"agents/{name}.md" for name in AGENTS)
PROMPTS = (*AGENT_FILES, COMMAND, HUB_COMMAND)
TOPICS = (
    "patterns/project-structure.md",
    "patterns/routers.md",
    "patterns/schemas.md",
    "patterns/models.md",
    "patterns/repositories.md",
    "patterns/services.md",
    "patterns/dependencies-and-transactions.md",
    "patterns/errors.md",
    "patterns/migrations.md",
    "patterns/auth.md",
    "patterns/pagination.md",
    "patterns/idempotency.md",
    "patterns/caching.md",
    "patterns/background-tasks.md",
    "patterns/observability.md",
    "patterns/resilience.md",
    "patterns/testing.md",
    "patterns/performance.md",
    "patterns/cli.md",
    "patterns/documentation-hub.md",
)
PAGES = (PATTERNS, *TOPICS, STYLE)

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class StrictLoader(yaml.SafeLoader):
    """YAML that refuses a key given twice."""


def _mapping(loader: StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise yaml.constructor.ConstructorError(None, None, f"given twice: {twice}", node.start_mark)
    return {key: loader.construct_object(value, deep=True) for key, (_, value) in zip(keys, node.value, strict=True)}


StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


@dataclass(frozen=True)
class Prompt:
    """An agent or a command."""

    frontmatter: dict[str, Any]
    body: str


def text_of(relative: str) -> str:
    return (ROOT / relative).read_bytes().decode("utf-8")


def parse_prompt(text: str) -> Prompt:
    opening, frontmatter, body = re.split(r"^---\n", text, maxsplit=2, flags=re.MULTILINE)
    if opening:
        raise ValueError("the frontmatter does not start at the first byte")
    loaded = StrictLoader(frontmatter).get_single_data()
    if not isinstance(loaded, dict):
        raise TypeError("the frontmatter is not a mapping")
    return Prompt(loaded, body)


def prompt(relative: str) -> Prompt:
    return parse_prompt(text_of(relative))


def fences(text: str) -> Iterator[tuple[str, str]]:
    """The language and the code of every fenced block."""
    for found in _FENCE.finditer(text):
        yield found[1], found[2]


def prose(text: str) -> str:
    """The text without its fenced blocks."""
    return _FENCE.sub("", text)


def sections(text: str) -> dict[str, str]:
    """Each heading with what stands below it, up to the next heading."""
    found: dict[str, str] = {}
    heading, fenced = "", False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        if not fenced and (match := re.match(r"#{1,6} (.+)", line)):
            heading = match[1].strip()
            found[heading] = ""
        elif heading:
            found[heading] += line + "\n"
    return found


def flat(text: str) -> str:
    """One line, so that a phrase is found wherever the text was wrapped."""
    return " ".join(text.split())


@cache
def named_tests(path: str) -> frozenset[str]:
    """The names of the tests in a Python file."""
    body = ast.parse(text_of(path)).body
    functions = [node.name for node in body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return frozenset(name for name in functions if name.startswith("test_"))
