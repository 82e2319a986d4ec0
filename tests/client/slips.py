"""Slips of the hand in a frontmatter, as editors and people make them."""

from __future__ import annotations

from random import Random

_PIECES = (
    *":#\"'[]{}-,&*!|>%@`?~\\ \t\n\r\x0b\x85\u2028\u00e9", "  ", ": ", "- ", " #", ", ", "\n\n", "\n\t", '"\n', " : ",
    " \n", "<<: ", "*a", "&a ", "!t ", "|\n", ">\n  ",
)  # fmt: skip
_ENDS = ("\t", " #c", "#c", ":", ",", '"', "'", "]", "}", " \\")


def slipped(random: Random, text: str) -> str:
    """The text with one thing in it typed, deleted, moved or changed; never with `---`, which would end it."""
    place, kind = random.randrange(len(text) + 1), random.random()
    if kind < 0.45:
        changed = text[:place] + random.choice(_PIECES) + text[place:]
    elif kind < 0.6:
        changed = text[:place] + text[place + random.choice((1, 1, 1, 2, 5)) :]
    elif kind < 0.8:
        changed = _with_other_line(random, text)
    elif kind < 0.9:
        changed = text[:place] + random.choice(_PIECES) + text[place + 1 :]
    else:
        changed = text.replace("\r\n", "\n").replace("\n", "\r\n")
    return text if "---" in changed else changed


def _with_other_line(random: Random, text: str) -> str:
    lines = text.split("\n")
    number = random.randrange(len(lines))
    line = lines[number]
    lines[number : number + 1] = random.choice(
        (
            [" " * random.randint(1, 3) + line],
            ["\t" + line],
            [line.lstrip()],
            [line, line],
            [line.replace(" ", "\t", 1)],
            [line + random.choice(_ENDS)],
            [],
        )
    )
    return "\n".join(lines)
