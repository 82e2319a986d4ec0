"""After an edit by one of this pack's agents: format the file as its project's own ruff does, if it has one."""

from __future__ import annotations

import os
import sys

sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from toolkit.hooks import deciding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.hooks.memory import Memory

_SECONDS = 30
_SHOWN = 500


def main() -> None:
    event = deciding.event_of(deciding.AGENTS)
    if event is None:
        return
    import json

    path = event["tool_input"].get("file_path", "")
    project = deciding.fastapi_project(os.path.dirname(path))
    if project is None or not deciding.is_project(project):
        return
    from toolkit.hooks.memory import Memory

    memory = Memory(event)
    if project not in memory.projects:
        memory.projects.append(project)
        memory.keep()
    if path.endswith((".py", ".pyi")) and os.path.isfile(path) and (note := _format(path, project, memory)):
        print(
            json.dumps({"hookSpecificOutput": {"hookEventName": event["hook_event_name"], "additionalContext": note}})
        )


def _format(path: str, project: str, memory: Memory) -> str:
    """Format a file; what the agent should know of it, empty where nothing changed."""
    import subprocess
    from pathlib import Path

    if not os.path.isfile(memory.ruffs.get(project, "")):
        ruff = _ruff(Path(project))
        if ruff is None:
            return ""
        memory.ruffs[project] = str(ruff)
        memory.keep()
    before = Path(path).read_bytes()
    command = [memory.ruffs[project], "format", "--force-exclude", path]
    try:
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, errors="replace", timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return ""
    if done.returncode:
        return f"ruff format could not read {path}: {done.stderr.strip()[:_SHOWN]}"
    return f"ruff format has changed {path}." if Path(path).read_bytes() != before else ""


def _ruff(project: Path) -> Path | None:
    """The project's own ruff, where the project has one and formats with nothing else."""
    from toolkit.failure import ToolkitError
    from toolkit.project import environment, tools

    configured = tools.find(project).configured
    try:
        own = environment.find_own(project)
    except ToolkitError:  # uv does not answer
        return None
    if "ruff" not in configured or "black" in configured or own is None:
        return None
    found = [own.python.parent / name for name in ("ruff", "ruff.exe")]
    return next((ruff for ruff in found if ruff.is_file()), None)


if __name__ == "__main__":
    main()
