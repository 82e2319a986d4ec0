"""What changed since a base revision, as git tells it: lines, files, and the tree of that revision."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from toolkit.failure import ToolkitError

SECONDS = 120
_FILE = re.compile(r"\+\+\+ (?:b/(.*?)|(/dev/null))\t?$")
_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
MAIN = ("origin/HEAD", "origin/main", "origin/master", "main", "master")


@dataclass(frozen=True)
class Base:
    """A revision to compare with, and how it was chosen; or the reason why there is none."""

    folder: Path
    commit: str = ""
    how: str = ""
    missing: str = ""

    def changed_lines(self) -> dict[Path, set[int] | None]:
        """The lines that were added or changed, by file; None for a file that is new as a whole."""
        # None of the user's own settings for reading may decide what is read here.
        options = ("--unified=0", "--no-color", "--no-ext-diff", "--src-prefix=a/", "--dst-prefix=b/")
        text = git(self.folder, "diff", *options, "--relative", self.commit, "--", ".")
        changed: dict[Path, set[int] | None] = {}
        lines: set[int] | None = None
        for line in text.splitlines():
            if match := _FILE.fullmatch(line):
                lines = set()
                if match[1]:
                    changed[self.folder / match[1].strip('"')] = lines
            elif lines is not None and (match := _HUNK.match(line)):
                start, count = int(match[1]), int(match[2] if match[2] is not None else 1)
                lines.update(range(start, start + count))
        for name in git(self.folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".").split("\0"):
            if name:
                changed[self.folder / name] = None
        return changed

    def export(self, target: Path) -> Path:
        """Write the tree of the base revision below a folder; the project's place in it."""
        top = Path(git(self.folder, "rev-parse", "--show-toplevel").strip())
        index = {"GIT_INDEX_FILE": str(target.with_name(f"{target.name}.index")), "GIT_LFS_SKIP_SMUDGE": "1"}
        git(top, "read-tree", self.commit, **index)
        git(top, "checkout-index", "--all", "--quiet", f"--prefix={target}{os.sep}", **index)
        return target / self.folder.relative_to(top.resolve())


def find(folder: Path, given: str | None) -> Base:
    """The revision given; else where this branch left the main one; else, with nothing uncommitted, the last commit.

    Raises:
        ToolkitError: the revision given does not exist.
    """
    try:
        head = git(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").strip()
    except GitError as error:
        if given:
            raise ToolkitError(f"--base {given}: {error.reason}") from error
        return Base(folder, missing=error.reason)
    if given:
        commit = _commit(folder, given)
        if commit is None:
            raise ToolkitError(f"--base {given}: there is no such revision; give one that `git log` shows")
        return Base(folder, commit, "given")
    for branch in MAIN:
        if (other := _commit(folder, branch)) and (common := _merge_base(folder, head, other)) and common != head:
            return Base(folder, common, f"where HEAD left {branch}")
    if git(folder, "status", "--porcelain", "--", ".").strip() or not (parent := _commit(folder, "HEAD^")):
        return Base(folder, head, "HEAD")
    return Base(folder, parent, "HEAD^, because nothing is uncommitted")


class GitError(ToolkitError):
    """Git did not do what was asked; `reason` is what it said last."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RefusedError(GitError):
    """Git ran, and said no."""


def git(folder: Path, *arguments: str, **variables: str) -> str:
    """The output of one git command.

    Raises:
        GitError: git is not there or does not end, the folder is in no repository, or the command failed.
    """
    # A git hook that runs this has variables of its own, which are about another command.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment.update(variables, GIT_OPTIONAL_LOCKS="0", LC_ALL="C")
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotepath=off", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise GitError("git is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise GitError(f"git {arguments[0]} took more than {SECONDS} seconds in {folder}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RefusedError(_plain(said[0]) if said else "there is no commit yet")
    return done.stdout.decode("utf-8", "surrogateescape")


def _plain(said: str) -> str:
    return "the project is in no git repository" if "not a git repository" in said else said


def _commit(folder: Path, name: str) -> str | None:
    try:
        return git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").strip()
    except RefusedError:
        return None


def _merge_base(folder: Path, one: str, other: str) -> str | None:
    try:
        return git(folder, "merge-base", one, other).strip()
    except RefusedError:
        return None
