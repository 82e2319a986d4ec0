"""What the client would load, for `packlint inspect`: a table, JSON, or a graph."""

from __future__ import annotations

import json

from packlint.client import Client
from packlint.commandline.terminal import columns, printable
from packlint.loading import naming
from packlint.pack import File, Kind, Pack
from packlint.prompts import forking

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

# The client counts so itself where it cannot ask the API: characters divided by four.
_CHARACTERS_PER_TOKEN = 4


def tokens(text: str) -> int:
    """An estimate of a text's tokens: its characters divided by four, rounded up."""
    return -(-len(text) // _CHARACTERS_PER_TOKEN)


def describe(packs: Sequence[Pack], client: Client) -> dict[str, Any]:
    """The packs as the JSON object of `inspect --format json`."""
    from packlint import refusal

    refused = refusal.of_each(packs)
    return {
        "version": 1,
        "client": client.version,
        "packs": [
            {
                "root": pack.shown_root,
                "layout": pack.layout.value,
                "name": pack.name,
                "agents": [_agent(file, pack, refused[id(pack)]) for file in pack.agents if pack.is_wanted(file)],
                "commands": [_command(file, pack, refused[id(pack)]) for file in pack.commands if pack.is_wanted(file)],
                "skills": [_skill(file, pack, refused[id(pack)]) for file in pack.skills if pack.is_wanted(file)],
                "documents": [
                    {
                        "path": file.shown,
                        "referenced_by": pack.referenced_by.get(file.real, []),
                    }
                    for file in pack.documents
                    if pack.is_wanted(file)
                ],
                "errors": _errors(pack, refused[id(pack)]),
            }
            for pack in packs
        ],
    }


def _errors(pack: Pack, refused: str | None) -> list[str]:
    """What cannot be read or is passed over, and why the client loads nothing, each said once."""
    shown = {file.location: file.shown for file in pack.manifests}
    faults = [f"{shown.get(fault.path, fault.path)}: {fault.text}" for fault in pack.faults]
    return [
        *([f"the client does not load the plugin: {refused}"] if refused else []),
        *(fault for fault in faults if fault != refused),
        *(f"{file.shown}: {file.unreadable}" for file in pack.files if pack.is_wanted(file) and _is_unread(file)),
        *(f"{file.shown}: {file.why_stray}" for file in pack.strays if pack.is_wanted(file) and file.stray),
    ]


def _is_unread(file: File) -> bool:
    """Whether nothing but its not being read tells of a file; of a manifest, its fault does."""
    return file.unreadable is not None and file.kind is not Kind.MANIFEST


def _agent(file: File, pack: Pack, refused: str | None) -> dict[str, Any]:
    agent = file.agent(pack.client)
    tools = agent.tools
    loaded = agent.loaded and not file.unreadable and not refused
    denied_by = pack.denied.get(agent.invoke) if loaded else None
    namesakes = pack.agents_by_name.get(agent.invoke, []) if agent.loaded else []
    return {
        "path": file.shown,
        "name": agent.name,
        "invoke": agent.invoke,
        "loaded": loaded,
        "degraded": agent.degraded,
        "reason": refused or file.unreadable or agent.reason,
        "same_name": sorted({other.shown for other in namesakes if other.real != file.real}),
        "description": agent.description,
        "tools": {
            "declared": tools.declared,
            "all": tools.all,
            "granted": tools.granted,
            "dropped": [{"token": dropped.token, "reason": dropped.reason} for dropped in tools.dropped],
            **({"servers": tools.servers} if tools.servers else {}),
        },
        "launch_refused": agent.launch_refused,
        "denied_by": denied_by,
        "model": agent.model,
        "ignored_fields": agent.ignored_fields,
        "tokens": {
            "always": tokens(f"{agent.invoke}: {agent.description}") if loaded and not denied_by else 0,
            "invoked": tokens(file.document.text[agent.frontmatter.body :]),
        },
    }


def _command(file: File, pack: Pack, refused: str | None) -> dict[str, Any]:
    command = file.command(pack.client)
    hidden_by = pack.hidden.get(id(file))
    body = file.document.text[command.frontmatter.body :]
    loaded = command.loaded and hidden_by is None and not file.unreadable and not refused
    is_listed = loaded and not command.hidden_from_model
    return {
        "path": file.shown,
        "name": command.name,
        "invoke": command.invoke,
        "also": command.also,
        "loaded": loaded,
        "reason": refused or file.unreadable or command.refused,
        "hidden_by": hidden_by.shown if hidden_by else None,
        "hidden_from_model": command.hidden_from_model,
        "user_invocable": command.user_invocable,
        "listed_as": command.listed_as,
        "description": command.description,
        "placeholders": command.placeholders,
        "arguments_reach_model": command.arguments_reach_model,
        "model": forking.model(command, pack),
        "allowed_tools": command.granted,
        "grants_lost": command.grants_lost,
        "tokens": {
            "always": tokens(f"{command.listed_as}: {command.description}") if is_listed else 0,
            "invoked": tokens(body),
        },
    }


def _skill(file: File, pack: Pack, refused: str | None) -> dict[str, Any]:
    return _command(file, pack, refused) | {"waits_for": file.command(pack.client).waits_for}


def as_json(packs: Sequence[Pack], client: Client) -> Iterator[str]:
    """One JSON object; docs/formats.md describes it."""
    yield json.dumps(describe(packs, client), indent=1)


def as_text(packs: Sequence[Pack], client: Client) -> Iterator[str]:
    """One table a pack: what each file becomes, with what tools and model, and why not."""
    for pack in describe(packs, client)["packs"]:
        yield f"{printable(pack['root'])} ({pack['layout']} '{printable(pack['name'])}', client {client.version})"
        rows = [_agent_row(agent) for agent in pack["agents"]]
        rows += [_command_row(each) for each in pack["commands"]] + [_skill_row(each) for each in pack["skills"]]
        yield from _aligned(rows)
        yield from _aligned(
            [
                ("document", document["path"], f"read by {', '.join(document['referenced_by']) or 'nobody'}")
                for document in pack["documents"]
            ]
        )
        for error in pack["errors"]:
            yield printable(f"  error     {error}")


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows as lines whose cells stand below each other, in a terminal as well."""
    shown = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(columns, cells)) for cells in zip(*shown, strict=True)]
    for row in shown:
        cells = [cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True)]
        yield "  " + "  ".join(cells).rstrip()


def _agent_row(agent: dict[str, Any]) -> tuple[str, str, str, str]:
    found = agent["tools"]
    servers = [f"all of the MCP server {name}" for name in found.get("servers", ())]
    tools = ", ".join([*(["all tools"] if found["all"] else found["granted"]), *servers]) or "no tools"
    if not agent["loaded"]:
        fate = f"NOT LOADED: {agent['reason']}"
    elif agent["denied_by"]:
        fate = f"DENIED by {agent['denied_by']}: the model is not told of it"
    elif agent["launch_refused"]:
        fate = "REFUSED AT LAUNCH: no tool is left"
    elif agent["degraded"]:
        fate = f"DEGRADED: {agent['reason']}; {tools}"
    else:
        fate = tools
    if agent["loaded"] and agent["same_name"]:
        fate += f"; ONE OF {len(agent['same_name']) + 1} OF THIS NAME, of which the client keeps one"
    return "agent", agent["invoke"], f"model {agent['model']}", fate


def _command_row(command: dict[str, Any]) -> tuple[str, str, str, str]:
    return "command", command["invoke"], f"model {command['model']}", "; ".join(_fate(command, "COMMAND"))


def _skill_row(skill: dict[str, Any]) -> tuple[str, str, str, str]:
    waits = [f"waits for a file like {', '.join(skill['waits_for'])}"] if skill["loaded"] and skill["waits_for"] else []
    return "skill", skill["invoke"], f"model {skill['model']}", "; ".join(waits + _fate(skill, "SKILL"))


def _fate(command: dict[str, Any], what: str) -> list[str]:
    if command["hidden_by"]:
        return [f"NO {what}: {command['hidden_by']} takes its place"]
    if not command["loaded"]:
        return ["NOT LOADED" + (f": {command['reason']}" if command["reason"] else "")]
    notes = []
    faults = [naming.fault_in_typing(name[1:]) for name in (command["invoke"], *command["also"])]
    if all(faults):
        notes.append(f"CANNOT BE TYPED: the name {faults[0]}")
    if command["hidden_from_model"]:
        notes.append("hidden from the model")
    if not command["user_invocable"]:
        notes.append("cannot be typed: user-invocable is not true")
    if command["grants_lost"]:
        notes.append(f"GRANTS LOST: {command['grants_lost']}")
    if not command["arguments_reach_model"]:
        notes.append("arguments are lost")
    return notes or ["arguments reach the model"]


def as_mermaid(packs: Sequence[Pack], client: Client) -> Iterator[str]:
    """A graph of who calls whom and who reads what."""
    from packlint.relations import graph

    yield from graph.flowchart(packs, client)


FORMATS: dict[str, Callable[[Sequence[Pack], Client], Iterable[str]]] = {
    "text": as_text,
    "json": as_json,
    "mermaid": as_mermaid,
}
