"""Before an implementing agent of this pack may finish: the quick gates, and the way back to work while they fail."""

from __future__ import annotations

import os
import sys

sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from toolkit.hooks import deciding

_TIMES = 2
_SECONDS = 570
_SECONDS_OF_GIT = 20
_SHOWN = 6000
_SEND_BACK = """The quick gates fail in {project}:

{output}

Mend what your change broke, then finish. What failed before you began, or is not yours to decide, belongs in your
report instead."""


def main() -> None:
    event = deciding.event_of(deciding.IMPLEMENTERS)
    if event is None:
        return
    if sys.version_info < (3, 11):
        if deciding.fastapi_project(event["cwd"]):
            _say({"systemMessage": "fastapi-pack's quick gates were not run: they need python3 to be 3.11 or newer"})
        return
    from toolkit.hooks.memory import Memory

    memory = Memory(event)
    failures, troubles = [], []
    edited = [project for project in memory.projects if os.path.isdir(project)]
    for project in edited or _touched_unseen(event["cwd"]):
        code, output = _verify(project)
        if code == 1:
            failures.append(_SEND_BACK.format(project=project, output=output))
        elif code:
            troubles.append(f"fastapi-pack could not run the quick gates in {project}: {output}")
    if failures and memory.sent_back < _TIMES:
        memory.sent_back += 1
        # Without a count the client's own word is all there is: it is true from the second stop on.
        if memory.keep() or not event.get("stop_hook_active"):
            _say({"decision": "block", "reason": "\n\n".join(failures)})
            return
    memory.forget()
    if failures:
        troubles.append(f"fastapi-pack: {event['agent_type']} finished while the quick gates fail")
    if troubles:
        _say({"systemMessage": "\n".join(troubles)})


def _touched_unseen(folder: str) -> list[str]:
    """The project around a folder unless git says that nothing in it changed: a shell edits, too, unseen by hooks."""
    import subprocess

    project = deciding.fastapi_project(folder)
    if project is None or not deciding.is_project(project):
        return []
    command = ["git", "status", "--porcelain", "--", "."]
    try:
        status = subprocess.run(command, cwd=project, capture_output=True, timeout=_SECONDS_OF_GIT)
    except (OSError, subprocess.TimeoutExpired):
        return [project]
    return [] if status.returncode == 0 and not status.stdout else [project]


def _verify(project: str) -> tuple[int, str]:
    """The exit code of the quick gates and what they printed, shortened in the middle."""
    import subprocess

    command = [sys.executable, "-B", deciding.TOOLKIT, "verify", "--quick", "--project", project]
    try:
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, errors="replace", timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return 2, f"they took more than {_SECONDS} seconds"
    output = (done.stdout + done.stderr).strip()
    if len(output) > _SHOWN:
        output = f"{output[: _SHOWN // 2]}\n...\n{output[-_SHOWN // 2 :]}"
    return done.returncode, output


def _say(answer: dict[str, str]) -> None:
    import json

    print(json.dumps(answer))


if __name__ == "__main__":
    main()
