"""Which shell commands the patterns of `Bash(...)` grants cover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from packlint.prompts import wildcards

# Nobody writes so many, and each is tried on each command.
_MOST_WILDCARDS = 100


class BashGrants:
    """The patterns of an `allowed-tools` list: prefixes (`git add:*`), wildcards, and the very words of a command."""

    def __init__(self, grants: Sequence[str]) -> None:
        patterns = {grant[5:-1] for grant in grants if grant.startswith("Bash(") and grant.endswith(")")}
        self._prefixes = {pattern[:-2] for pattern in patterns if pattern.endswith(":*")} - {""}
        self._lengths = {len(prefix) for prefix in self._prefixes}
        self._words = {pattern for pattern in patterns if "*" not in pattern}
        wild = sorted(pattern for pattern in patterns if "*" in pattern and not pattern.endswith(":*"))
        self._wildcards = [each for pattern in wild[:_MOST_WILDCARDS] for each in _compiled(pattern)]

    def cover(self, command: str) -> bool:
        """Whether one of them covers a command."""
        return (
            command in self._words
            or any(
                command[:length] in self._prefixes and command[length : length + 1] in ("", " ")
                for length in self._lengths
                if length <= len(command)
            )
            or any(each.match(command) for each in self._wildcards)
        )


def _compiled(pattern: str) -> Iterator[re.Pattern[str]]:
    """The expressions of a pattern: the blank before a star at its end may be missing, with what would follow."""
    pattern = re.sub(r"\s+", " ", pattern)
    yield wildcards.of_words(pattern)
    if pattern.endswith(" *"):
        yield wildcards.of_words(pattern.removesuffix(" *"))
