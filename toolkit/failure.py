"""What a command says when it cannot do its work."""

from __future__ import annotations


class ToolkitError(Exception):
    """A usage or environment error: one line that names what is wrong and the mend. The exit code is 2."""
