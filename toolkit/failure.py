"""What a command says when it cannot do its work."""

from __future__ import annotations


class ToolkitError(Exception):
    """A usage or environment error: one line that names what is wrong and the mend. The exit code is 2."""


class NewerPythonError(Exception):
    """The project is written for a later Python than the one that runs this; the text is the path of a later one."""
