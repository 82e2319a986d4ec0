"""TOML with the standard library's parser, kept from texts that it would take hours, gigabytes or its stack to read."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# No configuration file is longer, in characters, and no key has so many parts: each one costs as much as all before it.
_LONGEST = 1_000_000
_MOST_DOTS = 1_000


class TooMuchError(ValueError):
    """The text may be TOML, and is more of it than is read."""


def loads(text: str) -> dict[str, Any]:
    """The values of a text.

    Raises:
        tomllib.TOMLDecodeError: it is no TOML.
        TooMuchError: it is too long, or nested too deeply, or has a number of thousands of digits.
    """
    import tomllib

    if len(text) > _LONGEST:
        raise TooMuchError("too long")
    if any(line.count(".") > _MOST_DOTS for line in text.split("\n")):
        raise TooMuchError("a key of too many parts")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (ValueError, RecursionError) as error:
        raise TooMuchError("nested too deeply" if isinstance(error, RecursionError) else str(error)) from None
