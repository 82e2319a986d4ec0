"""A model that is neither an alias nor a model id.

What it checks: the client knows `sonnet`, `opus`, `haiku`, `fable`, `best`, `opusplan` and `inherit`, in any
case, with or without one `[1m]` behind it. Any other text goes to the API as it stands, which refuses to
start the agent when no such model exists: of `haiku[2m]` the text `haiku`, which is no model there. Ids that look
like a provider's (`claude-...`, `us.anthropic...`, an ARN) are taken to exist.

A text with spaces, one that is nearly an alias, and `[1m]` alone cannot be a model: those are errors.

Evidence: measured; the client checks nothing, and `claude plugin validate` neither.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    model: sonet
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    model: sonnet
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint import regex
from packlint.frontmatter import JS_SPACE
from packlint.loading import models
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.text.spelling import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "FM016"
NAME = "unknown-model"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    field = file.document.frontmatter(pack.client).field("model")
    if field is None or not isinstance(field.value, str) or models.known(field.value, pack.client):
        return
    facts = pack.client.models
    model = models.sent(field.value.strip(JS_SPACE), pack.client)
    if (regex.of_data(facts["id_pattern"]).match(model) and " " not in model) or "anthropic." in model:
        return
    words = model.split()
    meant = nearest(words[0].removeprefix("claude-"), {*facts["aliases"], models.INHERIT}) if words else None
    hopeless = len(words) != 1 or meant is not None
    yield Finding(
        field.start,
        field.end,
        f"'{field.value}' is no model the client knows" + (f"; did you mean '{meant}'?" if meant else ""),
        f"the client sends '{model}' to the API as it stands; the {file.kind} fails where no such model exists",
        severity=Severity.ERROR if hopeless else Severity.WARNING,
    )
