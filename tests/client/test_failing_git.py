"""Which git commands end a whole command in a repository of one commit: what `CM006` goes by."""

from __future__ import annotations

from pathlib import Path

from tests.client.driver import drive
from tests.client.staging import commit_nothing
from tests.conftest import FindProblems, WritePack

# Shell commands, each with whether the client sends the text around it.
_COMMANDS = {
    "git diff --stat HEAD~3": False,
    "git log HEAD^..": False,
    "git status --short && git diff HEAD~1": False,
    "git log trunk..HEAD": False,
    "git diff origin/HEAD...": False,
    "git diff --merge-base origin/HEAD": False,
    "git log @{u}..": False,
    "git describe --tags": False,
    "git diff main": False,
    "git diff --stat main -- .": False,
    "git log trunk --oneline": False,
    "git merge-base develop HEAD": False,
    "git show main:README.md": False,
    "git log --grep main": True,
    "git log -S main": True,
    "git diff -- main": True,
    "git branch trunk": True,
    "git diff HEAD": True,
    "git log -5": True,
    "git describe --always": True,
    "git diff -- HEAD~3": True,
    "git diff HEAD~3 | head -5": True,
    "git diff HEAD~3 || true": True,
    "git diff HEAD~3; git status": True,
}


def test_git_ends_a_command_where_it_lacks_what_is_named(
    binary: Path, tmp_path: Path, write_pack: WritePack, problems_of: FindProblems
) -> None:
    work = tmp_path / "work"
    commit_nothing(work)
    files = {
        f"commands/c{number}.md": f"---\ndescription: Ship it\nallowed-tools: Bash\n---\nMark {number}. !`{command}`\n"
        for number, command in enumerate(_COMMANDS)
    }
    typed = [f"/shop:c{number}" for number in range(len(_COMMANDS))]
    session = drive(binary, typed, lambda _: "done", work, plugin=write_pack(files, name="plugin"))
    sent = {}
    for number, command in enumerate(_COMMANDS):
        requests = session.requests[slice(*session.spans[number])]
        sent[command] = any(f"Mark {number}." in text for request in requests for text in request.texts)
    assert sent == _COMMANDS
    said = {Path(problem.path).stem for problem in problems_of(files) if problem.code == "CM006"}
    assert said == {f"c{number}" for number, goes_on in enumerate(_COMMANDS.values()) if not goes_on}
