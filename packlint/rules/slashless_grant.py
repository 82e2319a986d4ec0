"""A grant for the files of a plugin or a skill with one slash too few.

What it checks: `Read(${CLAUDE_PLUGIN_ROOT}/...)` in a command's `allowed-tools`. The root is an absolute path, and
a rule that begins with one slash counts from the project: the grant matches nothing and every read is refused; so
is `${CLAUDE_SKILL_DIR}` in a skill. With one more slash, `Read(/${CLAUDE_PLUGIN_ROOT}/...)`, it works, also for the
subagents the command starts.

Evidence: measured with foreground and background subagents and in the main thread.
Versions: 2.1.197, 2.1.328.

Bad (commands/build.md):

    ---
    description: Build the feature
    allowed-tools: Read(${CLAUDE_PLUGIN_ROOT}/patterns/*.md)
    ---
    Build $ARGUMENTS.

Good (commands/build.md):

    ---
    description: Build the feature
    allowed-tools: Read(/${CLAUDE_PLUGIN_ROOT}/patterns/*.md)
    ---
    Build $ARGUMENTS.
"""

from __future__ import annotations

from packlint import regex
from packlint.loading import toolset
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL015"
NAME = "slashless-grant"
SEVERITY = Severity.ERROR
KINDS = (Kind.COMMAND, Kind.SKILL)

_SLASHLESS = regex.lazy(r"(?:Read|Edit|Write|Glob|Grep)\((?=\$\{CLAUDE_(?:PLUGIN_ROOT|SKILL_DIR)\})")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    for token in toolset.locate(file.document.text, found, "allowed-tools"):
        match = _SLASHLESS.match(token.text)
        if match is None:
            continue
        place = token.start + match.end()
        right = token.text[: match.end()] + "/" + token.text[match.end() :]
        yield Finding(
            token.start,
            token.end,
            f"'{token.text}' matches nothing; write '{right}'",
            "the client counts one slash from the project, so the grant covers nothing and is as good as not there",
            Fix("add the slash", (Edit(place, place, "/"),)),
        )
