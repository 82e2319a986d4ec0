"""Dollar signs with a number that were meant as something else than an argument: a price, a part of code."""

from __future__ import annotations

import math

from packlint import regex
from packlint.client import Client
from packlint.document import Document
from packlint.memo import lru_cache
from packlint.pack import File, Kind
from packlint.prompts import arguments
from packlint.prompts.arguments import Placeholder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.parsing.fencing import Fence

# Nobody numbers so many arguments; from here on it is a price.
_TOO_MANY = 10
# How far back, in characters, the program or price may stand.
_NEAR, _NEAR_PRICE, _LONG_FUNCTION = 300, 40, 2_000
# A number from here on without the one before it is no argument either.
_FEW = 3
_PROGRAM = regex.lazy(r"\b(?:g?awk|perl|sed)\b")
# An apostrophe within single quotes.
_APOSTROPHES = ("'\"'\"'", "'\\''")
_CODE = regex.lazy(
    r"(?:\.replace(?:All|_all)?\([^\n]*|RegExp\.|\b(?:SELECT|INSERT|UPDATE|DELETE|WHERE|VALUES|LIMIT)\b[^\n]*)\Z"
)
# Their own `$1` is a group of an expression or a parameter of a query.
_OTHER_LANGUAGES = {
    "perl",
    "ruby",
    "php",
    "js",
    "javascript",
    "jsx",
    "ts",
    "typescript",
    "tsx",
    "sql",
    "go",
    "python",
    "awk",
}
# A part of a document's path, or given on to a command: `specs/$1/plan.md`, `/check $1`, in other clients `@check $1`.
_GIVEN_ON = regex.lazy(r"[\w}>]/\$[0-9](?:/|\.md\b|\Z)|\A[/@$][a-z][\w:-]*\s[^\n]*\$[0-9]")
_FUNCTION = regex.lazy(r"(?m)^[ \t]*(?:function\s+\w[\w-]*\s*+(?:\(\)\s*+)?|\w[\w-]*\s*+\(\)\s*+)\{")
# A script within a command, its quotes still open.
_SCRIPT = regex.lazy(r"\b(?:ba|da|k|z)?sh[ \t]+-c[ \t]+(?:'[^']*|\"[^\"]*)\Z")
_NUMBER = regex.lazy(r"\$([0-9]{1,9})")
_PRICE_BEFORE = regex.lazy(
    r"(?i)\b(?:costs?|price[ds]?|pay|paid|budget|fee|worth|spend|save|under|over|above|below|than|limit|usd|about)"
    r"(?:\s+(?:of|is|at|to|limit))?\s*[:~=]?\s*\Z",
)
# So one writes a number that is not exact.
_ROUGHLY = ("~", "\u2248")
_PRICE_AFTER = regex.lazy(
    r"(?i)(?:[.,]\d|\s*(?:/\s?(?:\d|[KM]\b|(?:mo|month|mth|yr|year|wk|week|day|d|hr|hour|h|min|minute|sec|second|user|seat|"
    r"unit|piece|item|call|request|run|query|page|image|token|message|person|head|mile|lb|kg|gb|tb|million|1k|1m)s?\b)"
    r"|per\b|an? (?:month|year|day|week|hour|user|seat|piece)|dollars?\b|USD\b|million\b|billion\b"
    r"|monthly|each\b|[-\u2013\u2014]\s*\$?\d))",
)


def each_why(file: File, client: Client) -> list[tuple[Placeholder, str]]:
    """Every placeholder of a body, with what its author meant by it, as `why` says."""
    return _each_why(file, file.document, client)


@lru_cache(maxsize=2)
def _each_why(file: File, document: Document, client: Client) -> list[tuple[Placeholder, str]]:
    """As `each_why`; two rules ask for the same text in turn."""
    found = document.frontmatter(client)
    names = arguments.declared_names(found.values.get("arguments"))
    placeholders = arguments.placeholders(document.text[found.body :], names)
    return [(each, why(file, each, client)) for each in placeholders]


def why(file: File, placeholder: Placeholder, client: Client) -> str:
    """What the author of a `$N` meant in place of an argument, in words; empty where it may well be an argument."""
    if not placeholder.text[1:].isdigit():
        return ""
    found = _in_code(file, placeholder, client)
    if found:
        return found
    text, body = file.document.text, file.document.frontmatter(client).body
    start = body + placeholder.start
    line = _line_before(text, start)
    after = text[start + len(placeholder.text) : start + len(placeholder.text) + 24]
    index = placeholder.index or 0
    if index >= _TOO_MANY or line.endswith(_ROUGHLY) or _PRICE_AFTER.match(after):
        return "a price"
    markdown = file.document.markdown(client)
    is_code = markdown.in_fence(start) is not None or markdown.in_code_span(start)
    if is_code and file.kind is Kind.SKILL and not _takes_arguments(file, client):
        return "a part of code"
    if index >= _FEW and str(index - 1) not in _numbers(text, body):
        return "a price"
    return "a price" if index > 1 and _PRICE_BEFORE.search(line[-_NEAR_PRICE:]) else ""


def _in_code(file: File, placeholder: Placeholder, client: Client) -> str:
    """What a `$N` is in the code that stands around it, empty where that says nothing."""
    text, body = file.document.text, file.document.frontmatter(client).body
    start = body + placeholder.start
    line = _line_before(text, start)
    if _CODE.search(line):
        return "a part of code"
    if _is_in_program(line):
        return "a field of a program"
    fence = file.document.markdown(client).in_fence(start)
    if fence is not None and fence.language in _OTHER_LANGUAGES:
        return "a part of code"
    if _is_in_function(text, fence, body, start):
        return "a parameter of a shell function"
    if fence is not None and _SCRIPT.search(text, max(start - _NEAR, 0, fence.content_start), start):
        return "a parameter of a shell script"
    return ""


def _line_before(text: str, start: int) -> str:
    near = max(0, start - _NEAR)
    return text[max(text.rfind("\n", near, start) + 1, near) : start]


@lru_cache(maxsize=4)
def _takes_arguments(file: File, client: Client) -> bool:
    """Whether a skill shows that something is to be typed after its name; most are called by the model."""
    skill = file.command(client)
    if skill.arguments or skill.frontmatter.values.get("argument-hint"):
        return True
    if any(text.startswith("$ARGUMENTS") for text in skill.placeholders):
        return True
    body = file.document.text[skill.frontmatter.body :] if "$0" in skill.placeholders else ""
    if any(each.text == "$0" and not _in_code(file, each, client) for each in arguments.placeholders(body, [])):
        return True
    return any(_GIVEN_ON.search(span.text) for span in file.document.markdown(client).code_spans)


def _is_in_program(line: str) -> bool:
    """Whether a text ends within the program that is given to awk, sed or perl: behind an open quote or brace."""
    for apostrophe in _APOSTROPHES:
        line = line.replace(apostrophe, " " * len(apostrophe))
    last = max(line.rfind(mark) for mark in "'\"`")
    openings = [last if last >= 0 and line[last] != "`" else line.find("{", last + 1)]
    openings += [line.rfind("'")] if line.count("'") % 2 else []
    return any(opening >= 0 and _gives_program(line, opening) for opening in openings)


def _gives_program(line: str, opening: int) -> bool:
    """Whether what opens there is given to one of those commands."""
    command = max(line.rfind(mark, 0, opening) for mark in "|;`") + 1
    return _PROGRAM.search(line, command, opening) is not None


def _is_in_function(text: str, fence: Fence | None, body: int, start: int) -> bool:
    """Whether a function of a shell has begun, outside of blocks of code one that is not over."""
    if fence is not None:
        return _end_of_function_head(text, fence.content_start, fence.content_end) <= start
    near = max(body, start - _LONG_FUNCTION)
    over = max(text.rfind("\n}", near, start), near)
    return _end_of_function_head(text, over, start) <= start


@lru_cache(maxsize=16)
def _end_of_function_head(text: str, start: int, end: int) -> float:
    """Where the body of the first shell function between two offsets begins."""
    found = _FUNCTION.search(text, start, end)
    return found.end() if found else math.inf


@lru_cache(maxsize=4)
def _numbers(text: str, body: int) -> frozenset[str]:
    """The numbers that stand behind a dollar sign in a text."""
    return frozenset(match[1] for match in _NUMBER.finditer(text, body))
