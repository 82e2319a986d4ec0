"""Measures what a client does with commands and skills: names, places, arguments, switches and listings."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from packlint.discovery.layout import Layout
from tests.client.driver import drive
from tests.client.label import Label, label, listing
from tests.client.staging import PLUGIN, Sample, stage

Facts = dict[str, Any]

# Their names leave room, their descriptions none.
_TOO_MANY = 40
_HEAD = "---\ndescription: {}\n---\n"


def measure(client: Path, data: dict[str, Any]) -> Facts:
    """Facts by the words of the data, which says only which places to try."""
    places = [place for place in data["skill_places"] if place != "evidence"]
    facts = (
        _typing(client)
        | _listing(client)
        | _room(client)
        | {"behaviour.strips_plugin_from_name_of_skill": _strips(client)}
    )
    for place in places:
        found = {layout.value: _is_skill(client, place, layout) for layout in Layout}
        facts |= {f"skill_places.{place}.{layout}": is_found for layout, is_found in found.items()}
    return facts


def _labels(client: Path, files: dict[str, tuple[str, str]]) -> dict[str, Label]:
    """What came of skills of a project, each with its text and what is typed after its name."""
    samples = [Sample(name, f"skills/{name}/SKILL.md", text.encode(), typed) for name, (text, typed) in files.items()]
    return label(client, samples, Layout.PROJECT)


def _typing(client: Path) -> Facts:
    plain = _HEAD.format("plain")
    found = _labels(
        client,
        {
            "price": (f"{plain}It costs $5.\n", "one two"),
            "passes": (f"{plain}[$ARGUMENTS[0]]\n", "'$1' second"),
            "backticks": (f"{plain}[$1]\n", "`a b`"),
            "yes": ("---\ndescription: d\nuser-invocable: yes\n---\nBody\n", ""),
            "stopped": ("---\ndescription: d\nuser-invocable: false\n---\nBody\n", ""),
            "first": ("---\ndescription: d\nname: later\n---\nBody\n", ""),
            "later": ("---\ndescription: d\n---\nOwn body\n", ""),
            "fork": ("---\ndescription: d\ncontext: fork\nagent: statusline-setup\nmodel: inherit\n---\nBody\n", ""),
            "inherit": ("---\ndescription: d\nmodel: Inherit\n---\nBody\n", ""),
        },
    )
    return {
        "behaviour.counts_placeholder_without_argument": "ARGUMENTS:" not in found["price"]["prompt"],
        "behaviour.fills_placeholders_in_one_pass": "[$1]" in found["passes"]["prompt"],
        "behaviour.closes_backticks_that_end_arguments": "[b]" in found["backticks"]["prompt"],
        "behaviour.reads_yes_as_true": found["yes"]["listed"],
        "behaviour.explains_stopped_command": bool(found["stopped"]["result"]),
        "behaviour.calls_own_names_first": "Own body" in found["later"].get("prompt", ""),
        "behaviour.heeds_inherit_in_forks": found["fork"]["model"] == "inherit",
        "behaviour.sends_inherit_in_capitals": found["inherit"]["model"] == "Inherit",
    }


def _listing(client: Path) -> Facts:
    found = _labels(client, {"lines": (_HEAD.format("'a<b'") + "Body\n", ""), "empty": ("", "")})
    command = label(client, [Sample("c", "commands/c.md", b"")], Layout.PROJECT)["c"]
    return {
        "behaviour.lists_descriptions_on_one_line": "&lt;" in found["lines"]["description"],
        "command_listing.skill_without_text": found["empty"]["description"],
        "command_listing.without_text": command["description"],
    }


def _room(client: Path) -> Facts:
    """How long the list of commands and skills is without any of ours, and, in thousands, with far too many."""
    lengths = []
    for count in (0, _TOO_MANY):
        skills = [Sample(f"s{n}", f"skills/s{n}/SKILL.md", _HEAD.format("word " * 140).encode()) for n in range(count)]
        with tempfile.TemporaryDirectory(prefix="client-stage-") as folder:
            staged = stage(skills, Layout.PLUGIN, Path(folder))
            arguments = ["--model", "sonnet"]
            session = drive(client, ["begin"], lambda _: "ok", staged.cwd, plugin=staged.plugin, arguments=arguments)
        lengths.append(len(listing(session).partition("\n\n")[0].partition("</")[0].strip()))
    own, full = lengths
    # A description fits or not, so the list ends a little before its room does, or a character behind it.
    return {"command_listing.own": own, "command_listing.room": -(-(full - 1) // 1000) * 1000}


def _strips(client: Path) -> bool:
    text = f"---\nname: {PLUGIN}:lone\ndescription: d\n---\nBody\n"
    with tempfile.TemporaryDirectory(prefix="client-stage-") as folder:
        staged = stage([Sample("lone", "skills/lone/SKILL.md", text.encode())], Layout.PLUGIN, Path(folder))
        assert staged.plugin is not None
        manifest = staged.plugin / ".claude-plugin/plugin.json"
        (staged.plugin / "skills").rename(staged.plugin / "more")
        manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"skills": ["./more/lone"]}))
        session = drive(client, ["begin"], lambda _: "ok", staged.cwd, plugin=staged.plugin)
    return f"{PLUGIN}:lone" in session.init["slash_commands"]


def _is_skill(client: Path, place: str, layout: Layout) -> bool:
    """Whether a file at this place adds a name to those that can be typed."""
    files = [Sample("x", place, (_HEAD.format("d") + "Body\n").encode())]
    names = []
    for samples in ([], files):
        with tempfile.TemporaryDirectory(prefix="client-stage-") as folder:
            staged = stage(samples, layout, Path(folder))
            session = drive(client, ["begin"], lambda _: "ok", staged.cwd, plugin=staged.plugin)
            names.append(set(session.init["slash_commands"]))
    return names[1] > names[0]
