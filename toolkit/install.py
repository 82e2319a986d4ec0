"""`python3 toolkit install DIR`: copies the pack into a project, renews the copy, or takes it out again."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from toolkit.failure import ToolkitError
from toolkit.project_copy import installing
from toolkit.project_copy.record import NAME

PACK = Path(__file__).resolve().parents[1]
_MANIFEST = PACK / ".claude-plugin/plugin.json"
_DONE, _KEPT = 0, 1


def main(arguments: list[str]) -> int:
    """Install or uninstall.

    Returns:
        0 when the project has (or no longer has) the pack, 1 when files were kept that the user changed.

    Raises:
        ToolkitError: the folder cannot take the pack; nothing was changed.
    """
    options = _parser().parse_args(arguments)
    project = _checked(Path(options.directory))
    base = project / ".claude"
    if options.uninstall:
        return _uninstall(base)
    if not _MANIFEST.is_file():
        raise ToolkitError(
            "this is the copy inside a project, good for --uninstall alone: run install from the pack itself"
        )
    if project == PACK or PACK in project.parents:
        raise ToolkitError(f"{project} is the pack itself: give the folder of your project")
    return _install(base, force=options.force)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 toolkit install",
        description="Copy the pack into DIR/.claude. A second run renews the copy and changes nothing else.",
        epilog=f".claude/{NAME} records what was put in. Exit codes: 0 done, 1 files you changed were kept, 2 error.",
    )
    parser.add_argument("directory", metavar="DIR", help="the project, the folder Claude Code is started in")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--force", action="store_true", help="overwrite files that were changed or are not the pack's")
    mode.add_argument("--uninstall", action="store_true", help="take out what was put in, except for changed files")
    return parser


def _checked(directory: Path) -> Path:
    """The project's real folder, which can be written."""
    if not directory.is_dir():
        raise ToolkitError(f"{directory} is {'no folder' if directory.exists() else 'not there'}: give your project")
    project = directory.resolve()
    for folder in (project / ".claude", project):
        if folder.is_dir():
            if not os.access(folder, os.W_OK | os.X_OK):
                raise ToolkitError(f"{folder} cannot be written: give yourself the right to, or choose another folder")
            break
    return project


def _install(base: Path, *, force: bool) -> int:
    plan = installing.install(PACK, base, force=force)
    where = f"fastapi-pack {plan.record.version} in {base}"
    if plan.writes or plan.removals:
        files = len(plan.writes.keys() - {installing.SETTINGS})
        hooks = ", and its hooks" if installing.SETTINGS in plan.writes else ""
        print(f"installed {where}: {_files(files)} written, {len(plan.removals)} removed{hooks}")
    else:
        print(f"{where}: nothing to change")
    for name in plan.kept:
        print(f"kept {base / name}: it is not as this pack made it (--force overwrites it)")
    return _KEPT if plan.kept else _DONE


def _uninstall(base: Path) -> int:
    plan = installing.uninstall(base)
    print(f"took fastapi-pack {plan.record.version} out of {base}: {_files(len(plan.removals))}, and its hooks")
    for name in plan.kept:
        print(f"kept {base / name}: you changed it")
    return _KEPT if plan.kept else _DONE


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"
