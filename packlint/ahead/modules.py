"""Imports packlint's modules from the one file that holds what Python made of them.

To find, open and check a file of bytecode for each of the hundred and more modules of a run takes a tenth of its time.
A module's code is used while its source has the size and the time that it had, which is what Python itself asks.
"""

from __future__ import annotations

import os
import sys

from packlint.ahead import kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import CodeType, ModuleType
    from typing import Any

    # Time in nanoseconds and size of the source, whether it is a package's, the code.
    Module = tuple[int, int, bool, CodeType]

else:
    # Python has it, and the module that offers it loads two more.
    ModuleSpec = type(__spec__)

KIND = "module"

missed: list[str] = []


def begin() -> None:
    """Look into the file first, for the rest of the process."""
    if Finder not in sys.meta_path:
        sys.meta_path.insert(0, Finder)


class Finder:
    """Finds and loads the modules that are kept."""

    def __init__(self, code: CodeType, source: str) -> None:
        self._code = code
        self._source = source

    @classmethod
    def find_spec(cls, name: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG003
        """How to import a module; None where it is not packlint's, or not kept as it is now."""
        if not name.startswith("packlint."):
            return None
        known: Module | None = kept.get(KIND, name)
        if known is not None:
            source = _source(name, known[2])
            if _state(source) == known[:2]:
                loader: Any = cls(known[3], source)
                spec = ModuleSpec(name, loader, origin=source, is_package=known[2])
                if spec.submodule_search_locations is not None:
                    spec.submodule_search_locations.append(os.path.dirname(source))
                return spec
        missed.append(name)
        return None

    def create_module(self, spec: ModuleSpec) -> None:
        """Leave it to Python."""

    def exec_module(self, module: ModuleType) -> None:
        """Fill a module."""
        # As a location of its specification it would make Python work out where bytecode goes.
        module.__file__ = self._source
        exec(self._code, module.__dict__)  # noqa: S102 - what importing is

    def get_code(self, name: str) -> CodeType:  # noqa: ARG002 - as Python calls it
        """The code of the module."""
        return self._code


def made(name: str) -> Module | None:
    """What is to be kept of a module that is imported; None where it has changed since, or is no file here."""
    spec: Any = getattr(sys.modules.get(name), "__spec__", None)
    if spec is None or not hasattr(spec.loader, "get_code"):
        return None
    is_package = spec.submodule_search_locations is not None
    source = _source(name, is_package)
    before = _state(source)
    code = spec.loader.get_code(name)
    if spec.origin != source or before is None or before != _state(source):
        return None
    return (*before, is_package, code)


def _source(name: str, is_package: bool) -> str:
    end = "/__init__.py" if is_package else ".py"
    return kept.PACKAGE + name.removeprefix("packlint").replace(".", "/") + end


def _state(path: str) -> tuple[int, int] | None:
    try:
        seen = os.stat(path)
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size
