"""Whether the client runs a shell block of a command's text.

The client runs every block before it asks the model, and gives up the whole command where one is
not approved. Evidence: data/shell.json and tests/test_shell.py.
"""

from __future__ import annotations

import re
from itertools import chain

from packlint import regex
from packlint.client import Client
from packlint.memo import cached_property
from packlint.prompts import bash_grants, free_commands, shell_lines
from packlint.prompts.reach import Reach
from packlint.prompts.words import split
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A match may be harmless: it takes in all options, so that none is read again for the next one.
_REMOVAL = regex.lazy(r"rm\s++(?:-\S++\s++)*+(?P<fatal>(?:/[^/\s]*+/?|~/?)(?:\s|\Z))?")
_ALL = regex.lazy(r"Bash(?:\(\s*\*?\s*\))?")
_GOES = ("cd", "pushd")
# Programs that run their words as a command.
_BLIND = ("eval", "exec", "watch")


@record(frozen=True)
class Shell:
    """What decides about a block: the grants of `allowed-tools`, the folder it runs in, the client."""

    grants: Sequence[str]
    folder: str
    client: Client

    def refusal(self, command: str) -> str | None:
        """Why the client stops at this command; None where it runs it."""
        if re.search(r"(?<![&>|])&(?![&>])", shell_lines.masked(command)):
            return "'&' puts a command into the background"
        grants_all = any(_ALL.fullmatch(grant) for grant in self.grants)
        if grants_all and any(found["fatal"] for found in _REMOVAL.finditer(command)):
            return "rm would remove a folder of the system"
        line, nested = shell_lines.joined(command), list[str]()
        if not grants_all:
            line, nested = shell_lines.opened(line)
        for each in () if grants_all else (line, *nested):
            if found := shell_lines.unreadable(each, self.client):
                return None if self._bash.name(command) else found
        if not grants_all and not self._bash.name(command) and (found := self._setting(line)):
            return found
        refusals = [why for each in nested for why in self._refusals(each, grants_all)]
        return next(chain(refusals, self._refusals(line, grants_all, self._all_free(nested))), None)

    def _setting(self, line: str) -> str | None:
        """Why a line is refused that sets a variable; grants for all that it runs are enough for older clients.

        So it is with a session's first shell command, and with all blocks of one text: once one has run, the client
        sees through the loops and the variables of later texts (measured).
        """
        what = shell_lines.sets(line)
        if what is None:
            return None
        others = [part for part in self._parts(line) if bash_grants.behind_assignments(part, self.client)]
        if self.client.does("sees_settings_by_grants") and all(map(self._is_covered, others)):
            return None
        return f"it {what}, which the client does not see through before another shell command has run"

    def _is_covered(self, part: str) -> bool:
        started = bash_grants.behind_wrappers(part, self.client)
        return any(self._bash.cover(each) for given in (part, started) for each in bash_grants.spellings(given))

    @cached_property
    def _bash(self) -> bash_grants.BashGrants:
        return bash_grants.BashGrants(self.grants)

    @cached_property
    def _reach(self) -> Reach:
        return Reach(tuple(self.grants), self.folder, self.client)

    def _refusals(self, line: str, grants_all: bool, nested_free: bool = True) -> Iterator[str]:
        """Why a command line is refused, its simple commands in order."""
        parts = self._parts(line)
        if found := self._leaving(line, parts, grants_all):
            yield found
        for part in parts:
            if found := self._refusal_of(part, grants_all, nested_free):
                yield found

    def _parts(self, line: str) -> list[str]:
        return [part for part in shell_lines.parts(line) if part]

    def _all_free(self, nested: Sequence[str]) -> bool:
        """Whether nested commands need no grant; otherwise what they stand in needs one, too."""
        return all(self._is_free(part) for each in nested for part in self._parts(each))

    def _is_free(self, part: str) -> bool:
        return free_commands.is_free(split(bash_grants.behind_assignments(part, self.client)), self.client)

    def _leaving(self, command: str, parts: Sequence[str], grants_all: bool) -> str | None:
        """Why a line as a whole is refused: where it writes to and reads from, and what it does in another folder."""
        targets = shell_lines.outputs(command)
        refused = next((why for each in targets if (why := self._reach.writes_to(each, is_granted=grants_all))), None)
        if refused or grants_all:
            return refused
        sources = shell_lines.inputs(command) if self.client.does("checks_redirected_input") else []
        if refused := next((why for each in sources if (why := self._reach.reads_from(each))), None):
            return refused
        programs = {part.split(maxsplit=1)[0] for part in parts}
        if programs.isdisjoint(_GOES):
            return None
        if "git" in programs:
            return "it changes the folder before it runs git"
        if targets or not programs.isdisjoint(self.client.shell["writes"]):
            return "it changes the folder before it changes files"
        return None

    def _refusal_of(self, part: str, grants_all: bool, nested_free: bool) -> str | None:
        command = bash_grants.behind_wrappers(part, self.client)
        words = split(command)
        if not words:
            return None
        if any(shell_lines.OUTPUT in word.text and word.text.startswith("-") for word in words):
            return "an option holds the output of a command, which is not known before it runs"
        if found := self._reach.refusal(words, is_granted=grants_all):
            return found
        if grants_all:
            return None
        if words[0].text in _BLIND:
            return f"{words[0].text} runs its words as a command, which no pattern approves"
        actions = self.client.shell["refused"]["find"]
        if words[0].text == "find" and any(re.fullmatch(actions, word.text) for word in words[1:]):
            return "find with an action is not approved by a pattern"
        if self._is_covered(part):
            return None
        is_free = (nested_free or shell_lines.OUTPUT not in part) and self._is_free(part)
        return None if is_free else f"'{part.replace(shell_lines.OUTPUT, '$(...)')}' is not approved"
