"""A small plugin, and what a client loads of it with a given manifest.

python -m tests.client.manifests < manifests.jsonl writes the same lines with what both clients load now.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.client import versions
from tests.client.driver import drive
from tests.client.staging import commit_nothing

NAME = "pk"
BASE = {"name": NAME, "version": "1.0.0", "description": "x", "author": {"name": "n"}}


def _agent(name: str) -> str:
    return f"---\nname: {name}\ndescription: Works as {name}. Use for {name}.\n---\nYou work.\n"


def _command(words: str) -> str:
    return f"---\ndescription: {words}\n---\nDo it.\n"


FILES = {
    "agents/a.md": _agent("a"),
    "ag/b.md": _agent("b"),
    "d/e.md": _agent("e"),
    "commands/std.md": _command("The one of the folder."),
    "x.md": _command("One that is named."),
    "u.MD": _command("In capitals."),
    "v.markdown": _command("Of the long ending."),
    "t.txt": "Text.\n",
    "sk/s/SKILL.md": _command("Says s. Use for s."),
    "styles/s.md": "---\nname: S\ndescription: Terse.\n---\nBe terse.\n",
    "h.json": '{"hooks": {}}',
    "hk.txt": '{"hooks": {}}',
    "m.json": '{"mcpServers": {}}',
    "t/x.json": "{}",
}


def write(folder: Path, manifest: dict[str, Any], files: Mapping[str, str] = MappingProxyType({})) -> Path:
    """The plugin with what `manifest` says instead of what it says otherwise, and with more `files`."""
    for path, text in {**FILES, **files, ".claude-plugin/plugin.json": json.dumps(BASE | manifest)}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def loaded(client: Path, row: dict[str, Any]) -> dict[str, list[str]] | None:
    """The commands and agents that the client loads of a row's plugin; None where it loads nothing of it."""
    manifest = row["manifest"]
    with tempfile.TemporaryDirectory(prefix="client-manifest-") as folder:
        cwd = Path(folder, "work")
        commit_nothing(cwd)
        plugin = write(Path(folder, NAME), manifest, row.get("files", {}))
        init = drive(client, ["begin"], lambda _: "ok", cwd, plugin=plugin).init
    prefix = f"{(BASE | manifest)['name']}:"
    found = {
        kind: sorted(name for name in init[key] if name.startswith(prefix))
        for kind, key in (("commands", "slash_commands"), ("agents", "agents"))
    }
    return found if any(found.values()) else None


def main() -> int:
    """The command line; gives the exit code."""
    binaries = {version: versions.binary(version) for version in versions.VERSIONS}
    for row in map(json.loads, sys.stdin):
        found = {version: loaded(binary, row) for version, binary in binaries.items()}
        print(json.dumps(row | {"client": found}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
