"""A plugin's command sends its reader to plugin files that nobody may read.

What it checks: files of the plugin lie outside the user's project, so reading them needs a grant; without one
the client asks, and refuses where nobody can answer. `allowed-tools: Read(/${CLAUDE_PLUGIN_ROOT}/patterns/*.md)`
grants it for the command's turn, its subagents included. A file that a command inlines with
`@"${CLAUDE_PLUGIN_ROOT}/..."` needs none.

An agent has no grants of its own: it is reported when no command that mentions it grants the file.

Evidence: measured in the foreground, in the background and in the main thread.
Versions: 2.1.197, 2.1.328.

Bad (commands/build.md):

    ---
    description: Build the feature
    ---
    Read `${CLAUDE_PLUGIN_ROOT}/patterns/routers.md`, then build $ARGUMENTS.

Bad (patterns/routers.md):

    # Routers

Good (commands/build.md):

    ---
    description: Build the feature
    allowed-tools: Read(/${CLAUDE_PLUGIN_ROOT}/patterns/*.md)
    ---
    Read `${CLAUDE_PLUGIN_ROOT}/patterns/routers.md`, then build $ARGUMENTS.

Good (patterns/routers.md):

    # Routers
"""

from __future__ import annotations

from collections.abc import Iterator

from packlint import grants
from packlint.layout import Layout
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.references import Reference

CODE = "RF011"
NAME = "ungranted-read"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if pack.layout is not Layout.PLUGIN:
        return
    granting = [file] if file.kind is Kind.COMMAND else _commands_naming(file, pack)
    reported: set[str] = set()
    for reference in pack.references(file):
        folder = reference.path.rpartition("/")[0]
        if not _is_read(reference, file, pack) or folder in reported:
            continue
        if any(grants.covers(command, reference.path, pack.client) for command in granting):
            continue
        reported.add(folder)
        line = grants.narrowest(reference.path)
        where = "this command" if file.kind is Kind.COMMAND else "the command that starts this agent"
        yield Finding(
            reference.start,
            reference.end,
            f"nothing grants reading '{reference.path}'; add to {where}: allowed-tools: {line}",
            "clients 2.1.197 and 2.1.328 refuse to read a plugin's files without a grant",
        )


def _is_read(reference: Reference, file: File, pack: Pack) -> bool:
    if (
        reference.variable != "CLAUDE_PLUGIN_ROOT"
        or reference.target is None
        or not pack.disk.is_file(reference.target)
    ):
        return False
    if not reference.target.lower().endswith((".md", ".markdown", ".txt")):
        return False
    before = file.document.text[max(0, reference.start - 2) : reference.start]
    return not (file.kind is Kind.COMMAND and before.endswith(("@", '@"')))


def _commands_naming(file: File, pack: Pack) -> list[File]:
    agent = file.agent(pack.client)
    return [command for command in pack.commands if agent.name in command.document.text]
