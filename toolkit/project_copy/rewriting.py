"""The files of the pack as they stand in a project: below `.claude/`, where no plugin variable is replaced."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

PLUGIN = "fastapi-pack"
_FOLDERS = ("agents", "commands", "patterns", "styles", "skills", "toolkit")
_HOOKS = "hooks/hooks.json"
_HERE = "toolkit/project_copy/rewriting.py"
_ROOT = "${CLAUDE_PLUGIN_ROOT}"

# The project's own tools check whatever lies in it, by rules of which this pack knows nothing. Ruff reads the nearest
# configuration, and formats the code in Markdown, too.
_FOR_RUFF = {f"{folder}/ruff.toml": b'exclude = ["*"]\n' for folder in ("patterns", "styles", "toolkit")}
_FOR_OTHERS = b"# fmt: off\n# flake8: noqa\n# isort: skip_file\n# pylint: skip-file\n"
_BOTH_NAMES = re.compile(rf"(`[\w-]+`)\s+or\s+`{PLUGIN}:[\w-]+`")
_SNIPPET = re.compile(r"^<!-- snippet: .* -->\n", re.MULTILINE)


def copied_files(pack: Path) -> dict[str, bytes]:
    """Every file that a project gets, by its path below `.claude/`. This one is of no use there."""
    found = (path for folder in _FOLDERS for path in sorted((pack / folder).rglob("*")) if path.is_file())
    files = {path.relative_to(pack).as_posix(): _copied(path) for path in found if "__pycache__" not in path.parts}
    del files[_HERE]
    return files | _FOR_RUFF


def _copied(path: Path) -> bytes:
    content = path.read_bytes()
    if path.suffix == ".md":
        return rewritten(content.decode()).encode()
    return _FOR_OTHERS + content if path.suffix == ".py" else content


def copied_hooks(pack: Path) -> dict[str, list[Any]]:
    """The hooks that a project's settings get, by event: each the command of the copy, for the bare agent names."""
    text = (pack / _HOOKS).read_text(encoding="utf-8")
    # A hook runs in whatever folder the session is in by then.
    text = text.replace(_ROOT, "${CLAUDE_PROJECT_DIR}/.claude").replace(f"{PLUGIN}:", "")
    hooks: dict[str, list[Any]] = json.loads(text)["hooks"]
    return hooks


def rewritten(text: str) -> str:
    """A document of the plugin as a document of the project."""
    text = _BOTH_NAMES.sub(r"\1", text).replace(f"{PLUGIN}:", "")
    text = _SNIPPET.sub("", text)
    return text.replace(f"{_ROOT}/", ".claude/").replace(_ROOT, ".claude")
