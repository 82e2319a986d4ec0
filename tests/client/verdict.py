"""packlint's verdict on a sample, in the words of a label, and where the two differ."""

from __future__ import annotations

import html
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from packlint import inspection
from packlint.client import Client
from packlint.discover import discover
from packlint.discovery.layout import Layout
from packlint.loading import models
from packlint.pack import Pack
from packlint.prompts.expand import Expansion, expand
from tests.client.label import Label, anonymous
from tests.client.staging import PLUGIN, Sample, Stage, sent_as, stage

_AGENT_FIELDS = ("name", "description", "degraded", "model", "launch_refused", "all_tools", "tools")
_COMMAND_FIELDS = ("listed", "shown_to_model", "description", "invoked", "forked")
_SENT_FIELDS = ("model", "prompt")
# What only running the client can tell: what shell blocks print, and the session's own values.
_UNKNOWN = re.compile(r"\[output of .*?`\]|\$\{CLAUDE_(?:SESSION_ID|EFFORT|PLUGIN_DATA)\}", re.DOTALL)


def predict(samples: Sequence[Sample], layout: Layout, clients: Sequence[Client]) -> dict[str, dict[str, Label]]:
    """What `inspect` says of samples staged as they are for the client: version -> identity -> label."""
    labels: dict[str, dict[str, Label]] = {client.version: {} for client in clients}
    # Apart, as the client gets them: an agent may have the name of the one in which a command runs.
    for are_agents in (True, False):
        wanted = [sample for sample in samples if sample.is_agent is are_agents]
        with tempfile.TemporaryDirectory(prefix="packlint-stage-") as folder:
            staged = stage(wanted, layout, Path(folder))
            root = staged.plugin or staged.cwd
            places = {str(sample.staged): sample for sample in wanted}
            for client in clients:
                labels[client.version] |= _said(root, layout, client, places, staged)
    return labels


def _said(root: Path, layout: Layout, client: Client, places: dict[str, Sample], staged: Stage) -> dict[str, Label]:
    labels: dict[str, Label] = {}
    packs = [Pack(found, client, root) for found in discover([root], layout)]
    for pack, said in zip(packs, inspection.describe(packs, client)["packs"], strict=True):
        files = {file.shown: file for file in (*pack.commands, *pack.skills)}
        for each in (*said["agents"], *said["commands"], *said["skills"]):
            sample = places.get(each["path"].removeprefix(".claude/"))
            if sample is not None and sample.is_agent:
                labels[sample.identity] = _agent(each, f"{PLUGIN}:{sample.identity}:") | _model(each, client)
            elif sample is not None:
                found = expand(files[each["path"]], pack, sample.arguments, staged.cwd, client)
                labels[sample.identity] = _command(each) | _typed(found, staged) | _model(each, client)
    return labels


def _agent(said: dict[str, Any], folder: str) -> Label:
    """The label of an agent; its name is what calls it, below the folder in which a plugin's sample is staged."""
    if not said["loaded"]:
        return {"loaded": False}
    tools = said["tools"]
    granted = {"all_tools": tools["all"], "tools": None if tools["all"] else tools["granted"]}
    kept = {key: said[key] for key in ("loaded", "description", "degraded", "launch_refused")}
    return kept | {"name": said["invoke"].removeprefix(folder)} | granted


def _command(said: dict[str, Any]) -> Label:
    is_there = said["loaded"] and not said.get("waits_for")
    is_shown = is_there and not said["hidden_from_model"]
    return {
        "listed": is_there and said["user_invocable"],
        "shown_to_model": is_shown,
        "description": said["description"] if is_shown else None,
    }


def _model(said: dict[str, Any], client: Client) -> Label:
    """The model, of a text that the client does not know what is sent of it."""
    model = said["model"]
    is_known = model == models.INHERIT or model in client.models["ids"]
    return {"model": model if is_known else sent_as(models.sent(model, client))}


def _typed(found: Expansion, staged: Stage) -> Label:
    if not found.sent:
        return {"invoked": False}
    return {"invoked": True, "forked": found.subagent is not None, "prompt": anonymous(found.prompt, staged)}


def compared_fields(real: Label, said: Label) -> list[str]:
    """The fields in which a label can be compared.

    No tool or model is known where no launch was seen, and nothing else of what is not loaded.
    """
    if "loaded" in real:
        fields = ["loaded"]
        if real["loaded"] and said.get("loaded"):
            fields += [field for field in _AGENT_FIELDS if field in real or field == "launch_refused"]
        return fields
    fields = [field for field in _COMMAND_FIELDS if field in real or field == "forked"]
    if real.get("invoked") and said.get("invoked"):
        return fields + [field for field in _SENT_FIELDS if field in real]
    return [field for field in fields if field != "forked"]


def differences(real: Label, said: Label, client: Client) -> dict[str, tuple[Any, Any]]:
    """The fields in which the client and packlint differ: field -> (client's, packlint's)."""
    found: dict[str, tuple[Any, Any]] = {}
    for field in compared_fields(real, said):
        left, right = (_plain(field, each.get(field), client, "listed" in real) for each in (real, said))
        if left != right and not (field == "prompt" and _is_same_prompt(left, right)):
            found[field] = left, right
    return found


def _is_same_prompt(real: str, said: str) -> bool:
    """Whether the two are word for word the same but for what packlint says that it cannot know."""
    pieces = [re.escape(piece) for piece in _UNKNOWN.split(said)]
    return len(pieces) > 1 and re.fullmatch(".*?".join(pieces), real, re.DOTALL) is not None


def _plain(field: str, value: Any, client: Client, is_command: bool) -> Any:
    """A value in the form in which both sides can be compared."""
    if field in ("launch_refused", "forked"):
        return bool(value)
    if field == "model":
        aliases = {sent[client.measured]: alias for alias, sent in reversed(client.models["ids"].items())}
        return aliases.get(value, value)
    if field == "description" and isinstance(value, str):
        # 2.1.328 lists a command on one line and escapes it; that is the listing's form, not the text.
        return " ".join(html.unescape(value).split()) if is_command else value.strip()
    return value
