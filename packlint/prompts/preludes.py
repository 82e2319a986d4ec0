"""What typed text may begin with before its first command: tests in brackets, the heads of loops and choices.

Evidence: texts typed into 2.1.197 and 2.1.328; tests/test_typed.py holds them.
"""

from __future__ import annotations

from packlint import regex

# What may stand in a test in brackets, and how it ends.
_OPERAND = r"""(?:"[^"]*"|\([^()\s]*\)|'[^']*'|[^\s;&|()"'])+"""
_TESTED = rf"(?:![ \t]+)*(?:-\w+[ \t]+{_OPERAND}|{_OPERAND}(?:[ \t]+(?:[!=]?=|=~|-\w+)[ \t]+{_OPERAND})?)"
_END_OF_TEST = r"(?=[\s;&|)]|\Z)"
_TEST = regex.lazy(rf"[ \t]+{_TESTED}")
_TESTS = {
    opening: regex.lazy(rf"[ \t]*(?:[ \t]{_TESTED})?[ \t]{closing}{_END_OF_TEST}")
    for opening, closing in (("[", r"\]"), ("[[", r"\]\]"))
}
_CLOSE_TEST = regex.lazy(rf"{_TESTED}[ \t]+\]{_END_OF_TEST}")
_LOOP = r"\s+[^\s;]+\s+in\b[^;\n<>`$()&|]*[;\n]\s*do(?=[\s;]|\Z)"
_HEADS = {
    "for": regex.lazy(_LOOP),
    "select": regex.lazy(_LOOP),
    "case": regex.lazy(r"""\s+(?:"[^"]*"|\S+)\s+in\s+\(?[^()\s|]+(?:\s*\|\s*[^()\s|]+)*\)"""),
}
_SENT_BEHIND_TICKS = regex.lazy(r"(?:`[^`\n]*`[^;&|\n`<>]*)+[<>]")
_SENT_BY_ANOTHER = regex.lazy(r"(?:&&|\|\|)[^;\n]*[<>]")


def end_of_head(written: str, text: str, at: int) -> int | None:
    """Behind the head of a whole loop or choice whose first word, `written`, ends at `at`; None where there is none."""
    head = _HEADS[written].match(text, at) if written in _HEADS else None
    return head.end() if head else None


def end_of_test(written: str, text: str, at: int) -> tuple[int, bool]:
    """Behind the test whose first word, with its bracket, ends at `at`, and whether it is one.

    Of what is none that which could have been tested is skipped.
    """
    if written in _TESTS:
        if whole := _TESTS[written].match(text, at):
            return whole.end(), True
        part = _TEST.match(text, at)
        return part.end() if part else at, False
    close = _CLOSE_TEST.match(text, at - len(written) + 1) if written[:2] != "[[" else None
    return (close.end(), True) if close else (at, written == "[]")


def is_sent_behind_ticks(text: str, at: int) -> bool:
    """Whether the output of a command is sent elsewhere behind what stands in back-ticks at `at`."""
    return _SENT_BEHIND_TICKS.match(text, at) is not None


def is_sent_by_another(text: str, at: int) -> bool:
    """Whether `&&` or `||` stands at `at`, and what follows sends its output elsewhere."""
    return _SENT_BY_ANOTHER.match(text, at) is not None
