"""packlint's verdict on a sample, in the words of a label, and where the two differ."""

from __future__ import annotations

import html
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from packlint import inspection
from packlint.client import Client
from packlint.discover import discover
from packlint.layout import Layout
from packlint.pack import Pack
from tests.client.label import Label
from tests.client.staging import Sample, stage

_AGENT_FIELDS = ("name", "description", "degraded", "model", "launch_refused", "all_tools", "tools")
_COMMAND_FIELDS = ("listed", "shown_to_model", "description", "model")


def predict(samples: Sequence[Sample], layout: Layout, clients: Sequence[Client]) -> dict[str, dict[str, Label]]:
    """What `inspect` says of samples staged as they are for the client: version -> identity -> label."""
    with tempfile.TemporaryDirectory(prefix="packlint-stage-") as folder:
        staged = stage(samples, layout, Path(folder))
        root = staged.plugin or staged.cwd
        packs = [Pack(found, clients[0], root) for found in discover([root], layout)]
        described = {client.version: inspection.describe(packs, client) for client in clients}
    identities = {str(sample.staged): sample.identity for sample in samples}
    return {version: _labels(said, identities) for version, said in described.items()}


def _labels(said: dict[str, Any], identities: dict[str, str]) -> dict[str, Label]:
    labels: dict[str, Label] = {}
    for pack in said["packs"]:
        for kind, convert in (("agents", _agent), ("commands", _command)):
            for each in pack[kind]:
                identity = identities.get(each["path"].removeprefix(".claude/"))
                if identity is not None:
                    labels[identity] = convert(each)
    return labels


def _agent(said: dict[str, Any]) -> Label:
    if not said["loaded"]:
        return {"loaded": False}
    tools = said["tools"]
    granted = {"all_tools": tools["all"], "tools": None if tools["all"] else tools["granted"]}
    kept = {key: said[key] for key in ("loaded", "name", "description", "degraded", "model", "launch_refused")}
    return kept | granted


def _command(said: dict[str, Any]) -> Label:
    return {
        "listed": said["user_invocable"],
        "shown_to_model": not said["hidden_from_model"],
        "description": None if said["hidden_from_model"] else said["description"],
        "model": said["model"],
    }


def compared_fields(real: Label, said: Label) -> list[str]:
    """The fields in which a label can be compared.

    No tool or model is known where no launch was seen, and nothing else of what is not loaded.
    """
    if "loaded" in real:
        fields = ["loaded"]
        if real["loaded"] and said.get("loaded"):
            fields += [field for field in _AGENT_FIELDS if field in real or field == "launch_refused"]
        return fields
    return [field for field in _COMMAND_FIELDS if field in real]


def differences(real: Label, said: Label, client: Client) -> dict[str, tuple[Any, Any]]:
    """The fields in which the client and packlint differ: field -> (client's, packlint's)."""
    found: dict[str, tuple[Any, Any]] = {}
    for field in compared_fields(real, said):
        left, right = (_plain(field, each.get(field), client, "listed" in real) for each in (real, said))
        if left != right:
            found[field] = left, right
    return found


def _plain(field: str, value: Any, client: Client, is_command: bool) -> Any:
    """A value in the form in which both sides can be compared."""
    if field == "launch_refused":
        return bool(value)
    if field == "model":
        aliases = {sent[client.version]: alias for alias, sent in reversed(client.models["ids"].items())}
        return aliases.get(value, value)
    if field == "description" and isinstance(value, str):
        # 2.1.328 lists a command on one line and escapes it; that is the listing's form, not the text.
        return " ".join(html.unescape(value).split()) if is_command else value.strip()
    return value
