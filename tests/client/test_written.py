"""Commands whose text stands in plugin.json: what the clients list and send, and what packlint says of it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from packlint.client import client
from packlint.discover import discover
from packlint.pack import Pack
from packlint.prompts.expand import expand
from tests.client.driver import clean_environment, drive
from tests.client.label import listing
from tests.client.launching import MAIN_MODEL, entries
from tests.client.staging import PLUGIN, commit_nothing

COMMANDS: dict[str, dict[str, Any]] = {
    "plain": {"content": "Say hi to $ARGUMENTS."},
    "appended": {"content": "Say hi.\n"},
    "described": {"content": "Say hi.", "description": "Says hi", "argumentHint": "<who>", "model": "haiku"},
    "fronted": {"content": "---\ndescription: From the text\nmodel: haiku\n---\nSay hi to $1 of $0."},
    "both": {"content": "---\ndescription: From the text\n---\nSay hi.", "description": "From beside"},
    "broken": {"content": "---\ndescription: [\n---\nSay hi."},
    "with:colon": {"content": "Say hi in ${CLAUDE_PLUGIN_ROOT}."},
    "with/slash": {"content": "Say !`echo hi`.", "allowedTools": ["Bash(echo:*)"]},
    "skill": {"content": "Say hi.", "description": "No skill"},
    "with.md": {"content": " "},
}
_TYPED = "Ann Bob"


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / PLUGIN
    (folder / ".claude-plugin").mkdir(parents=True)
    (folder / ".claude-plugin/plugin.json").write_text(json.dumps({"name": PLUGIN, "commands": COMMANDS}))
    return folder


def test_what_becomes_of_a_text_in_the_manifest(binary: Path, version: str, plugin: Path, tmp_path: Path) -> None:
    cwd = tmp_path / "work"
    commit_nothing(cwd)
    prompts = ["begin", *(f"/{PLUGIN}:{name} {_TYPED}" for name in COMMANDS)]
    arguments = ["--model", MAIN_MODEL]
    session = drive(binary, prompts, lambda _: "ok", cwd, plugin=plugin, arguments=arguments)
    names = session.init["slash_commands"]
    listed = entries(listing(session), names, "\n", "\n\n")
    [root] = discover([plugin])
    pack = Pack(root, client(version), plugin)
    said = {file.command(client(version)).name: file for file in pack.commands}
    assert sorted(said) == sorted(COMMANDS)
    assert sorted(f"{PLUGIN}:{name}" for name in said) == sorted(each for each in names if each.startswith(PLUGIN))
    for (name, file), span in zip(((name, said[name]) for name in COMMANDS), session.spans[1:], strict=True):
        command = file.command(client(version))
        request = next(each for each in session.requests[slice(*span)] if each.body.get("tools"))
        found = expand(file, pack, _TYPED, cwd, client(version))
        [prompt] = [text for text in request.user_texts if "<command-name>" not in text and "<system-" not in text]
        assert prompt.strip() == found.prompt.replace("[output of !`echo hi`]", "hi").strip()
        assert (request.model == MAIN_MODEL) is (command.model == "inherit")
        shown = listed.get(f"{PLUGIN}:{name}")
        assert (shown or "") == ("" if command.hidden_from_model else command.description)


def test_a_text_in_an_entry_is_no_command(binary: Path, version: str, tmp_path: Path) -> None:
    cwd, home, source = tmp_path / "work", tmp_path / "home", tmp_path / "mk"
    commit_nothing(cwd)
    home.mkdir()
    commands = {"text": {"content": "Say hi.", "description": "d"}, "file": {"source": "./file.md"}}
    entry = {"name": PLUGIN, "source": "./pk", "commands": commands}
    catalogue = {"name": "mk", "owner": {"name": "n"}, "plugins": [entry]}
    files = {".claude-plugin/marketplace.json": json.dumps(catalogue), "pk/file.md": "---\ndescription: d\n---\nDo.\n"}
    for path, content in files.items():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_text(content)
    for arguments in (["marketplace", "add", str(source)], ["install", f"{PLUGIN}@mk"]):
        environment = clean_environment(str(home), "http://127.0.0.1:9")
        subprocess.run([str(binary), "plugin", *arguments], cwd=cwd, env=environment, check=True, capture_output=True)
    names = drive(binary, ["begin"], lambda _: "ok", cwd, home=home).init["slash_commands"]
    assert [name for name in names if name.startswith(PLUGIN)] == [f"{PLUGIN}:file"]
    [root] = discover([source])
    assert [file.role.called for file in Pack(root, client(version), source).commands] == ["file"]
