"""`python validate.py` is `packlint check`: validate this repository, or the packs given."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
INSTALLED = HERE / ".venv" / "bin" / "python"


def run() -> int:
    """Check the paths given, this repository by default, and return packlint's exit code."""
    try:
        from packlint.cli import main
    except ModuleNotFoundError as error:
        if INSTALLED.exists() and Path(sys.prefix) != HERE / ".venv":
            os.execv(INSTALLED, [str(INSTALLED), __file__, *sys.argv[1:]])  # noqa: S606 - the same script, its own venv
        print(f"validate.py: {error.name} is not installed; run `make` once, then try again", file=sys.stderr)
        return 2
    return main(["check", *(sys.argv[1:] or [str(HERE)])])


if __name__ == "__main__":
    raise SystemExit(run())
