"""A price, an awk field or a shell parameter that the client takes for an argument.

What it checks: `$5`, `$100` and the `$1` of awk or of a shell function in a command's text, in code fences too. Client
2.1.197 replaces every one of them, usually by nothing, and then does not append what the person typed. Client
2.1.328 replaces those for which a word was typed and leaves the others alone. It is an error where the command has an
`argument-hint` and what the person types would not reach the model.

All that stand in one block of code, or in one paragraph, list or table, are one finding, at the first of them. The fix
writes `\\$5`, which both clients turn into a plain `$5`.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (commands/cost.md):

    ---
    description: Estimate the cost of a change
    argument-hint: <change>
    ---
    Estimate the cost of $ARGUMENTS. Above $50 a month, ask first.

Good (commands/cost.md):

    ---
    description: Estimate the cost of a change
    argument-hint: <change>
    ---
    Estimate the cost of $ARGUMENTS. Above \\$50 a month, ask first.
"""

from __future__ import annotations

from packlint import regex
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.prompts import accidental

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from packlint.prompts.arguments import Placeholder

CODE = "CM003"
NAME = "accidental-placeholder"
SEVERITY = Severity.WARNING
KINDS = (Kind.COMMAND, Kind.SKILL)


_BLANK_LINE = regex.lazy(r"\n[ \t\r]*\n")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found, text = file.document.frontmatter(pack.client), file.document.text
    is_lost = found.values.get("argument-hint") and not file.command(pack.client).arguments_reach_model
    each_why = accidental.each_why(file, pack.client)
    is_instead = all(why for _, why in each_why)
    for group in _by_block([(each, why) for each, why in each_why if why], file, pack):
        first, why = group[0]
        start = found.body + first.start
        others = f", like {len(group) - 1} more {_place(start, file, pack)}" if len(group) > 1 else ""
        slashed = f"'\\{first.text}'"
        yield Finding(
            start,
            start + len(first.text),
            f"'{first.text}' is {why}, and the client takes it for an argument{others}; write {slashed}",
            f"client 2.1.197 erases it{' and does not append what the person typed' if is_instead else ''}; "
            "client 2.1.328 replaces it where so many words were typed",
            Fix(
                "write a backslash before each" if others else f"write {slashed}",
                tuple(_slashed(text, found.body + each.start) for each, _ in group),
            ),
            Severity.ERROR if is_lost else None,
        )


def _by_block(
    meant: Sequence[tuple[Placeholder, str]], file: File, pack: Pack
) -> Iterator[list[tuple[Placeholder, str]]]:
    """The placeholders of one block of code or paragraph together."""
    markdown, body = file.document.markdown(pack.client), file.document.frontmatter(pack.client).body
    group: list[tuple[Placeholder, str]] = []
    for each in meant:
        start = body + each[0].start
        if group:
            before = body + group[-1][0].start
            fence = markdown.in_fence(start)
            is_apart = fence is None and _BLANK_LINE.search(file.document.text, before, start) is not None
            if is_apart or fence is not markdown.in_fence(before):
                yield group
                group = []
        group.append(each)
    if group:
        yield group


def _place(start: int, file: File, pack: Pack) -> str:
    is_code = file.document.markdown(pack.client).in_fence(start) is not None
    return "in this block" if is_code else "in this paragraph"


def _slashed(text: str, start: int) -> Edit:
    """A backslash before an offset. Of several that are there none takes the meaning away, one alone does."""
    begin = start
    while begin and text[begin - 1] == "\\":
        begin -= 1
    return Edit(begin, start, "\\")
