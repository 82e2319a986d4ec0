"""`StrEnum` in as much as packlint needs it, for a tenth of what it takes to load and to use the standard library's.

To type checkers it is that one. At run time a class's members, which are all that is written in capitals in it, are
texts with `name` and `value`; the class gives the member of a value, and its members in turn.
"""

from __future__ import annotations

__all__ = ["StrEnum"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import StrEnum
else:

    class _Members(type):
        def __iter__(cls):
            return iter(cls._members.values())

    class StrEnum(str, metaclass=_Members):
        """The class of an enumeration's members."""

        def __init_subclass__(cls):
            written = [(name, value) for name, value in vars(cls).items() if name.isupper()]
            cls._members = {value: str.__new__(cls, value) for _, value in written}
            for name, value in written:
                member = cls._members[value]
                member.name, member.value = name, value
                setattr(cls, name, member)

        def __new__(cls, value):
            member = cls._members.get(value)
            if member is None:
                raise ValueError(f"{value!r} is not a valid {cls.__name__}")
            return member

        def __reduce__(self):
            return type(self), (self.value,)

        def __repr__(self):
            return f"<{type(self).__name__}.{self.name}: {self.value!r}>"
