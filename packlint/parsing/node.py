"""A YAML value and where it stands."""

from __future__ import annotations

from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class YamlError(Exception):
    """The text is not YAML for the client. `line` and `column` count from 0.

    Of one that libyaml found, `at` is the offset at which it stopped, in what it calls `context`, begun at `begun`.
    """

    def __init__(
        self, reason: str, line: int, column: int, *, at: int = -1, context: str = "", begun: int = -1
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column
        self.at = at
        self.context = context
        self.begun = begun


@record(frozen=True)
class Node:
    """One value and where it stands: `start` and `end` are offsets into the parsed text.

    `style` is ``'`` ``"`` ``|`` ``>`` for scalars so written, else None. `decorated` is true when
    a tag or an anchor stands before the value. `items` are a sequence's nodes; `entries` are a
    mapping's (key, value) pairs in order, duplicates included.
    """

    value: Any
    start: int
    end: int
    style: str | None = None
    decorated: bool = False
    items: tuple[Node, ...] = ()
    entries: tuple[tuple[Node, Node], ...] = ()
