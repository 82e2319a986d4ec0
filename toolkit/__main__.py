"""`python3 toolkit NAME ...`: finds the command, and turns every error into one line.

This file must parse on older versions of Python, which get to know here what they lack.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

COMMANDS = {
    "survey": "what is where in a FastAPI project, and what a described feature most resembles",
    "verify": "run the project's own gates, and say for each: passed, failed, not configured, not run",
    "hub": "write or check systemArchitecture.md, api_spec.md and database_schema.md from the running code",
    "install": "copy the pack into a project, or take it out again",
}
OLDEST = (3, 11)
RETRIED = "FASTAPI_PACK_PYTHON_SOUGHT"
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
USAGE = 2
INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Run one command.

    Args:
        arguments: the command's name and its own arguments.

    Returns:
        0 when all is well, 1 when a gate failed or a document is stale, 2 after a usage or environment error.
    """
    if sys.version_info < OLDEST:
        _go_on_with_a_newer_python(arguments)
        here = ".".join(map(str, sys.version_info[:2]))
        return _complain(f"Python 3.11 or newer is needed, this is {here}: run it with the project's own python")
    name = arguments[0] if arguments else ""
    if name in ("", "-h", "--help"):
        print(_help())
        return 0 if name else USAGE
    if name not in COMMANDS:
        return _complain(f"no command is called {name!r}: choose one of {', '.join(COMMANDS)}")
    return _run(name, arguments[1:])


def _go_on_with_a_newer_python(arguments: list[str]) -> None:
    """Become the Python of the environment in this folder, or one on the path; return where none is new enough."""
    import shutil
    import subprocess

    if RETRIED in os.environ:
        return
    os.environ[RETRIED] = "1"  # whatever is started below does not come back here
    near = [os.path.join(folder, "bin", "python") for folder in (".venv", "venv")]
    for python in [*filter(os.path.exists, near), *filter(None, map(shutil.which, NEWER))]:
        # A name on the path may stand for a version that is not there.
        asked = [python, "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})"]
        if subprocess.run(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0:
            os.execv(python, [python, os.path.dirname(os.path.abspath(__file__)), *arguments])


def _run(name: str, arguments: list[str]) -> int:
    import gc
    import importlib

    # Parsing makes many objects and no garbage; looking for some takes as long as the parsing.
    gc.disable()

    here = os.path.dirname(os.path.abspath(__file__))
    # The folder of this file is no place to import from, and its parent goes before any package of that name elsewhere.
    sys.path[:] = [os.path.dirname(here), *(path for path in sys.path if os.path.abspath(path) != here)]
    # Nothing is left beside the pack's files, which may be read-only or in the user's project.
    sys.dont_write_bytecode = True

    from toolkit.failure import NewerPythonError, ToolkitError

    try:
        return _told(importlib.import_module(f"toolkit.{name}").main, arguments)
    except NewerPythonError as error:
        python = str(error)
        os.execv(python, [python, here, name, *arguments])
    except ToolkitError as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _complain(f"{error.filename or 'the system refused'}: {error.strerror or error}")
    except Exception as error:  # noqa: BLE001 - whatever a project holds, the answer is a line and a documented code
        return _complain(_defect(error))


def _told(command: Callable[[list[str]], int], arguments: list[str]) -> int:
    """Run a command, and print what it says when it ends: the code is its own, whether anybody reads on or not."""
    import contextlib
    import io

    said = io.StringIO()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a path may have letters that the terminal does not know
    try:
        with contextlib.redirect_stdout(said):
            return int(command(arguments))
    finally:
        try:
            sys.stdout.write(said.getvalue())
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _help() -> str:
    commands = [f"  {name:8} {what}" for name, what in COMMANDS.items()]
    return "\n".join(
        [
            "usage: python3 toolkit NAME [ARGUMENTS]",
            "",
            *commands,
            "",
            "`python3 toolkit NAME --help` says more. Exit codes: 0 fine, 1 a gate failed or a document is stale,",
            "2 usage or environment error.",
        ]
    )


def _defect(error: Exception) -> str:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" at {os.path.basename(place.tb_frame.f_code.co_filename)}:{place.tb_lineno}" if place else ""
    return f"internal error, please report it: {type(error).__name__}{where}: {error}"


def _complain(message: str) -> int:
    print("toolkit:", " ".join(message.split()), file=sys.stderr)
    return USAGE


def _remove_bytecode() -> None:
    """Take away what Python has written for this file before its first line could forbid it."""
    from pathlib import Path

    cached = getattr(__spec__, "cached", None)
    try:
        if cached and not sys.dont_write_bytecode:
            Path(cached).unlink()
            Path(cached).parent.rmdir()
    except OSError:
        pass  # there is none, or others are beside it


if __name__ == "__main__":
    _remove_bytecode()
    sys.exit(main(sys.argv[1:]))
