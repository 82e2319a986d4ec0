"""`@record` makes a class of its annotated fields, as `@dataclass` does, for a tenth of the time at start-up.

To type checkers it is `dataclass` itself. At run time it gives `__init__`, `__repr__`, and, unless `eq=False`,
equality; with `frozen=True` instances can be members of sets. Nothing stops anybody from changing a frozen one.
Importing `dataclasses` and defining packlint's classes with it would take longer than a small pack takes to check.
"""

from __future__ import annotations

from packlint.ahead import functions

__all__ = ["field", "record", "sources"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from dataclasses import dataclass as record
    from dataclasses import field

    def sources() -> Iterator[str]:
        """The text of the `__init__` of each class there is, for `ahead`."""
        ...
else:
    _classes = []

    class field:  # noqa: N801 - called as the function of dataclasses is
        """A field's default that is made anew for each instance, or that no caller gives."""

        def __init__(self, *, default=None, default_factory=None, init=True):
            self.default = default
            self.factory = default_factory
            self.init = init

    def record(cls=None, *, frozen=False, eq=True, slots=False):  # noqa: ARG001 - dataclass knows `slots`
        """The class with its methods put in; see the module's text."""
        if cls is None:
            return lambda cls: _made(cls, frozen, eq)
        return _made(cls, frozen, eq)

    def _made(cls, frozen, eq):
        _classes.append(cls)
        cls.__match_args__ = tuple(cls.__annotations__)
        cls.__init__ = _first_of(cls)
        cls.__repr__ = _repr
        if eq:
            cls.__eq__ = _equal
            cls.__hash__ = _hashed if frozen else None
        return cls

    def _first_of(cls):
        """Makes the first instance, and the function that makes all others: most classes are never used in a run."""

        def first(self, *args, **named):
            if cls.__init__ is first:
                cls.__init__ = _init(cls)
            cls.__init__(self, *args, **named)

        return first

    def _init(cls):
        scope = {"_NONE": _NONE}
        source = _source(cls)
        for name in cls.__match_args__:
            default = cls.__dict__.get(name, _NONE)
            if isinstance(default, field):
                delattr(cls, name)
                scope[f"_{name}"] = default.factory or (lambda value=default.default: value)
            else:
                scope[f"_{name}"] = default
        exec(functions.code(source), scope)  # noqa: S102 - as dataclasses does
        return scope["__init__"]

    def _source(cls):
        given, body = [], []
        for name in cls.__match_args__:
            default = cls.__dict__.get(name, _NONE)
            if not isinstance(default, field):
                given.append(name if default is _NONE else f"{name}=_{name}")
                body.append(f"self.{name} = {name}")
            elif default.init:
                given.append(f"{name}=_NONE")
                body.append(f"self.{name} = _{name}() if {name} is _NONE else {name}")
            else:
                body.append(f"self.{name} = _{name}()")
        return f"def __init__(self, {', '.join(given)}):\n " + "\n ".join(body)

    def sources():
        return (_source(cls) for cls in _classes if cls.__init__.__name__ == "first")

    _NONE = object()

    def _values(self):
        return tuple(getattr(self, name) for name in self.__match_args__)

    def _repr(self):
        values = zip(self.__match_args__, _values(self), strict=True)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in values)})"

    def _equal(self, other):
        return _values(self) == _values(other) if type(self) is type(other) else NotImplemented

    def _hashed(self):
        return hash(_values(self))
