"""Shell code so plain that nothing can be wrong in it, told without a scan of each of its characters."""

from __future__ import annotations

from packlint import regex

_VARIABLE = r"\$(?:[A-Za-z_]\w*|\{\w+\})"
_WORD = rf"(?:[^\s'\"`\\(){{}}<>;&|#$]++|{_VARIABLE}|\"(?:[^\"\\`$]++|{_VARIABLE})*+\"|'[^']*+')+"
_TARGET = rf"[0-9]?(?:>(?:&[0-9]|>?[ \t]*{_WORD})|<[ \t]*{_WORD})"
_COMMAND = rf"{_WORD}(?:[ \t]+(?:{_TARGET}|{_WORD}))*"
_PLAIN_LINE = regex.lazy(
    rf"[ \t]*(?:{_COMMAND}(?:[ \t]*(?:&&|\|\||\||;)[ \t]*{_COMMAND})*)?(?:(?:[ \t]+|(?<![^ \t]))#[^\n]*)?[ \t]*"
)
_RESERVED = regex.lazy(r"\b(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|select|function|in)\b")
_AT_COMMAND = regex.lazy(
    r"(?m)(?:^|[;&|])[ \t]*(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|select|function)\b"
)
# What a word of a command may stand behind and still be read as the first.
_KEEPS = regex.lazy(r"=|\btime\b|(?<!\S)!")


def is_plain(text: str) -> bool:
    """Whether a script is of simple commands alone, as most are, in which nothing can be wrong."""
    if _RESERVED.search(text) and (_KEEPS.search(text) or _AT_COMMAND.search(text)):
        return False
    if "#" not in text:  # in a comment a backslash joins no lines
        text = text.replace("\\\n", "  ")
    return all(_PLAIN_LINE.fullmatch(line) for line in text.split("\n"))
