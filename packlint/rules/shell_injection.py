"""What a person types is pasted into a shell command that anything may follow.

What it checks: `$ARGUMENTS` and other placeholders inside `` !`...` `` in a command whose `allowed-tools`
approve every shell command (`Bash`, `Bash(*)`, `Bash(bash:*)`). The text is pasted as it stands: `x; rm -r .`,
`$(...)`, `&&` and `>` are run, and quotes do not help, because the text may hold quotes. The model may call the
command as well as a person.

With a narrow grant, `Bash(git log:*)`, or none at all the client refused every such attempt; those stay silent.

Evidence: measured with `;`, `$(...)`, `&&`, `|` and `>`, quoted and not.
Versions: 2.1.197, 2.1.328.

Bad (commands/history.md):

    ---
    description: Explain the history of a file
    argument-hint: <file>
    allowed-tools: Bash
    ---
    History: !`git log --oneline -- $ARGUMENTS`

Good (commands/history.md):

    ---
    description: Explain the history of a file
    argument-hint: <file>
    allowed-tools: Bash(git log:*)
    ---
    History: !`git log --oneline -- $ARGUMENTS`
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.prompts import arguments, inline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CM005"
NAME = "shell-injection"
SEVERITY = Severity.WARNING
KINDS = (Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    command = file.command(pack.client)
    wide = next((each for each in inline.bash_patterns(command.allowed_tools) if inline.grants_any(each)), None)
    if wide is None:
        return
    names = arguments.declared_names(command.frontmatter.values.get("arguments"))
    grant = "Bash" if wide == "*" else f"Bash({wide})"
    for each in inline.find(file.document, pack.client):
        for placeholder in arguments.placeholders(each.text, names)[:1]:
            start = each.start + placeholder.start
            yield Finding(
                start,
                start + len(placeholder.text),
                f"'{placeholder.text}' is pasted into a shell command, and '{grant}' approves whatever it holds",
                "clients 2.1.197 and 2.1.328 run what follows a ';' in the typed text; grant the one command only",
            )
