"""A price, an awk field or a shell parameter that the client takes for an argument.

What it checks: `$5`, `$100` and the `$1` of awk or of a shell function in a command's text, in code fences too. Client
2.1.197 replaces every one of them, usually by nothing, and then does not append what the person typed. Client
2.1.328 replaces those for which a word was typed and leaves the others alone. It is an error where the command has an
`argument-hint` and what the person types would not reach the model.

The fix writes `\\$5`, which both clients turn into a plain `$5`.

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

from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.prompts import accidental

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CM003"
NAME = "accidental-placeholder"
SEVERITY = Severity.WARNING
KINDS = (Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found, text = file.document.frontmatter(pack.client), file.document.text
    is_lost = found.values.get("argument-hint") and not file.command(pack.client).arguments_reach_model
    each_why = accidental.each_why(file, pack.client)
    is_instead = all(why for _, why in each_why)
    for each, why in each_why:
        if why:
            start = found.body + each.start
            yield Finding(
                start,
                start + len(each.text),
                f"'{each.text}' is {why}, and the client takes it for an argument; write '\\{each.text}'",
                f"client 2.1.197 erases it{' and does not append what the person typed' if is_instead else ''}; "
                "client 2.1.328 replaces it where so many words were typed",
                Fix(f"write '\\{each.text}'", (Edit(_before_slashes(text, start), start, "\\"),)),
                Severity.ERROR if is_lost else None,
            )


def _before_slashes(text: str, end: int) -> int:
    """Where the backslashes that end here begin: of several none takes the meaning away, one alone does."""
    while end and text[end - 1] == "\\":
        end -= 1
    return end
