"""What the real client makes of agent, command and skill files, one label a file.

An agent's label: `loaded`; where it is, `name`, `description` as listed to the model, `tools_listing`,
`degraded` (plugin only), `model` (`inherit`, an alias, or the text sent as it stands) and either
`all_tools` with `tools`, or `launch_refused` with the client's reason.

A command's or a skill's label: `listed`, `shown_to_model`, `description` in the listing the model gets, and what
came of typing it with its arguments: `invoked`, `prompt`, `model` and whether it ran as a subagent (`forked`), or
the `result` shown instead.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from packlint.discovery.layout import Layout
from tests.client.driver import Session, drive
from tests.client.launching import MAIN_MODEL, STARTED, Roll, entries, launch_all
from tests.client.scripted_api import Request
from tests.client.staging import CONTROL, PLUGIN, Sample, Stage, sent_as, stage

Label = dict[str, Any]

_AGENTS_AT_ONCE = 200
_COMMANDS_AT_ONCE = 40
# What a plugin's folder of a skill may not have in the name by which it is called.
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]")
# A body's last line must be this long to tell the body from others.
_MARK = 6
_BUILTIN = {"claude", "Explore", "general-purpose", "Plan", "statusline-setup"}
_SKILLS = "The following skills are available for use with the Skill tool:\n\n"
_REMINDER = re.compile(r"\A\s*<system-reminder>.*</system-reminder>\s*\Z", re.DOTALL)
_RESULT_SHOWN = 120


def label(client: Path, samples: Sequence[Sample], layout: Layout) -> dict[str, Label]:
    """The label of every sample, by its identity."""
    agents = [sample for sample in samples if sample.is_agent]
    commands = [sample for sample in samples if not sample.is_agent]
    labels: dict[str, Label] = {}
    for batch in _batches(agents, _AGENTS_AT_ONCE):
        labels |= _agents(client, batch, layout)
    for batch in _batches(commands, _COMMANDS_AT_ONCE):
        labels |= _commands(client, batch, layout)
    return labels


def _batches(samples: Sequence[Sample], size: int) -> Iterator[Sequence[Sample]]:
    for start in range(0, len(samples), size):
        yield samples[start : start + size]


def _agents(client: Path, batch: Sequence[Sample], layout: Layout) -> dict[str, Label]:
    """In a project one of several files with the same name survives: the others get another run.

    The last run shows none of the files it holds, so those are never loaded.
    """
    labels: dict[str, Label] = {}
    waiting = list(batch)
    while waiting:
        roll = launch_all(client, waiting, layout)
        names = _by_folder(roll, waiting) if layout is Layout.PLUGIN else _by_body(client, roll, waiting)
        labels |= {identity: _agent_label(roll, name, layout, identity) for identity, name in names.items()}
        waiting = [sample for sample in waiting if sample.identity not in names]
        if not names or layout is Layout.PLUGIN:
            break
    return labels | {sample.identity: {"loaded": False} for sample in waiting}


def _by_folder(roll: Roll, waiting: Sequence[Sample]) -> dict[str, str]:
    folders = {f"{PLUGIN}:{sample.identity}": sample.identity for sample in waiting}
    found = {":".join(name.split(":")[:2]): name for name in roll.names}
    return {identity: found[folder] for folder, identity in folders.items() if folder in found}


def _by_body(client: Path, roll: Roll, waiting: Sequence[Sample]) -> dict[str, str]:
    """Which file a listed name belongs to: the one whose body is in the agent's system prompt."""
    names: dict[str, str] = {}
    # The last line of one body may stand in the midst of another.
    counted = Counter(line for sample in waiting for line in set(map(str.strip, sample.text.splitlines())))
    marks = {mark: sample for sample in waiting if len(mark := sample.mark) >= _MARK and counted[mark] == 1}
    unclear: list[str] = []
    for name in roll.names:
        prompt = roll.sent[name].system if name in roll.sent else ""
        owner = next((marks[line] for line in map(str.strip, prompt.splitlines()) if line in marks), None)
        if owner:
            names[owner.identity] = name
        elif not name.startswith(CONTROL):
            unclear.append(name)
    for name in unclear:
        left = [sample for sample in waiting if sample.identity not in names]
        if name in roll.sent:  # its body would have been seen
            left = [sample for sample in left if sample.mark not in marks]
        near = [sample for sample in left if name in sample.text]
        if name in _BUILTIN:
            owner = next((each for each in near if _overrides(client, each, name)), None)
        else:
            near = near or left
            owner = near[0] if len(near) == 1 else next((each for each in near if _lists(client, each, name)), None)
        if owner:
            names[owner.identity] = name
    return names


def _lists(client: Path, sample: Sample, name: str) -> bool:
    return name in launch_all(client, [sample], Layout.PROJECT).names


def _overrides(client: Path, sample: Sample, builtin: str) -> bool:
    alone, without = (launch_all(client, files, Layout.PROJECT).listing for files in ([sample], []))
    return alone.get(builtin) != without.get(builtin)


def _agent_label(roll: Roll, name: str, layout: Layout, identity: str) -> Label:
    description, tools_listing = roll.listing.get(name, ("", ""))
    prefix = f"{PLUGIN}:{identity}:" if layout is Layout.PLUGIN else ""
    label: Label = {"loaded": True, "name": name.removeprefix(prefix), "description": description}
    label["tools_listing"] = tools_listing
    if layout is Layout.PLUGIN:
        label["degraded"] = description == f"Agent from {PLUGIN} plugin"
    request = roll.sent.get(name)
    if request is None:
        reason = roll.refused.get(name, "")
        # In the background the refusal comes later, as a notification that the agent failed.
        return label | {"launch_refused": "failed in the background" if STARTED in reason else reason}
    control = next(each for each in roll.sent if each.endswith(CONTROL))
    everything = request.offered_tools == roll.sent[control].offered_tools
    tools = None if everything else sorted(request.offered_tools)
    return label | {"all_tools": everything, "tools": tools, "model": roll.model(request)}


def _commands(client: Path, batch: Sequence[Sample], layout: Layout) -> dict[str, Label]:
    with tempfile.TemporaryDirectory(prefix="client-stage-") as folder:
        staged = stage(batch, layout, Path(folder))
        typed = {sample.identity: _typed(sample, layout) for sample in batch}
        lines = [f"/{typed[sample.identity]} {sample.arguments}".rstrip(" ") for sample in batch]
        prompts = ["begin", *lines]
        session = drive(
            client,
            prompts,
            lambda _: "ok",
            staged.cwd,
            plugin=staged.plugin,
            arguments=["--model", MAIN_MODEL],
        )
    names = [*session.init["slash_commands"], *typed.values()]
    shown = entries(listing(session), names, "\n", "\n\n")
    labels: dict[str, Label] = {}
    for number, (identity, name) in enumerate(typed.items(), 1):
        requests = session.requests[slice(*session.spans[number])]
        labels[identity] = {
            "listed": name in session.init["slash_commands"],
            "shown_to_model": name in shown,
            # One without a text had no room in the list; what it would have been is not known.
            **({} if name in shown and shown[name] is None else {"description": shown.get(name)}),
            **_typing(requests, session.results[number], staged, prompts[number]),
        }
    return labels


def listing(session: Session) -> str:
    """The list of commands and skills as the model got it, and what may follow it in the same text."""
    first = next(request for request in session.requests if request.body.get("tools"))
    return next((text.partition(_SKILLS)[2] for text in first.texts if _SKILLS in text), "")


def _typed(sample: Sample, layout: Layout) -> str:
    *folders, file = sample.staged.parts[1:]
    name = ":".join(folders if sample.staged.stem.lower() == "skill" else [*folders, file.removesuffix(".md")])
    if layout is Layout.PROJECT:
        return name
    if sample.is_skill:
        # One dash for each half of a character that JavaScript counts as two.
        name = _NOT_IN_NAMES.sub(lambda match: "-" * (len(match[0].encode("utf-16-le")) // 2), name)
    return f"{PLUGIN}:{name}"


def _typing(requests: Sequence[Request], result: dict[str, Any], staged: Stage, typed: str) -> Label:
    """What came of one typed command: the prompt of its first request, or the text shown instead.

    A subagent's first request holds nothing but the prompt; a command that the client does not know is sent as typed.
    """
    sent = next((request for request in requests if request.body.get("tools")), None)
    texts = [text for text in sent.user_texts if not _REMINDER.match(text)] if sent else []
    # What a command before it left unsent comes along, so the name must be this one's.
    name = f"<command-name>{typed.split(' ', 1)[0]}</command-name>"
    start = max((number for number, text in enumerate(texts) if name in text), default=None)
    forked = start is None and len(texts) == 1 and texts[0].strip() != typed.strip()
    if sent is None or not (forked or texts[len(texts) if start is None else start + 1 :]):
        return {"invoked": False, "result": anonymous(str(result.get("result") or ""), staged)[:_RESULT_SHOWN]}
    prompt = texts[0] if start is None else "\n".join(texts[start + 1 :])
    model = sent_as(sent.model) if sent.model != MAIN_MODEL else "inherit"
    label: Label = {"invoked": True, "result": None, "prompt": anonymous(prompt, staged), "model": model}
    return label | ({"forked": True} if forked else {})


def anonymous(text: str, staged: Stage) -> str:
    """A text without the folders of one run."""
    if staged.plugin:
        text = text.replace(str(staged.plugin), "<PLUGIN>")
    return text.replace(str(staged.cwd), "<CWD>")
