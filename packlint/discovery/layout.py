"""The two ways in which the client finds a pack."""

from __future__ import annotations

from packlint.enumeration import StrEnum


class Layout(StrEnum):
    """Where the client finds a pack: a plugin's own folders, or a project's ``.claude``."""

    PLUGIN = "plugin"
    PROJECT = "project"
