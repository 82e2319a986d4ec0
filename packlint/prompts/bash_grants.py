"""Which shell commands the patterns of `Bash(...)` grants cover."""

from __future__ import annotations

import re

from packlint import regex
from packlint.client import Client
from packlint.prompts import shell_lines
from packlint.prompts.words import split
from packlint.text import wildcards

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Nobody writes so many, and each is tried on each command.
_MOST_WILDCARDS = 100
# Programs that only start another one: a grant for that one is enough.
_DURATION = r"[0-9]+(?:\.[0-9]+)?[smhd]?"
_NICENESS = r"(?:\s+-n\s+-?[0-9]+|\s+-[0-9]+)?"
_LIMITS = (
    r"(?:\s+(?:--(?:foreground|preserve-status|verbose)|--(?:kill-after|signal)[= ][\w.+-]+|-v|-[ks]\s*[\w.+-]+))*"
)
_WRAPPER = regex.lazy(
    rf"(?:command|builtin|time|nohup|nice{_NICENESS}|stdbuf(?:\s+-[ioe][LN0-9]+)+|timeout{_LIMITS}\s+{_DURATION})"
    r"\s+(?=[^\s-])"
)
_ASSIGNMENT = regex.lazy(r"([A-Za-z_][A-Za-z0-9_]*)=('[^']*'|\"[^\"]*\"|\S*)(?:\s+|\Z)")
_LOCALE = regex.lazy(r"(?i)(?:C|POSIX|UTF-?8|[\w-]+\.UTF-?8(?:@\w+)?)\Z")


class BashGrants:
    """The patterns of an `allowed-tools` list: prefixes (`git add:*`), wildcards, and the very words of a command."""

    def __init__(self, grants: Sequence[str]) -> None:
        patterns = {grant[5:-1] for grant in grants if grant.startswith("Bash(") and grant.endswith(")")}
        self._prefixes = {pattern[:-2] for pattern in patterns if pattern.endswith(":*")} - {""}
        self._lengths = {len(prefix) for prefix in self._prefixes}
        self._words = {pattern for pattern in patterns if "*" not in pattern}
        wild = sorted(pattern for pattern in patterns if "*" in pattern and not pattern.endswith(":*"))
        self._wildcards = [each for pattern in wild[:_MOST_WILDCARDS] for each in _compiled(pattern)]

    def name(self, command: str) -> bool:
        """Whether one of them is a command's very words."""
        return command in self._words

    def cover(self, command: str) -> bool:
        """Whether one of them covers a command, also where `xargs` starts it."""
        if self.name(command):
            return True
        command = re.sub(r"[ \t]+", " ", command)
        started = command.removeprefix("xargs ")
        return any(self._begins(each) for each in (command, started)) or any(
            each.match(one) for each in self._wildcards for one in (command, started)
        )

    def _begins(self, command: str) -> bool:
        return any(
            command[:length] in self._prefixes and command[length : length + 1] in ("", " ")
            for length in self._lengths
            if length <= len(command)
        )


def spellings(command: str) -> Iterator[str]:
    """A simple command as it stands, and with its program's name as the shell reads it; none whose name may be any."""
    if shell_lines.names_by_variable(command):
        return
    yield command
    name = shell_lines.name(command)
    words = split(name)
    if len(words) == 1 and words[0].text != name and not any(map(str.isspace, words[0].text)):
        yield words[0].text + command[len(name) :]


def behind_wrappers(command: str, client: Client) -> str:
    """The command that other programs start, without the variables that it is given and that decide nothing."""
    start = 0
    while True:
        after = _behind_assignments(command, start, client)
        wrapper = _WRAPPER.match(command, after)
        after = wrapper.end() if wrapper else after
        if after == start:
            return command[start:]
        start = after


def behind_assignments(command: str, client: Client) -> str:
    """A command without the variables before it that may be set without a grant."""
    return command[_behind_assignments(command, 0, client) :]


def _behind_assignments(command: str, start: int, client: Client) -> int:
    names = client.shell["assignments"]
    while assignment := _ASSIGNMENT.match(command, start):
        name, value = assignment[1], assignment[2].strip("\"'")
        is_locale = name in names["locale"] and client.does("checks_locales")
        is_harmless = not is_locale or (not value and name == "LANG") or _LOCALE.match(value)
        if assignment.end() < len(command) and not (name in (*names["any"], *names["locale"]) and is_harmless):
            break
        start = assignment.end()
    return start


def _compiled(pattern: str) -> Iterator[re.Pattern[str]]:
    """The expressions of a pattern: the blank before a star at its end may be missing, with what would follow."""
    pattern = re.sub(r"\s+", " ", pattern)
    yield wildcards.of_words(pattern)
    if pattern.endswith(" *"):
        yield wildcards.of_words(pattern.removesuffix(" *"))
