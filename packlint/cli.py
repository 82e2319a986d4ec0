"""The front door: exit codes, what becomes of errors, and results that are still known from an earlier run."""

from __future__ import annotations

import gc
import os
import sys

from packlint.cache.memory import Memory
from packlint.commandline.output import WriteError, put, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

# The exit codes, the same for every format.
CLEAN, FINDINGS, USAGE, INTERRUPTED = 0, 1, 2, 130

COMMANDS = ("check", "inspect", "expand", "fix", "baseline", "rule", "rules", "schema")
HELP = ("-h", "--help", "--version")
# The options that take no value, of each subcommand whose other arguments are paths.
FLAGS = {
    "check": ("--exit-zero", "--no-baseline", "--no-cache", "--statistics", "--strict"),
    "inspect": (),
    "fix": ("--diff", "--no-baseline", "--strict", "--unsafe"),
    "baseline": (),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run packlint.

    Args:
        argv: the arguments without the program's name; where None, those of the process, which is packlint's own then.

    Returns:
        The exit code.
    """
    if argv is None:
        _obey_interrupts()
    if sys.stdout is None or sys.stderr is None:
        _replace_closed_streams()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] not in (*COMMANDS, *HELP):
        arguments = ["check", *arguments]
    try:
        memory = Memory.of(arguments)
        known = memory.recall() if memory is not None else None
        if known is None:
            from packlint import ahead

            if argv is None:
                gc.disable()  # the process ends before it would pay
                ahead.modules.begin()
            from packlint.commandline import subcommands

            code = subcommands.run(arguments, memory)
            ahead.keep_missed()
            return code
        say(known.told)
        put(known.written)
    except BrokenPipeError:
        _abandon_stdout()
        return FINDINGS
    except KeyboardInterrupt:
        return INTERRUPTED
    except WriteError as error:
        _abandon_stdout()
        return complain(f"cannot write the result: {error.reason.strerror or error}")
    return known.code


def run() -> NoReturn:
    """Run packlint as a process of its own, which ends at once: to take it apart takes as long as a file or two.

    Where a debugger, a profiler or a measurement of coverage watches, the process comes to its usual end.
    """
    code = main()
    if _is_watched():
        raise SystemExit(code)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # nobody reads it any more, and `main` has told what there is to tell
            continue
    os._exit(code)


def _is_watched() -> bool:
    monitoring = getattr(sys, "monitoring", None)
    tools = (monitoring.get_tool(number) for number in range(6)) if monitoring is not None else ()
    return bool(sys.gettrace() or sys.getprofile() or any(tools))


def _replace_closed_streams() -> None:
    """Whoever closes stdout or stderr wants to know the exit code alone."""
    nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for the rest of the process
    sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere


def _obey_interrupts() -> None:
    """End this process at once on Ctrl-C: raised as an exception it may be swallowed, or dressed up as another one."""
    # The module around this one makes enumerations of all signals first.
    import _signal  # type: ignore[import-not-found]

    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _end)


def _end(*_: object) -> None:
    abandon = getattr(sys.modules.get("packlint.files.replacing"), "abandon", None)
    if abandon is not None:
        abandon()
    os._exit(INTERRUPTED)


def _abandon_stdout() -> None:
    """Let what is still buffered go nowhere, so that the interpreter does not stumble over it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(message: str) -> int:
    """Say on stderr what is wrong; gives the exit code for that."""
    from packlint.commandline.terminal import printable

    say(f"packlint: {printable(message)}\n")
    return USAGE
