"""An agent, a command or a skill whose text is very long.

What it checks: more than about 5,000 tokens, counted as the client counts where it cannot ask: four characters
a token. The text is sent with every request of the agent; of a command or a skill only the first 5,000 tokens are kept
when a long session is summed up. Move what is not always needed into documents.

Evidence: the client's documentation for commands; the way of counting is measured.
Versions: all.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "DS004"
NAME = "token-budget"
SEVERITY = Severity.INFO
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)

_BUDGET = 5_000
_CHARACTERS_PER_TOKEN = 4


def check(file: File, pack: Pack) -> Iterator[Finding]:
    body = file.document.frontmatter(pack.client).body
    tokens = (len(file.document.text) - body) // _CHARACTERS_PER_TOKEN
    if tokens > _BUDGET:
        yield Finding(
            body,
            file.document.line_end(body),
            f"about {tokens} tokens; {_BUDGET} are enough for most",
            "the client sends all of it with every request of the agent"
            if file.kind is Kind.AGENT
            else "the client keeps the first 5,000 when it sums up a long session",
        )
