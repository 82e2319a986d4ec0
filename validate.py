"""`python validate.py` is `packlint check`: validate this repository, or the packs given."""

from __future__ import annotations

import os
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
ENVIRONMENT = os.path.join(HERE, ".venv")
INSTALLED = os.path.join(ENVIRONMENT, "bin", "python")


def run() -> int:
    """Check the paths given, by default this repository, and end as packlint does.

    Returns:
        The exit code where packlint is not there.
    """
    try:
        from packlint import cli
    except ModuleNotFoundError as error:
        if os.path.exists(INSTALLED) and sys.prefix != ENVIRONMENT:
            os.execv(INSTALLED, [INSTALLED, __file__, *sys.argv[1:]])  # noqa: S606 - the same script, its own venv
        print(f"validate.py: {error.name} is not installed; run `make` once, then try again", file=sys.stderr)
        return 2
    arguments = ["check", *sys.argv[1:]]
    sys.argv[1:] = arguments + [HERE] * _names_nothing(arguments)
    return cli.run()


def _names_nothing(arguments: list[str]) -> bool:
    from packlint.commandline import options

    given = options.read(arguments)
    return not given.paths and given.stdin_filename is None


if __name__ == "__main__":
    raise SystemExit(run())
