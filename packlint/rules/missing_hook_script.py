"""A hook runs a script that is not there.

What it checks: scripts behind `${CLAUDE_PLUGIN_ROOT}` in the commands of hooks. The hook fails every time its event
comes, and the session goes on without it.

Evidence: `claude plugin validate` does not look.
Versions: 2.1.197, 2.1.328.

Bad (hooks/hooks.json):

    {"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "python3 \\"${CLAUDE_PLUGIN_ROOT}/chek.py\\""}]}]}}

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

from collections.abc import Iterator

from packlint import manifests, regex
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

CODE = "PL011"
NAME = "missing-hook-script"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

_SCRIPT = regex.lazy(r"\$\{CLAUDE_PLUGIN_ROOT\}/([\w./-]+\.(?:sh|bash|py|js|mjs|cjs|ts|rb|pl|cmd|ps1))(?![\w./-])")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.HOOKS, manifests.PLUGIN)
    if found is None:
        return
    for event in manifests.events(file, found):
        for hook in manifests.hooks(event):
            path = (*hook.path, "command")
            spot = found.spot(*path)
            for match in _SCRIPT.finditer(file.document.text, spot.start, spot.end) if path in found.spots else ():
                if not pack.disk.is_exact(f"{pack.location}/{match[1]}"):
                    yield Finding(
                        match.start(),
                        match.end(),
                        f"'{match[1]}' does not exist",
                        "the hook fails every time, and the client goes on without it",
                    )
