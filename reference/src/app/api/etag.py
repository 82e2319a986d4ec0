from __future__ import annotations

import re

# region: etags
ANY_VERSION = "*"
_OURS = re.compile(r'(?:^|[ ,])"([0-9]{1,10})"')


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


# endregion: etags
