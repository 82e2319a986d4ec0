"""`cache`, `lru_cache` and `cached_property` of functools, a module that takes longer to load than many a check takes.

To type checkers they are those. At run time the first two are what functools makes of C code, and the third leaves out
the lock that Python 3.11 takes for each value.
"""

from __future__ import annotations

__all__ = ["cache", "cached_property", "lru_cache"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from functools import cache, cached_property, lru_cache
else:
    try:
        from _functools import _lru_cache_wrapper
    except ImportError:  # another Python than CPython
        from functools import lru_cache
    else:

        def lru_cache(maxsize):
            """As in functools; what `cache_info` gives is a tuple without names."""

            def remembering(function):
                wrapper = _lru_cache_wrapper(function, maxsize, False, lambda *info: info)
                wrapper.__wrapped__ = function
                wrapper.__doc__, wrapper.__name__, wrapper.__module__ = (
                    function.__doc__,
                    function.__name__,
                    function.__module__,
                )
                return wrapper

            return remembering

    def cache(function):
        """As in functools."""
        return lru_cache(maxsize=None)(function)

    class cached_property:  # noqa: N801 - as in functools
        """As in functools, for one thread."""

        def __init__(self, function):
            self._function = function
            self.__doc__ = function.__doc__

        def __set_name__(self, owner, name):
            self._name = name

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            value = instance.__dict__[self._name] = self._function(instance)
            return value
