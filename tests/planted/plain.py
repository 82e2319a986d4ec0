"""The shape of a planted defect and of a valid pack, and the small base pack both start from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PLUGIN, PROJECT = "plugin", "project"
BOTH = (PLUGIN, PROJECT)
# Stands in a text right before the place where the defect is to be reported, and is taken out before use.
MARK = "¦"

Content = str | bytes | None
Files = Mapping[str, Content]

DESCRIPTION = "Reviews Python changes. Use after an edit."
BODY = "You review Python changes."
SKILL = "How this team uses git. Use for commits and branches."
BASE: dict[str, Content] = {
    ".claude-plugin/plugin.json": '{"name": "shop", "version": "1.0.0", "description": "Agents for a shop"}\n',
    "agents/reviewer.md": f"---\nname: reviewer\ndescription: {DESCRIPTION}\n---\n{BODY}\n",
    "commands/ship.md": "---\ndescription: Review and ship a branch\n---\nReview the current branch and ship it.\n",
}


def agent(*lines: str, body: str = BODY, name: str = "reviewer", description: str = DESCRIPTION) -> dict[str, Content]:
    """The base agent, or another of the same form, with more lines in its frontmatter or another body."""
    head = "\n".join((f"name: {name}", f"description: {description}", *lines))
    return {f"agents/{name.replace(MARK, '')}.md": f"---\n{head}\n---\n{body}\n"}


def head(*lines: str, end: str = "---\n") -> dict[str, Content]:
    """The base agent with frontmatter written out whole."""
    return {"agents/reviewer.md": "---\n" + "".join(f"{line}\n" for line in lines) + f"{end}{BODY}\n"}


def command(*lines: str, body: str, description: str = "Review and ship a branch") -> dict[str, Content]:
    """The base command with more lines in its frontmatter or another body."""
    top = "\n".join((f"description: {description}", *lines))
    return {"commands/ship.md": f"---\n{top}\n---\n{body}\n"}


def skill(
    *lines: str, body: str = "Commit small changes.", name: str = "git", description: str | None = SKILL
) -> dict[str, Content]:
    """A skill beside the base agent and command, with more lines in its frontmatter or another body."""
    top = "".join(f"{line}\n" for line in ([f"description: {description}"] if description else []) + list(lines))
    return {f"skills/{name}/SKILL.md": f"---\n{top}---\n{body}\n"}


def manifest(text: str) -> dict[str, Content]:
    """The base pack with another plugin.json."""
    return {".claude-plugin/plugin.json": text + "\n"}


@dataclass(frozen=True, slots=True)
class Sample:
    """A pack: `changed` is laid over the base pack, a file that is None is left out.

    `links` are symbolic links, each with its target. In a project all files but those in src/ lie below .claude.
    """

    id: str
    changed: Files
    layouts: tuple[str, ...] = BOTH
    links: Mapping[str, str] = field(default_factory=dict)

    def files(self, layout: str) -> dict[str, bytes]:
        """Each file's path below the folder to check, and its bytes."""
        merged = {**BASE, **self.changed}
        if layout == PROJECT:
            merged.pop(".claude-plugin/plugin.json")
        return {
            _placed(path, layout): _encoded(content).replace(MARK.encode(), b"")
            for path, content in merged.items()
            if content is not None
        }

    def write(self, folder: Path, layout: str) -> Path:
        """Puts the pack into `folder`, which is returned."""
        for path, content in self.files(layout).items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        for path, target in self.links.items():
            place = folder / _placed(path, layout)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(target)
        return folder


@dataclass(frozen=True, slots=True)
class Valid(Sample):
    """A pack in which nothing is wrong; `expects` are the codes of warnings that are right all the same."""

    expects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Defect(Sample):
    """A pack with one defect, at the mark. `at` names the file where the text has no mark, as for a link.

    `also` are the codes of findings that come with this defect by its nature.
    """

    code: str = ""
    also: tuple[str, ...] = ()
    at: str = ""

    def place(self, layout: str) -> tuple[str, int, int]:
        """Path, line and column where the finding belongs; both count from 1, columns in characters."""
        for path, content in self.changed.items():
            before, mark, _ = _encoded(content).partition(MARK.encode())
            if mark:
                lines = before.decode("utf-8", "replace").split("\n")
                return _placed(path, layout), len(lines), len(lines[-1]) + 1
        return _placed(self.at, layout), 1, 1


def _encoded(content: Content) -> bytes:
    return content.encode() if isinstance(content, str) else content or b""


def _placed(path: str, layout: str) -> str:
    return path if layout == PLUGIN or path.startswith("src/") else f".claude/{path}"
