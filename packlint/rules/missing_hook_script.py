"""A hook runs a script that is not there.

What it checks: scripts behind `${CLAUDE_PLUGIN_ROOT}` in the commands of a plugin's hooks, and those of `.claude`
behind `$CLAUDE_PROJECT_DIR` in a project's settings. The hook fails every time its event comes, and the session goes on
without it. Silent where the command looks for the script first (`[ -f ... ]`).

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

from packlint import regex
from packlint.discovery import manifests
from packlint.files.filesystem import normal
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "PL011"
NAME = "missing-hook-script"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

# The quotes may end behind the variable; braces are the client's own, without them the shell knows the variable.
_SCRIPT = (
    r"\$(?:\{{{name}\}}|{name}\b)(?:\\?[\"'])?"
    r"/({folder}[\w./-]+\.(?:sh|bash|py|js|mjs|cjs|ts|rb|pl|cmd|ps1))(?![\w./-])"
)
_IN_PLUGIN = regex.lazy(_SCRIPT.format(name="CLAUDE_PLUGIN_ROOT", folder=""))
_IN_PROJECT = regex.lazy(_SCRIPT.format(name="CLAUDE_PROJECT_DIR", folder=r"\.claude/"))
# A command that looks for its script first does without it.
_LOOKS = regex.lazy(r"(?:\[|\btest)\s+(?:!\s+)?-[efrsx]\b")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.HOOKS, manifests.PLUGIN, manifests.SETTINGS)
    if found is None:
        return
    script = _IN_PROJECT if manifests.kind(file) == manifests.SETTINGS else _IN_PLUGIN
    for event in manifests.events(file, found):
        for hook in manifests.hooks(event):
            for path in ((*hook.path, "command"), (*hook.path, "args")):
                spot = found.spot(*path)
                if path not in found.spots or _LOOKS.search(file.document.text, spot.start, spot.end):
                    continue
                for match in script.finditer(file.document.text, spot.start, spot.end):
                    if not pack.disk.is_exact(normal(f"{pack.location}/{match[1]}")):
                        yield Finding(
                            match.start(),
                            match.end(),
                            f"'{match[1]}' does not exist",
                            "the hook fails every time, and the client goes on without it",
                        )
