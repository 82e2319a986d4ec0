"""`survey`: where everything is in a FastAPI project, and what a described feature most resembles."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from toolkit import outline
from toolkit.project.overview import Overview

DESCRIPTION = """\
Print what is where in a FastAPI project: layout, versions, entry point, routers with their endpoints, schemas, models,
services, repositories, migrations, tests, configured tools. Files are parsed, nothing is imported, nothing is written.
What was not found is said not to be found. With a feature in words, the code it most resembles comes last."""


def main(argv: Sequence[str]) -> int:
    """Print the survey.

    Args:
        argv: the arguments after `survey`.

    Returns:
        0.

    Raises:
        ToolkitError: there is no project, or there are several.
    """
    given = _parser().parse_args(argv)
    overview = Overview.of(given.project)
    print(outline.write(overview, " ".join(given.feature), given.tokens))
    return 0


def _tokens(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of tokens above 0")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 toolkit survey", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("feature", nargs="*", help='a feature in words: survey "add reviews to products"')
    parser.add_argument("--project", type=Path, default=Path(), help="the project's folder (default: this one)")
    parser.add_argument(
        "--tokens", type=_tokens, default=1000, help="the budget, characters / 4 (default: %(default)s)"
    )
    return parser
