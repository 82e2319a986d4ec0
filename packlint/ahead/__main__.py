"""Keep everything that can be made ahead: `python -m packlint.ahead`."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from typing import Any

import packlint
from packlint import client, record, regex, schema
from packlint.ahead import expressions, functions, kept, modules


def main() -> int:
    """Keep what belongs to every module of the package; gives the exit code."""
    every = pkgutil.walk_packages(packlint.__path__, "packlint.")
    names = [module.name for module in every if not module.name.endswith("__main__")]
    for name in names:
        importlib.import_module(name)
    for pattern in (*schema.patterns(), *(each.models["id_pattern"] for each in client.clients())):
        regex.of_data(pattern)
    keys: dict[Any, list[Any]] = {
        expressions: [(each.pattern, int(each.flags)) for each in regex.expressions],
        functions: [*record.sources(), *functions.missed],
        modules: names,
    }
    fresh = {(each.KIND, key): each.made(key) for each, found in keys.items() for key in found}
    try:
        kept.keep({key: value for key, value in fresh.items() if value is not None})
    except OSError as error:
        print(f"packlint: nothing is made ahead: {error}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
