"""Measures anew what packlint/data/client.json says was measured, and prints what changed.

python -m tests.client.client_facts [--client VERSION]

A version that the data does not know is compared with the newest it knows. Exit code 1 says that
something changed. What is not measured here is left alone: where tools live outside subagents,
fields, hints, permissions, and whatever the data marks as documented only.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from packlint.discovery.layout import Layout
from tests.client import command_facts, versions
from tests.client.driver import drive
from tests.client.label import label
from tests.client.launching import Roll, launch_all
from tests.client.staging import CONTROL, PLUGIN, Sample, stage

Facts = dict[str, Any]

_UNKNOWN_KEY = "zzkey"
_AGENT = "---\nname: {name}\ndescription: probe\n{lines}---\nBody of {name}\n"
_PROJECT_PROBES = {
    "strips_bom": "\ufeff" + _AGENT.format(name="strips_bom", lines=""),
    "refuses_nul": _AGENT.format(name="refuses_nul", lines="color: a\x00b\n"),
    "refuses_late_bracket": _AGENT.format(name="refuses_late_bracket", lines="tools: [\n  Read,\n]\n"),
    "drops_project_agent_with_colon": _AGENT.format(name="with:colon", lines=""),
    "refuses_unusable_guards": _AGENT.format(name="hooked", lines="hooks: []\n"),
}


def recorded_data() -> dict[str, Any]:
    """The data as it stands."""
    data: dict[str, Any] = json.loads(files("packlint").joinpath("data/client.json").read_text(encoding="utf-8"))
    return data


def recorded(data: dict[str, Any], version: str) -> Facts:
    """What the data says of one version, in the words of `measure`."""
    facts: Facts = {}
    for name, tool in data["tools"].items():
        facts[f"tools.{name}.subagent"] = tool["subagent"][version]
        facts[f"tools.{name}.background"] = tool["background"][version]
    dead = [name for name in data["dead_tools"] if name != "evidence"]
    facts |= {f"gives nothing.{name}": True for name in (*dead, *data["foreign_tools"]["values"])}
    for old, new in data["aliases"].items():
        if old != "evidence":
            facts[f"aliases.{old}"] = new if data["tools"][new]["subagent"][version] != "no" else None
    facts |= {f"models.ids.{alias}": ids[version] for alias, ids in data["models"]["ids"].items()}
    facts |= {f"models.remapped.{old}": alias for old, alias in data["models"]["remapped"].items()}
    facts["models.suffix"] = True
    facts |= {f"models.unsent.{size}": True for size in data["models"]["unsent"]}
    facts |= {f"behaviour.{name}": flags[version] for name, flags in data["behaviour"].items()}
    facts["fallback_description.text"] = data["fallback_description"]["text"]
    facts["memory_tools.values"] = sorted(data["memory_tools"]["values"])
    facts["builtin_agents.values"] = sorted(data["builtin_agents"]["values"])
    facts["builtin_commands"] = sorted(data["builtin_commands"][version])
    for place, layouts in data["skill_places"].items():
        if place != "evidence":
            facts |= {f"skill_places.{place}.{layout}": found for layout, found in layouts.items()}
    texts = ("without_text", "skill_without_text")
    facts |= {f"command_listing.{name}": data["command_listing"][name] for name in texts}
    return facts | {f"command_listing.{name}": data["command_listing"][name][version] for name in ("room", "own")}


def measure(client: Path, data: dict[str, Any]) -> Facts:
    """The same facts, from the client itself; `data` says only which names to try."""
    plain = Sample("x", "agents/x.md", _AGENT.format(name="x", lines="").encode())
    facts = _tools(client, data) | _models(client, data)
    facts |= _project_behaviour(client) | _plugin_behaviour(client) | command_facts.measure(client, data)
    facts |= _starting(client, plain)
    return facts


def _probe(client: Path, probes: dict[str, str]) -> tuple[Roll, dict[str, str]]:
    """Launches plugin agents with these frontmatter lines; gives the roll and each probe's listed name."""
    samples = [
        Sample(f"p{number:04d}", f"agents/p{number:04d}.md", _AGENT.format(name=f"p{number:04d}", lines=lines).encode())
        for number, lines in enumerate(probes.values())
    ]
    roll = launch_all(client, samples, Layout.PLUGIN)
    names = {key: f"{PLUGIN}:{sample.identity}:{sample.identity}" for key, sample in zip(probes, samples, strict=True)}
    return roll, names


def _tools(client: Path, data: dict[str, Any]) -> Facts:
    tools, aliases = list(data["tools"]), [name for name in data["aliases"] if name != "evidence"]
    nothing = [name for name in (*data["dead_tools"], *data["foreign_tools"]["values"]) if name != "evidence"]
    probes = {"default": "", "default background": "background: true\n", "memory": "tools: Skill\nmemory: user\n"}
    for name in (*tools, *aliases, *nothing):
        probes[name] = f"tools: {name}\n"
        probes[f"{name} bash"] = f"tools: {name}, Bash\n"
        probes[f"{name} background"] = f"tools: {name}\nbackground: true\n"
    roll, names = _probe(client, probes)
    offered = {key: roll.sent[name].offered_tools if name in roll.sent else set() for key, name in names.items()}
    facts: Facts = {}
    for name in sorted({*tools, *offered["default"]}):
        given = _given(name, offered)
        facts[f"tools.{name}.subagent"] = given
        kept = offered["default background"] if given == "default" else offered[f"{name} background"]
        facts[f"tools.{name}.background"] = name in kept
    facts |= {f"gives nothing.{name}": not offered[name] for name in nothing}
    facts |= {f"aliases.{name}": next(iter(offered[name]), None) for name in aliases}
    facts["memory_tools.values"] = sorted(offered["memory"] - {"Skill"})
    return facts


def _given(name: str, offered: dict[str, set[str]]) -> str:
    if name in offered["default"]:
        return "default"
    if name not in offered[name]:
        return "no"
    return "listed" if name in offered[f"{name} bash"] else "without-bash"


def _models(client: Path, data: dict[str, Any]) -> Facts:
    models = data["models"]
    probes = {name: f'model: "{name}"\n' for name in (*models["ids"], *models["remapped"])}
    probes |= {size: f'model: "no-alias{size}"\n' for size in models["unsent"]}
    probes["suffix"] = f'model: "haiku{models["suffix"]}"\n'
    roll, names = _probe(client, probes)
    sent = {key: roll.sent[name].model for key, name in names.items()}
    facts: Facts = {f"models.ids.{alias}": sent[alias] for alias in models["ids"]}
    for old in models["remapped"]:
        facts[f"models.remapped.{old}"] = roll.model(roll.sent[names[old]])
    facts |= {f"models.unsent.{size}": sent[size] == "no-alias" for size in models["unsent"]}
    return facts | {"models.suffix": sent["suffix"] == sent["haiku"]}


def _project_behaviour(client: Path) -> Facts:
    samples = [Sample(f"b{n}", f"agents/b{n}.md", text.encode()) for n, text in enumerate(_PROJECT_PROBES.values())]
    labels = label(client, samples, Layout.PROJECT)
    loaded = {key: labels[sample.identity]["loaded"] for key, sample in zip(_PROJECT_PROBES, samples, strict=True)}
    return {f"behaviour.{key}": loaded[key] == (key == "strips_bom") for key in _PROJECT_PROBES}


def _plugin_behaviour(client: Path) -> Facts:
    roll, names = _probe(client, {"unrecognized": "tools: Reed\n", "bashless": "disallowedTools: Bash\n"})
    fallback = label(client, [Sample("f", "agents/f.md", b"no frontmatter\n")], Layout.PLUGIN)["f"]["description"]
    control = next(request for name, request in roll.sent.items() if name.endswith(CONTROL))
    lost = control.offered_tools - roll.sent[names["bashless"]].offered_tools
    return {
        "behaviour.refuses_unrecognized_tools": names["unrecognized"] in roll.refused,
        "behaviour.removes_monitor_with_bash": "Monitor" in lost,
        "behaviour.validate_accepts_recovered_yaml": _validates(client, "description: use it: so\n"),
        "fallback_description.text": fallback.replace(f" {PLUGIN} ", " {plugin} "),
    }


def _validates(client: Path, line: str) -> bool:
    """Whether the client's own `plugin validate` accepts an agent with this line."""
    with tempfile.TemporaryDirectory(prefix="client-stage-") as folder:
        agent = f"---\nname: v\n{line}---\nBody\n"
        staged = stage([Sample("v", "agents/v.md", agent.encode())], Layout.PLUGIN, Path(folder))
        command = [str(client), "plugin", "validate", str(staged.plugin)]
        environment = {"HOME": folder, "PATH": os.defpath, "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1"}
        done = subprocess.run(command, env=environment, capture_output=True, timeout=120)
    return done.returncode == 0


def _starting(client: Path, plain: Sample) -> Facts:
    """What one start shows: built-in agents and commands, and warnings of unknown keys."""
    odd = Sample("k", "agents/k.md", _AGENT.format(name="k", lines=f"{_UNKNOWN_KEY}: 1\n").encode())
    with tempfile.TemporaryDirectory(prefix="client-stage-") as folder:
        staged = stage([plain, odd], Layout.PLUGIN, Path(folder))
        session = drive(client, ["begin"], lambda _: "ok", staged.cwd, plugin=staged.plugin, debug=True)
    return {
        "behaviour.warns_of_unknown_agent_keys": _UNKNOWN_KEY in session.debug_log,
        "builtin_agents.values": sorted(name for name in session.init["agents"] if not name.startswith(PLUGIN)),
        "builtin_commands": sorted(session.init["slash_commands"]),
    }


def changes(old: Facts, new: Facts) -> list[str]:
    """One line for each fact that is not what it was."""
    return [f"{key}: {old.get(key)!r} -> {new[key]!r}" for key in sorted(new) if old.get(key) != new[key]]


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; gives the exit code."""
    parser = argparse.ArgumentParser(description="Measure the client anew and print what changed.")
    parser.add_argument("--client", action="append", metavar="VERSION", help="a version of the client; all without it")
    changed = False
    data = recorded_data()
    for version in parser.parse_args(argv).client or versions.VERSIONS:
        known = version if version in data["versions"] else data["as_of"]
        try:
            binary = versions.binary(version)
        except versions.NoClientError as error:
            print(error, file=sys.stderr)
            return 2
        measured = measure(binary, data)
        lines = changes(recorded(data, known), measured)
        changed = changed or bool(lines)
        print(f"{version}: {len(measured)} facts measured, {len(lines)} differ from the data of {known}")
        for line in lines:
            print(f"  {line}")
    return int(changed)


if __name__ == "__main__":
    sys.exit(main())
