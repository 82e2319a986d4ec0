"""Regular expressions that are compiled when first used: a run needs few of packlint's hundred and more."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:

    def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
        """The expression, with the methods of a compiled one."""
        ...
else:
    _METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")

    class lazy:  # noqa: N801 - called as re.compile is
        """The expression, with the methods of a compiled one."""

        def __init__(self, pattern, flags=0):
            self.pattern = pattern
            self._flags = flags

        def __getattr__(self, name):
            if name not in _METHODS:
                raise AttributeError(name)
            compiled = re.compile(self.pattern, self._flags)
            for method in _METHODS:
                setattr(self, method, getattr(compiled, method))
            return getattr(self, name)
