"""A hook's command does not quote the plugin's path.

What it checks: `${CLAUDE_PLUGIN_ROOT}` in a hook's `command` must stand in double quotes: a plugin may lie in a
folder with a space in its name, and the shell then takes the path apart.

The fix puts the quotes around the path.

Evidence: measured; `claude plugin validate` warns, too.
Versions: 2.1.328.

Bad (hooks/hooks.json):

    {"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "python3 ${CLAUDE_PLUGIN_ROOT}/check.py"}]}]}}

Bad (check.py):

    print("ok")

Bad (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good (hooks/hooks.json):

    {"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "python3 \\"${CLAUDE_PLUGIN_ROOT}/check.py\\""}]}]}}

Good (check.py):

    print("ok")

Good (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.
"""

from __future__ import annotations

from packlint import regex
from packlint.discovery import manifests
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "PL010"
NAME = "unquoted-hook-path"
SEVERITY = Severity.WARNING
KINDS = (Kind.MANIFEST,)

_PATH = regex.lazy(r"\$(?:\{CLAUDE_PLUGIN_ROOT\}|CLAUDE_PLUGIN_ROOT\b)[\w./${}-]*")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.HOOKS, manifests.PLUGIN)
    if found is None:
        return
    for event in manifests.events(file, found):
        for hook in manifests.hooks(event):
            path = (*hook.path, "command")
            if path not in found.spots or not isinstance(hook.value["command"], str) or "args" in hook.value:
                continue
            spot = found.spot(*path)
            text, position, double, single = file.document.text, spot.start + 1, 0, 0
            for match in _PATH.finditer(text, spot.start, spot.end):
                double += text.count('\\"', position, match.start())
                single += text.count("'", position, match.start())
                position = match.start()
                if double % 2 or single % 2:
                    continue
                edits = (Edit(match.start(), match.start(), '\\"'), Edit(match.end(), match.end(), '\\"'))
                yield Finding(
                    match.start(),
                    match.end(),
                    f"'{match[0]}' is not in double quotes",
                    "the hook breaks where the plugin's folder has a space in its name",
                    Fix("put it in double quotes", edits),
                )
