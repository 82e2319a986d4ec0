"""`make try-repo`: pre-commit, and the steps of the action, install packlint from a clone and run it on a repository.

Not part of `make test`, because what they install needs its dependencies from the package index.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.hooks.action import CHECK, INSTALL, exported, run_step

ROOT = Path(__file__).parents[2]
GOOD = (
    "---\nname: dev\ndescription: Writes code. Use for new code.\ntools: Read\n---\nRead `patterns/rules.md` first.\n"
)


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=try", "-c", "user.email=try@example.invalid"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def hook(scratch: Path, clone: Path) -> tuple[int, str]:
    git(scratch, "add", "--all")
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(clone), "packlint", "--all-files", "--verbose"]
    done = subprocess.run(command, cwd=scratch, capture_output=True, text=True, timeout=600, check=False)
    return done.returncode, done.stdout + done.stderr


def action(scratch: Path, clone: Path, temporary: Path) -> tuple[int, str]:
    file = temporary / "env"
    runner = {"GITHUB_ACTION_PATH": str(clone), "GITHUB_ENV": str(file), "RUNNER_TEMP": str(temporary)}
    environment = {**os.environ, **runner, "GITHUB_ACTIONS": "true"}
    done = run_step(INSTALL, scratch, environment, {"python": sys.executable})
    if done.returncode == 0:
        done = run_step(CHECK, scratch, environment | exported(file))
    return done.returncode, done.stdout + done.stderr


def expect(what: str, result: tuple[int, str], fails: bool, words: str) -> None:
    code, output = result
    if (code != 0) is not fails or words not in output:
        raise SystemExit(f"{what}: exit {code}\n{output}")
    print(f"{what}: exit {code}, {words!r}")


def run() -> None:
    """Break, mend and break again, as a user would."""
    with tempfile.TemporaryDirectory() as folder:
        clone, scratch = Path(folder, "clone"), Path(folder, "scratch")
        os.environ["PRE_COMMIT_HOME"] = str(Path(folder, "cache"))
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        agent, document = scratch / ".claude/agents/dev.md", scratch / ".claude/patterns/rules.md"
        for place in (agent, document):
            place.parent.mkdir(parents=True)
        git(scratch, "init", "--quiet")
        document.write_text("# Rules\n")
        agent.write_text(GOOD.replace("tools: Read", "tools: read"))
        expect("a broken agent", hook(scratch, clone), True, ".claude/agents/dev.md:4:8: TL002")
        agent.write_text(GOOD)
        expect("mended", hook(scratch, clone), False, "Passed")
        git(scratch, "commit", "--quiet", "--message", "mended")
        document.unlink()
        expect("its document deleted", hook(scratch, clone), True, ".claude/agents/dev.md:6:7: RF001")
        runner = Path(folder, "runner")
        runner.mkdir()
        words = "::error title=RF001 missing-file,file=.claude/agents/dev.md,line=6"
        expect("by the action", action(scratch, clone, runner), True, words)


if __name__ == "__main__":
    run()
