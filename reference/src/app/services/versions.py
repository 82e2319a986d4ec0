from __future__ import annotations

from collections.abc import Set

from app.core.errors import StaleVersionError


# region: require-version
def require_version(version: int, expected: Set[int] | None, what: str) -> None:
    """Refuse a change that was decided on another version than the current.

    Raises:
        StaleVersionError: Versions are expected, and this is none of them.
    """
    if expected is not None and version not in expected:
        detail = f"{what} was changed by somebody else in the meantime"
        raise StaleVersionError(detail)


# endregion: require-version
