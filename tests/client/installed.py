"""The pack as a user has it: installed from the local marketplace, or copied into the project."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.client.driver import Session, clean_environment, drive
from tests.client.scripted_api import Script

ROOT = Path(__file__).parents[2]
PLUGIN, COPY = "plugin", "copy"
LAYOUTS = (PLUGIN, COPY)
_FOLDERS = ("agents", "commands", "patterns", "styles", "skills", "toolkit", "hooks", ".claude-plugin")
_NAME = "fastapi-pack"


@dataclass(frozen=True)
class Installed:
    """A client with the pack in it, started in `cwd`.

    `root` is the pack's folder, absolute or as seen from `cwd`; `prefix` stands before the names of its agents.
    """

    client: Path
    cwd: Path
    home: Path
    root: str
    prefix: str

    def agent(self, name: str) -> str:
        return self.prefix + name

    @property
    def is_plugin(self) -> bool:
        return bool(self.prefix)

    def trust(self) -> None:
        """What accepting the question for this folder would have recorded."""
        state = self.home / ".claude.json"
        known = json.loads(state.read_text()) if state.exists() else {}
        known.setdefault("projects", {}).setdefault(str(self.cwd.resolve()), {})["hasTrustDialogAccepted"] = True
        state.write_text(json.dumps(known))

    def drive(self, prompts: Sequence[str], script: Script, *arguments: str, **variables: str) -> Session:
        """Types `prompts` into the client; the commands it runs find this Python as python3."""
        environment = {"PATH": f"{_python_alone(self.home)}:/usr/local/bin:{os.defpath}", **variables}
        return drive(
            self.client, prompts, script, self.cwd, home=self.home, arguments=arguments, environment=environment
        )


def marketplace(folder: Path) -> Path:
    """What a clone of the repository holds of the plugin."""
    for name in _FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    return folder


def install_plugin(client: Path, source: Path, home: Path) -> None:
    """Adds the marketplace at `source` and installs the plugin from it, as the README says."""
    home.mkdir()
    for arguments in (["marketplace", "add", str(source)], ["install", f"{_NAME}@{_NAME}"]):
        environment = clean_environment(str(home), "http://127.0.0.1:9")
        subprocess.run([str(client), "plugin", *arguments], cwd=home, env=environment, check=True, capture_output=True)


def with_plugin(client: Path, source: Path, cwd: Path, home: Path) -> Installed:
    """A project of a user whose `home` has the plugin."""
    return Installed(client, cwd, home, str(source), f"{_NAME}:")


def with_copy(client: Path, source: Path, cwd: Path, home: Path) -> Installed:
    """A project that the pack is copied into."""
    home.mkdir()
    subprocess.run([sys.executable, str(source / "toolkit"), "install", str(cwd)], check=True, capture_output=True)
    return Installed(client, cwd, home, ".claude", "")


def _python_alone(home: Path) -> Path:
    folder = home / "python"
    if not folder.exists():
        folder.mkdir()
        (folder / "python3").symlink_to(Path(sys.executable).resolve())
    return folder
