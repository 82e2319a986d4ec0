"""Brings a project's `.claude` to what the pack has, or back: the record first, then each file in one step."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from toolkit.failure import ToolkitError
from toolkit.project_copy import record, settings
from toolkit.project_copy.record import Record, digest

SETTINGS = "settings.json"
_STAGE = ".fastapi-pack-new"


@dataclass
class Plan:
    """What an install does: `record` is how it ends; `kept` names what the user has changed and keeps."""

    record: Record
    writes: dict[str, bytes] = field(default_factory=dict)
    removals: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def install(pack: Path, base: Path, *, force: bool) -> Plan:
    """Put the pack's files and hooks into a project, or bring them up to date.

    Args:
        pack: the plugin's root.
        base: the project's `.claude`, which need not exist.
        force: overwrite what the user has changed.

    Raises:
        ToolkitError: the record, the settings or a folder stand in the way; nothing was changed.
    """
    old = _record(base)
    plan = _plan(pack, base, old or Record(), force=force)
    if plan.record != old or plan.writes or plan.removals:
        _apply(base, old or Record(), plan)
    return plan


def uninstall(base: Path) -> Plan:
    """Take out what `install` has put in; files that the user has changed stay.

    Raises:
        ToolkitError: nothing was installed here, or the record or the settings cannot be read; nothing was changed.
    """
    old = _record(base)
    if old is None:
        raise ToolkitError(f"nothing was installed in {base}: there is no {record.NAME}")
    _refuse_detours(base, old.files)
    plan = Plan(old)
    _sort_out(base, old, old.files, plan)
    before = _settings(base)
    after = None if before is None else settings.without_hooks(before, old.hooks, old.inserted)
    for name in plan.removals:
        (base / name).unlink()
    if after is not None and old.made_settings and settings.is_empty(after):
        (base / SETTINGS).unlink()
    elif after is not None and after != before:
        _put(base, {SETTINGS: after.encode()})
    shutil.rmtree(base / _STAGE, ignore_errors=True)
    (base / record.NAME).unlink()
    _remove_empty(base, old.folders)
    return plan


def _record(base: Path) -> Record | None:
    _refuse_detours(base, (record.NAME,))
    return record.read(base)


def _plan(pack: Path, base: Path, old: Record, *, force: bool) -> Plan:
    from toolkit.project_copy import rewriting  # a copy, which can only be uninstalled from, does not have it

    wanted = rewriting.copied_files(pack)
    _refuse_detours(base, (*wanted, *old.files))
    version = json.loads((pack / ".claude-plugin/plugin.json").read_bytes())["version"]
    plan = Plan(Record(version, folders=_folders(base, wanted, old)))
    for name, content in wanted.items():
        now, known = _content(base / name), old.files.get(name, [])
        if now is None or now == content or force or digest(now) in known:
            plan.record.files[name] = [digest(content)]
            if now != content:
                plan.writes[name] = content
        else:
            plan.kept.append(name)
            if known:
                plan.record.files[name] = known
    _sort_out(base, old, old.files.keys() - wanted.keys(), plan)
    _plan_settings(base, old, plan, rewriting.copied_hooks(pack), force=force)
    return plan


def _plan_settings(base: Path, old: Record, plan: Plan, hooks: settings.Hooks, *, force: bool) -> None:
    """Add the hooks that are missing, except for those that the user has taken out again."""
    text = _settings(base)
    there = settings.present(text, hooks)
    taken_out = {
        event: [each for each in groups if each in old.hooks.get(event, []) and each not in there[event]]
        for event, groups in hooks.items()
        if old.complete and not force
    }
    wanted = {
        event: [each for each in groups if each not in taken_out.get(event, [])] for event, groups in hooks.items()
    }
    if any(taken_out.values()):
        plan.kept.append(SETTINGS)
    plan.record.hooks = dict(hooks)
    plan.record.made_settings = old.made_settings or text is None
    _, plan.record.inserted = settings.without_pieces(text or "", old.inserted)
    if wanted == there and not any(settings.present(text, _minus(old.hooks, hooks)).values()):
        return
    bare = text and settings.without_hooks(text, old.hooks, old.inserted)
    after, plan.record.inserted = settings.with_hooks(bare, wanted)
    plan.writes[SETTINGS] = after.encode()


def _minus(some: settings.Hooks, others: settings.Hooks) -> settings.Hooks:
    return {event: [each for each in groups if each not in others.get(event, [])] for event, groups in some.items()}


def _sort_out(base: Path, old: Record, names: Iterable[str], plan: Plan) -> None:
    """Files that are to go: those the user has changed are kept."""
    for name in sorted(names):
        content = _content(base / name)
        if content is not None and digest(content) in old.files[name]:
            plan.removals.append(name)
        elif content is not None:
            plan.kept.append(name)


def _apply(base: Path, old: Record, plan: Plan) -> None:
    """Carry out a plan so that a stop at any point leaves whole files, all of them known to the record."""
    new = plan.record
    under_way = Record(
        new.version,
        {name: [*old.files.get(name, []), *new.files.get(name, [])] for name in (*old.files, *new.files)},
        new.folders,
        {event: [*old.hooks.get(event, []), *new.hooks.get(event, [])] for event in (*old.hooks, *new.hooks)},
        [*old.inserted, *new.inserted],
        new.made_settings,
        complete=False,
    )
    _put(base, {record.NAME: under_way.text().encode(), **plan.writes})
    for name in plan.removals:
        (base / name).unlink()
    _put(base, {record.NAME: new.text().encode()})


def _put(base: Path, files: dict[str, bytes]) -> None:
    """Write files below `base`: all of them beside their places first, then each moved there in one step."""
    stage = base / _STAGE
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    try:
        for number, content in enumerate(files.values()):
            (stage / str(number)).write_bytes(content)
        for number, name in enumerate(files):
            place = base / name
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.exists():
                shutil.copymode(place, stage / str(number))
            os.replace(stage / str(number), place)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        _remove_empty(base, ["."])


def _folders(base: Path, names: Iterable[str], old: Record) -> list[str]:
    """The folders that are there for these files alone, with those made before; `.` is the base itself."""
    needed = {str(folder) for name in names for folder in PurePosixPath(name).parents}
    own = {base / name for name in names}
    return sorted({*old.folders, *(name for name in needed if _is_for(base / name, own, base / _STAGE))})


def _is_for(folder: Path, own: set[Path], stage: Path) -> bool:
    """Whether a folder is not there, or holds the pack's files alone, which an earlier install left behind."""
    held = False
    for path in folder.rglob("*"):
        # A stop before the first record leaves the base with the stage alone.
        if path == stage or not path.is_dir():
            if path not in own and stage not in (path, path.parent):
                return False
            held = True
    return held or not folder.exists()


def _remove_empty(base: Path, folders: Iterable[str]) -> None:
    for name in sorted(folders, key=len, reverse=True):
        with suppress(OSError):
            (base / name).rmdir()


def _refuse_detours(base: Path, names: Iterable[str]) -> None:
    """A link in the way would take the files elsewhere, and a file can hold no other."""
    for folder in sorted({base / parent for name in names for parent in PurePosixPath(name).parents}):
        if folder.is_symlink():
            raise ToolkitError(f"{folder} is a symbolic link, and would take the files elsewhere: make it a folder")
        if folder.exists() and not folder.is_dir():
            raise ToolkitError(f"{folder} is no folder: move it away")


def _settings(base: Path) -> str | None:
    path = base / SETTINGS
    if path.is_symlink():
        raise ToolkitError(f"{path} is a symbolic link, and would be replaced by a file: make it one first")
    content = _content(path)
    try:
        return None if content is None else content.decode()
    except UnicodeDecodeError as error:
        raise ToolkitError(f"{path} is not UTF-8 ({error}): mend it first, nothing was changed") from None


def _content(path: Path) -> bytes | None:
    """What a file holds, None where there is none.

    Raises:
        ToolkitError: there is something else than a file.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except IsADirectoryError:
        raise ToolkitError(f"{path} is a folder where a file belongs: move it away") from None
