"""A plugin's command or skill sends its reader to plugin files that nobody may read.

What it checks: files of the plugin lie outside the user's project, so reading them needs a grant; without one
the client asks, and refuses where nobody can answer. `allowed-tools: Read(/${CLAUDE_PLUGIN_ROOT}/patterns/*.md)`
grants it for the command's turn, its subagents included. A file that a command inlines with
`@"${CLAUDE_PLUGIN_ROOT}/..."` needs none.

A skill's own documents need a grant as well: `Read(/${CLAUDE_SKILL_DIR}/**)`.

A path in back-ticks that leads out of the skill counts where words around it tell to read it.
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

from packlint import regex
from packlint.discovery.layout import Layout
from packlint.pack import File, Kind, Pack
from packlint.parsing.markdown import part_at
from packlint.problem import Finding, Severity
from packlint.prompts import inline
from packlint.prompts.inline import Inline
from packlint.reading import grants
from packlint.reading.references import Kind as ReferenceKind
from packlint.reading.references import Reference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CODE = "RF011"
NAME = "ungranted-read"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


_SHELLS = ("bash", "sh", "shell", "zsh")
# Programs that show a file; the permission that any other needs is one to run it.
_SHOWS = regex.lazy(r"\b(?:cat|head|tail|less|more|grep|rg|sed|awk|wc)\b")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if pack.layout is not Layout.PLUGIN:
        return
    granting = _commands_naming(file, pack) if file.kind is Kind.AGENT else [file]
    reported: set[str] = set()
    commands = inline.find(file.document, pack.client) if file.kind is not Kind.AGENT else []
    for reference in pack.references(file):
        target = reference.target
        if target is None or not _is_read(reference, target, file, pack, commands):
            continue
        path, folder = pack.below(target), target.rpartition("/")[0]
        is_own = file.skill_folder is not None and target.startswith(f"{file.skill_folder}/")
        own = target[len(f"{file.skill_folder}/") :] if is_own else None
        if path is None or folder in reported:
            continue
        if any(grants.covers(command, path, pack.client, own) for command in granting):
            continue
        reported.add(folder)
        line = grants.narrowest(path, own)
        where = "the command that starts this agent" if file.kind is Kind.AGENT else f"this {file.kind}"
        yield Finding(
            reference.start,
            reference.end,
            f"nothing grants reading '{reference.path}'; add to {where}: allowed-tools: {line}",
            "clients 2.1.197 and 2.1.328 ask before they read a plugin's file, and refuse where nobody can answer",
        )


def _is_read(reference: Reference, target: str, file: File, pack: Pack, commands: Sequence[Inline]) -> bool:
    if not target.lower().endswith((".md", ".markdown", ".txt")) or not pack.disk.is_file(target):
        return False
    if file.kind is Kind.SKILL:
        is_own = reference.variable is None and reference.kind is not ReferenceKind.AT and target != file.location
        if not is_own and reference.variable not in ("CLAUDE_PLUGIN_ROOT", "CLAUDE_SKILL_DIR"):
            return False
        if not reference.told and not target.startswith(f"{file.skill_folder}/"):
            return False
    elif reference.variable != "CLAUDE_PLUGIN_ROOT":
        return False
    fence = file.document.markdown(pack.client).in_fence(reference.start)
    if fence is not None and fence.language in _SHELLS:
        line = file.document.text[file.document.text.rfind("\n", 0, reference.start) + 1 : reference.start]
        if _SHOWS.search(line) is None:
            return False
    if file.kind is Kind.AGENT:
        return True
    before = file.document.text[max(0, reference.start - 2) : reference.start]
    return part_at(commands, reference.start) is None and not before.endswith(("@", '@"'))


def _commands_naming(file: File, pack: Pack) -> list[File]:
    agent = file.agent(pack.client)
    return [command for command in pack.commands if agent.name in command.document.text]
