"""A shell command in the text of a command or a skill that nobody approved.

What it checks: `` !`cmd` `` runs before the model sees anything and never asks. Commands that only read (`ls`, `git
status`, `grep`) run without a grant; others must be in `allowed-tools`, or the client gives up on the whole
command: no request is made and the exit code is 0. A command with the user's own words in it is not judged, because
it depends on them. A plugin's own files lie outside the folder in which the client runs, so `cat` and the like
reach them only where `Read(/${CLAUDE_PLUGIN_ROOT}/...)` grants it, too.

Some things no pattern approves: `$(...)` without other text in the same double quotes, a variable, `cd` before git
or before a change of files, `cp` and `mv` with options, `rm *.log`, changes in `.git`, `.claude` or `.vscode`. Of a
program that reads the client knows the options that are harmless: `git diff --stat` runs without a grant, `git diff
-U5` does not. A `for` loop, and a variable set beside another command, stop while no shell command has run in the
session: when the command is the first thing typed. Only a grant for all of Bash helps, or, in 2.1.197, one for each
of the commands around it.

A person's own settings may allow the command, so this is a warning.

Evidence: measured; tests/conformance/shell.jsonl holds what the client did with each of some 2,100 commands.
Versions: 2.1.197 says nothing at all, 2.1.328 prints the reason.

Bad (commands/check.md):

    ---
    description: Run the tests and explain what fails
    ---
    Test output: !`pytest -q`

    Explain what fails.

Good (commands/check.md):

    ---
    description: Run the tests and explain what fails
    allowed-tools: Bash(pytest:*)
    ---
    Test output: !`pytest -q || true`

    Explain what fails.
"""

from __future__ import annotations

from packlint import regex
from packlint.discovery.layout import Layout
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.prompts import arguments, inline
from packlint.prompts.shell import Shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CM004"
NAME = "unapproved-inline"
SEVERITY = Severity.WARNING
KINDS = (Kind.COMMAND, Kind.SKILL)

_PROJECT, _PLUGIN, _SKILL = "${CLAUDE_PROJECT_DIR}", "${CLAUDE_PLUGIN_ROOT}", "${CLAUDE_SKILL_DIR}"
# A plugin runs in a project that is not known here; no path in a text begins like these.
_SOMEWHERE, _ELSEWHERE = "/.the-project", "/.the-plugin"
_PROGRAM = regex.lazy(r"'(?:\w+=\S+ )*(?:git |docker )?(?:\$\{CLAUDE_[A-Z_]+\})?[\w./-]+(?=[\s'])")
_READ = regex.lazy(r"[\w.-]+ reaches (?P<path>\$\{CLAUDE_(?:PLUGIN_ROOT|SKILL_DIR)\}/[^\s()*?]+), ")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = inline.find(file.document, pack.client)
    if not found:
        return
    command = file.command(pack.client)
    known = _known(file, pack)
    shell = Shell([_with(known, grant) for grant in command.allowed_tools], known[_PROJECT], pack.client)
    names = arguments.declared_names(command.frontmatter.values.get("arguments"))
    for each in found:
        text = _with(known, each.text.strip())
        if arguments.placeholders(each.text, names) or "${CLAUDE_" in text:
            continue
        refusal = shell.refusal(text)
        if refusal is None:
            continue
        for variable, folder in known.items():
            refusal = refusal.replace(folder, variable)
        yield Finding(
            each.start,
            each.end,
            refusal + _mend(refusal),
            f"the client refuses it and gives up on the whole {file.kind}: nothing is sent to the model",
        )


def _known(file: File, pack: Pack) -> dict[str, str]:
    """The folders that variables stand for, the longest first."""
    is_plugin = pack.layout is Layout.PLUGIN
    root, project = (_ELSEWHERE, _SOMEWHERE) if is_plugin else (pack.location, pack.location)
    known = {_PLUGIN: root} if is_plugin else {}
    if file.skill_folder is not None:
        known = {_SKILL: root + file.skill_folder.removeprefix(pack.location)} | known
    return known | {_PROJECT: project}


def _with(known: dict[str, str], text: str) -> str:
    for variable, folder in known.items():
        text = text.replace(variable, folder)
    return text


def _mend(refusal: str) -> str:
    if read := _READ.match(refusal):
        return f"; add to allowed-tools: Read(/{read['path']})"
    program = _PROGRAM.match(refusal)
    if program is None:
        return ""
    words = program[0][1:]
    # A grant for every script would approve everything.
    pattern = refusal[1:].partition("' is not approved")[0] if inline.grants_any(f"{words}:*") else f"{words}:*"
    return f"; add to allowed-tools: Bash({pattern})"
