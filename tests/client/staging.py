"""Files to be judged, and the folders in which the client and packlint find them."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from packlint.discovery.layout import Layout

PLUGIN = "pk"
ARGUMENTS = 'one "two words" three'
CONTROL = "zz-control"
ALIASES = ("sonnet", "opus", "haiku", "fable")
_MANIFEST = {"name": PLUGIN, "version": "1.0.0", "description": "staged files", "author": {"name": "nobody"}}


@dataclass(frozen=True, slots=True)
class Sample:
    """One agent, command or skill file.

    `identity` is unique in a batch and a folder name; `path` is the place below `.claude/` or the
    plugin's root. `arguments` are typed after a command's or a skill's name.
    """

    identity: str
    path: str
    content: bytes
    arguments: str = ARGUMENTS

    @property
    def is_agent(self) -> bool:
        return self.path.startswith("agents/")

    @property
    def is_skill(self) -> bool:
        return self.path.startswith("skills/")

    @property
    def staged(self) -> PurePosixPath:
        """Its place in a batch: a folder of its own keeps equal file names apart. A skill has one already."""
        first, *rest = PurePosixPath(self.path).parts
        return PurePosixPath(self.path) if self.is_skill else PurePosixPath(first, self.identity, *rest)

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    @property
    def mark(self) -> str:
        """The last line of its body, by which a prompt made of it is known; empty where there is none."""
        return next(
            (line.strip() for line in reversed(self.text.rpartition("---")[2].splitlines()) if line.strip()), ""
        )


@dataclass(frozen=True, slots=True)
class Stage:
    """A project to start the client in, and the plugin to load where that is the layout."""

    cwd: Path
    plugin: Path | None


def stage(samples: Iterable[Sample], layout: Layout, folder: Path) -> Stage:
    """Writes samples below `folder` as a project or as the plugin `pk`, with plain agents to compare them with."""
    cwd = folder / "work"
    commit_nothing(cwd)
    plugin = folder / PLUGIN if layout is Layout.PLUGIN else None
    base = plugin or cwd / ".claude"
    if plugin:
        (plugin / ".claude-plugin").mkdir(parents=True)
        (plugin / ".claude-plugin/plugin.json").write_text(json.dumps(_MANIFEST))
    for sample in (*samples, *_controls()):
        place = base / sample.staged
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(sample.content)
    return Stage(cwd, plugin)


def sent_as(text: str) -> str:
    """How a label says that a model was sent by a word for which the client has a model, and did not take it."""
    return f"the text {text}" if text in (*ALIASES, "inherit") else text


def _controls() -> Iterator[Sample]:
    """An agent that takes every default, and one for each alias of a model."""
    for name, extra in ((CONTROL, ""), *((f"{CONTROL}-{alias}", f"model: {alias}\n") for alias in ALIASES)):
        content = f"---\nname: {name}\ndescription: plain\n{extra}---\nNothing.\n"
        yield Sample("zz", f"agents/{name}.md", content.encode())


def commit_nothing(folder: Path) -> None:
    """A repository with one empty commit: `isolation: worktree` cannot start without one."""
    folder.mkdir(parents=True)
    who = {f"GIT_{role}_{what}": "nobody@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {"PATH": os.defpath, "HOME": str(folder), "GIT_CONFIG_GLOBAL": os.devnull, **who}
    for arguments in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "start"]):
        subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True)


def samples_of(rows: Sequence[dict[str, Any]]) -> list[Sample]:
    """The files of a conformance list."""
    return [Sample(row["id"], row["path"], _content(row), row.get("arguments", ARGUMENTS)) for row in rows]


def _content(row: dict[str, Any]) -> bytes:
    return row["content"].encode() if "content" in row else base64.b64decode(row["content_b64"])
