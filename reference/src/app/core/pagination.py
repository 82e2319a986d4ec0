from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TIME_BYTES = 7


# region: cursor
@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list that is ordered by creation and id, newest first.

    Seven bytes of microseconds and eight of id are twenty characters of base64 without
    padding, so every text that has the documented pattern is a place in the list: no
    cursor a client can send needs an error of its own.
    """

    PATTERN: ClassVar[str] = r"^[A-Za-z0-9_-]{20}$"

    created_at: datetime
    id: int

    def encode(self) -> str:
        """Write the place as text that clients hand back and do not take apart."""
        elapsed = (self.created_at - _EPOCH) // timedelta(microseconds=1)
        raw = elapsed.to_bytes(_TIME_BYTES) + self.id.to_bytes(8, signed=True)
        return base64.urlsafe_b64encode(raw).decode()

    @classmethod
    def decode(cls, text: str) -> Cursor:
        """Read a place that matches PATTERN."""
        raw = base64.urlsafe_b64decode(text)
        elapsed = timedelta(microseconds=int.from_bytes(raw[:_TIME_BYTES]))
        return cls(_EPOCH + elapsed, int.from_bytes(raw[_TIME_BYTES:], signed=True))


# endregion: cursor
