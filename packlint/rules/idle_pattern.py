"""A permission whose pattern covers nothing that was meant.

What it checks: the patterns of `Bash(...)`, and of the tools for files, in the `allowed-tools` and `disallowed-tools`
of a command or a skill and in a project's settings. There is one pattern between the parentheses: of `Bash(cargo:*,
git:*)` the client makes neither, and what should be granted is asked for, what should be denied runs. Write
`Bash(cargo:*), Bash(git:*)`. It is no regular expression, has no choices in brackets, and quotes and blanks around it
are part of it; `:*` ends a pattern.

Words with a comma between them may be those of one command, so they are a warning.

Evidence: measured, fifty patterns, as grants, as denials and in settings.
Versions: 2.1.197, 2.1.328.

Bad (commands/check.md):

    ---
    description: Run the checks and explain what fails
    allowed-tools: Read, Bash(cargo:*, git:*)
    ---
    Run the checks and explain what fails.

Good (commands/check.md):

    ---
    description: Run the checks and explain what fails
    allowed-tools: Read, Bash(cargo:*), Bash(git:*)
    ---
    Run the checks and explain what fails.
"""

from __future__ import annotations

from packlint import regex
from packlint.loading.tool_names import has_pattern, tool_name
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL017"
NAME = "idle-pattern"
SEVERITY = Severity.ERROR
KINDS = (Kind.COMMAND, Kind.SKILL, Kind.MANIFEST)

_FOR_FILES = frozenset({"Read", "Edit", "Write", "Glob", "Grep", "NotebookEdit"})
_BETWEEN = regex.lazy(r"\s*[,;|]\s*")
# A star ends one pattern, and another one follows.
_STAR_BETWEEN = regex.lazy(r"\*\s*(?:[,;|]\s*|\)\()[\w*.~/$]|:\*\s+\S+(?::| )\*")
# So ends no program's name, and so do not go on the words of one command.
_WORDS_BETWEEN = regex.lazy(r"[\w.-]+[,;|]|[^\"'=]*[\w.-], (?=[A-Za-z])|(\w+) [^\"']*,\1 ")
_BRACES = regex.lazy(r"\{[^{}]*\}")
_CONSEQUENCE = {
    "allow": "the client grants nothing by it: it asks, and with -p it refuses",
    "ask": "the client never asks because of it",
    "deny": "the client denies nothing by it",
}
# Each with what it says of a pattern for Bash that is shaped so.
_SHAPES = (
    (regex.lazy(r"([\"'`])[^\"'`]*\1\Z"), "its quotes are part of it"),
    (regex.lazy(r"\s|(?s:.*)\s\Z"), "the blank at its beginning or its end is part of it"),
    (regex.lazy(r"\^|/.+\.[*+].*/\Z|[\w-]*[A-Za-z]\.[*+]"), "it is no regular expression"),
    (regex.lazy(r"[({\[]\w"), "it has no choices in brackets"),
    (regex.lazy(r"[^*]*:\*\*\Z"), "':*' ends a pattern"),
    (regex.lazy(r"[\w.-]+:\Z"), "it has no star behind its colon"),
)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for key, permission, start, end in _permissions(file, pack):
        for words, severity in _faults(permission):
            yield Finding(start, end, f"'{permission}' {words}", _CONSEQUENCE[key], severity=severity)


def _permissions(file: File, pack: Pack) -> Iterator[tuple[str, str, int, int]]:
    """Every permission with a pattern: what it is for, its text and where it stands."""
    from packlint.discovery import manifests

    for key, rule, spot in manifests.permissions(file) if file.kind is Kind.MANIFEST else ():
        # Of `:*` inside a pattern PL017 tells what each client makes.
        if isinstance(rule, str) and has_pattern(rule) and ":*" not in rule[:-3]:
            yield key, rule, spot.start, spot.end
    for key, tokens in file.tool_lists(pack.client).items():
        for token in tokens:
            if has_pattern(token.text):
                yield "allow" if key == "allowed-tools" else "deny", token.text, token.start, token.end


def _faults(permission: str) -> Iterator[tuple[str, Severity]]:
    tool = tool_name(permission) or ""
    pattern = permission[len(tool) + 1 : -1]
    if tool in _FOR_FILES:
        if _STAR_BETWEEN.search(_BRACES.sub("", pattern)):
            yield _several(tool, pattern), SEVERITY
    elif tool == "Bash" and pattern.strip() != "*":
        shape = next((words for expression, words in _SHAPES if expression.match(pattern)), "")
        if shape:
            yield f"covers no command: {shape}", SEVERITY
        elif _STAR_BETWEEN.search(pattern):
            yield _several(tool, pattern), SEVERITY
        elif _WORDS_BETWEEN.match(pattern):
            yield _several(tool, pattern), Severity.WARNING


def _several(tool: str, pattern: str) -> str:
    pieces = [piece for piece in _BETWEEN.split(pattern.replace(")(", ",")) if piece]
    right = ", ".join(f"{tool}({piece})" for piece in pieces) if len(pieces) > 1 else ""
    return "is one pattern" + (f"; write '{right}'" if right else "")
