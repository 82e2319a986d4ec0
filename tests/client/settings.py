"""A project's settings, and whether a client heeds them.

python -m tests.client.settings < settings.jsonl writes the same lines with what both clients make of them now.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.client import versions
from tests.client.driver import drive
from tests.client.staging import commit_nothing

_MODEL = "haiku"
_DENIED = "WebFetch"


def in_effect(client: Path, settings: dict[str, Any]) -> bool:
    """Whether the client heeds a file of these settings: by what else such a file says, a model or a denied tool."""
    told = {"permissions": {"deny": [_DENIED]}} if "model" in settings else {"model": _MODEL}
    with tempfile.TemporaryDirectory(prefix="client-settings-") as folder:
        cwd, home = Path(folder, "work"), Path(folder, "home")
        commit_nothing(cwd)
        trusted = {"projects": {str(cwd): {"hasTrustDialogAccepted": True}}}
        for path, value in ((cwd / ".claude/settings.json", told | settings), (home / ".claude.json", trusted)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(value), encoding="utf-8")
        init = drive(client, ["begin"], lambda _: "ok", cwd, home=home).init
    return _DENIED not in init["tools"] if "model" in settings else _MODEL in init["model"]


def main() -> int:
    """The command line; gives the exit code."""
    binaries = {version: versions.binary(version) for version in versions.VERSIONS}
    for row in map(json.loads, sys.stdin):
        found = {version: in_effect(binary, row["settings"]) for version, binary in binaries.items()}
        print(json.dumps(row | {"client": found}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
