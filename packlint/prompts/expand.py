"""The prompt that typing a command or a skill would send, for `packlint expand`. Nothing is executed."""

from __future__ import annotations

from packlint import regex
from packlint.client import Client
from packlint.discovery.layout import Layout
from packlint.loading import naming
from packlint.loading.loader import Command
from packlint.pack import File, Pack
from packlint.prompts import arguments, forking
from packlint.prompts import blocks as shell_blocks
from packlint.prompts.shell import Shell
from packlint.prompts.traced import Traced
from packlint.reading import attachments
from packlint.reading.attachments import Attachment
from packlint.record import field, record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# What becomes of these is known only while the client runs.
_UNKNOWN = {
    "CLAUDE_SESSION_ID": "the session's id",
    "CLAUDE_EFFORT": "the session's effort",
    "CLAUDE_PLUGIN_DATA": "the plugin's data folder",
}
# Stand for them where a shell block is judged: the client judges it when the value is in the variable's place.
_ALIKE = {
    "CLAUDE_SESSION_ID": "6f1c7a52-3d0e-4b7f-9a44-1f0d6c2b8e90",
    "CLAUDE_EFFORT": "high",
    "CLAUDE_PLUGIN_DATA": "/.the-home/.claude/plugins/data",
}
_VARIABLE = regex.lazy(r"\$\{(CLAUDE_[A-Z_]+)\}")
# Left as it stands where the user has set nothing; a default of the manifest does not count (measured).
_SETTING = regex.lazy(r"\$\{user_config\.[^}]+\}")


@record(frozen=True)
class Note:
    """One thing to know about a prompt: where in the command's file, and what."""

    line: int
    text: str


@record(frozen=True)
class Block:
    """One shell block: its text and command, and why the client would stop at it, None where it runs."""

    line: int
    text: str
    command: str
    refusal: str | None


@record
class Expansion:
    """What typing a command would send, and the model that answers. Nothing is sent where `stops` is not empty."""

    file: File
    command: Command
    given: str
    prompt: str
    blocks: list[Block] = field(default_factory=list)
    files: list[tuple[int, Attachment]] = field(default_factory=list)
    stops: list[Note] = field(default_factory=list)
    unknown: list[Note] = field(default_factory=list)
    subagent: str | None = None
    model: str = "inherit"

    @property
    def sent(self) -> bool:
        return not self.stops


def expand(file: File, pack: Pack, given: str, folder: Path, client: Client) -> Expansion:
    """What the client makes of a command or a skill typed with `given` behind it.

    Args:
        file: the command's or the skill's file.
        pack: the pack it belongs to.
        given: the text typed after the command's name.
        folder: where the client would run: `@` and `${CLAUDE_PROJECT_DIR}` refer to it.
        client: the version that expands.
    """
    command = file.command(client)
    start = command.frontmatter.body
    filled = arguments.fill(file.document.text[start:], given, command.arguments, client)
    values = {"CLAUDE_PROJECT_DIR": str(folder)}
    if pack.layout is Layout.PLUGIN:
        values["CLAUDE_PLUGIN_ROOT"] = pack.location
    base = file.skill_folder
    if base is not None:
        values["CLAUDE_SKILL_DIR"] = str(base)

    def resolved(match: re.Match[str]) -> str:
        return values.get(match[1], match[0])

    def line(text: Traced, offset: int) -> int:
        place = start + text.origin(offset)
        return file.document.place(place, place).line

    text = filled.sub(_VARIABLE, resolved)
    grants = [_VARIABLE.sub(resolved, grant) for grant in command.granted]
    alike = {f"${{{name}}}": value for name, value in _ALIKE.items() if _has_value(name, pack)}
    shell = Shell([_swapped(grant, alike.items()) for grant in grants], str(folder), client)
    matches = shell_blocks.find(text.text)
    blocks = [
        Block(line(text, match.start()), match[0], source, _refusal(shell, source, alike))
        for match in matches
        for source in [match["command"].strip()]
    ]
    prompt = text.replaced(matches, lambda match: f"[output of {match[0]}]").text
    heading = f"Base directory for this skill: {base}\n\n" if base is not None else ""
    found = Expansion(file, command, given, heading + prompt, blocks)
    quiet = text.replaced(matches, lambda _: "_")
    found.files = [(line(quiet, each.start), each) for each in attachments.find(quiet.text, folder, client)]
    found.stops = [*_unreachable(file, command, pack, client), *_refusals(command, blocks)]
    found.unknown = [
        Note(line(text, match.start()), f"{match[0]} becomes {_UNKNOWN[match[1]]}, which is not known here")
        for match in _VARIABLE.finditer(text.text)
        if _has_value(match[1], pack)
    ]
    found.unknown += [
        Note(line(text, match.start()), f"{match[0]} becomes what the user has set, which is not known here")
        for match in (_SETTING.finditer(text.text) if pack.layout is Layout.PLUGIN else ())
    ]
    found.subagent = forking.agent_of(command, pack)
    if found.subagent is not None and not forking.is_known(found.subagent, pack):
        told = f"no agent '{found.subagent}' is here; where there is none at all, the general one gets the prompt"
        found.unknown.append(Note(_line_of("agent", file, command), told))
    found.model = forking.model(command, pack)
    return found


def _has_value(name: str, pack: Pack) -> bool:
    """Whether a variable that is not known here has a value while the client runs."""
    return name in _UNKNOWN and (name != "CLAUDE_PLUGIN_DATA" or pack.layout is Layout.PLUGIN)


def _refusal(shell: Shell, command: str, alike: dict[str, str]) -> str | None:
    """Why the client stops at a command, judged with values of their kind in the place of unknown ones."""
    found = shell.refusal(_swapped(command, alike.items()))
    return found and _swapped(found, ((value, variable) for variable, value in alike.items() if variable in command))


def _swapped(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def _unreachable(file: File, command: Command, pack: Pack, client: Client) -> Iterator[Note]:
    from packlint import refusal

    if why := refusal.find(pack):
        yield Note(1, f"{command.invoke} does not exist, for the client does not load the plugin: {why}")
    if command.refused is not None:
        yield Note(1, f"{command.invoke} does not exist: {command.refused}")
    elif command.typed_as is None:
        fate = "sends the text as it is to the model" if client.does("sends_unknown_command_to_model") else "stops"
        why = naming.fault_in_typing(command.invoke[1:])
        yield Note(1, f"{command.invoke} cannot be typed, for its name {why}: the client {fate}")
    if other := pack.hidden.get(id(file)):
        yield Note(1, f"{command.invoke} does not exist: {other.shown} takes its place")
    if command.waits_for:
        line = _line_of("paths", file, command)
        yield Note(line, f"{command.invoke} is not there before the session reaches a file like {command.waits_for[0]}")
    if not command.user_invocable:
        told = "says so" if client.does("explains_stopped_command") else "says nothing"
        line = _line_of("user-invocable", file, command)
        yield Note(line, f"user-invocable is not true: only the model can call {command.invoke}; the client {told}")
    agent = forking.own_agent(command, pack)
    if agent and agent.launch_refused:
        line = _line_of("agent", file, command)
        yield Note(line, f"the client refuses to start {agent.invoke}, in which it would run: no tool is left to it")


def _line_of(key: str, file: File, command: Command) -> int:
    """The line of a key's value; the first one where the key is not there."""
    place = command.frontmatter.field(key)
    return file.document.place(place.start, place.end).line if place else 1


def _refusals(command: Command, blocks: list[Block]) -> Iterator[Note]:
    lost = f" (allowed-tools are dropped: {command.grants_lost})" if command.grants_lost else ""
    for block in blocks:
        if block.refusal is not None:
            yield Note(block.line, f"{block.text} does not run: {block.refusal}{lost}; the client sends nothing")
