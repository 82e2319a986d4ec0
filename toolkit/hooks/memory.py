"""What the hooks remember of one agent between two runs: the projects it edited, their ruffs, and its returns."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

_DAYS_KEPT = 7


class Memory:
    """A small file of one agent's; gone when the agent is done."""

    def __init__(self, event: dict[str, Any]) -> None:
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        self._folder = Path(os.environ.get("CLAUDE_PLUGIN_DATA") or cache, "fastapi-pack")
        name = f"{event.get('session_id')}-{event.get('agent_id')}".replace(os.sep, "_")
        self._file = self._folder / f"{name}.json"
        self.projects: list[str] = []
        # Poetry and the like take a second to say where an environment is.
        self.ruffs: dict[str, str] = {}
        self.sent_back = 0
        with suppress(OSError, ValueError, KeyError):
            kept = json.loads(self._file.read_bytes())
            self.projects, self.sent_back = list(kept["projects"]), int(kept["sent_back"])
            self.ruffs = dict(kept["ruffs"])

    def keep(self) -> bool:
        """Write it down; False where that is not possible."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._tidy()
            self._file.write_text(
                json.dumps({"projects": self.projects, "ruffs": self.ruffs, "sent_back": self.sent_back})
            )
        except OSError:
            return False
        return True

    def forget(self) -> None:
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _tidy(self) -> None:
        """Agents that were ended from outside leave their file behind."""
        oldest = time.time() - _DAYS_KEPT * 24 * 60 * 60
        for file in self._folder.glob("*.json"):
            with suppress(OSError):
                if file.stat().st_mtime < oldest:
                    file.unlink()
