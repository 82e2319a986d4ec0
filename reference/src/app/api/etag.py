from __future__ import annotations

import re

# region: etags
ANY_VERSION = "*"
_OURS = re.compile(r'(?:^|[ \t,])"([1-9][0-9]{0,9})"')


def etag(version: int) -> str:
    """Write a version as an entity tag."""
    return f'"{version}"'


def expected_versions(if_match: str) -> frozenset[int] | None:
    """Read the versions that If-Match admits; None admits every one.

    What is no tag of ours, such as a weak one, is simply not among them. They are
    compared last, so that what does not exist is 404 and not 412.
    """
    if if_match == ANY_VERSION:
        return None
    return frozenset(int(version) for version in _OURS.findall(if_match))


def client_has(version: int, if_none_match: str | None) -> bool:
    """Tell whether If-None-Match names a version; `*` names any.

    A weak tag is as good as a strong one here: a proxy that compresses makes ours weak.
    """
    tags = [tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")]
    return etag(version) in tags or tags == [ANY_VERSION]


# endregion: etags
