"""Findings that were there before: recorded by content, so that only new ones are reported."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

from packlint.commandline.options import UsageError
from packlint.config import BASELINE
from packlint.files.disk import Disk
from packlint.files.filesystem import normal
from packlint.pack import Pack
from packlint.parsing import plain_json
from packlint.problem import Problem
from packlint.rules import RULES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_VERSION = 1
# More findings than this nobody counts; without a bound, a number of thousands of digits could be added up.
_MOST = 1_000_000_000
_WRITE = "run `packlint baseline` to write one"


class BaselineError(UsageError):
    """The baseline cannot be used; the text says why and how to mend it."""


class Entry(NamedTuple):
    """A finding as recorded. `path` counts from the baseline's folder, `content` hashes line and message."""

    path: str
    code: str
    content: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a run found beside a baseline: new findings, and how many known and gone ones."""

    fresh: list[Problem]
    known: int
    gone: int


def load(path: str, disk: Disk) -> Counter[Entry]:
    """The recorded findings and how often each was there.

    Raises:
        BaselineError: the file is missing, damaged, or of another version.
    """
    if disk.kind(path) is None:
        raise BaselineError(f"{path} does not exist; {_WRITE}")
    raw, reason = disk.read(path)
    if reason is not None:
        raise BaselineError(f"{path} cannot be read: {reason}")
    try:
        value = plain_json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"{path} is not a baseline: {error}; {_advice(path)}") from None
    version = value.get("version") if isinstance(value, dict) else None
    findings = value.get("findings") if isinstance(value, dict) else None
    items = findings if type(version) is int and isinstance(findings, list) else None
    if items is not None and version != _VERSION:
        words = f"{path} is a baseline of version {version}, this packlint reads version {_VERSION}"
        raise BaselineError(f"{words}; use the packlint that wrote it, or {_advice(path)}")
    if items is None or not all(_is_entry(item) for item in items):
        raise BaselineError(f"{path} is not a baseline; {_advice(path)}")
    entries: Counter[Entry] = Counter()
    for item in items:
        entries[Entry(item["path"], item["code"], item["content"])] += item["count"]
    return entries


def _advice(path: str) -> str:
    """What to do about a file that cannot be used. Only one of packlint's own name is surely nobody else's."""
    if os.path.basename(path) == BASELINE:
        return f"delete it and {_WRITE}"
    return "give another path with --baseline; `packlint baseline` writes one where there is none"


def _is_entry(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and all(isinstance(item.get(key), str) for key in Entry._fields)
        and type(item.get("count")) is int
        and 0 < item["count"] < _MOST
    )


def compare(
    path: str, problems: Sequence[Problem], packs: Sequence[Pack], codes: Iterable[str], disk: Disk
) -> Comparison:
    """Tell new findings from those that the baseline at `path` holds.

    Args:
        path: the baseline.
        problems: what the run found.
        packs: what it read.
        codes: the rules that ran. What this run did not judge is neither known nor gone.
        disk: reads the baseline.
    """
    recorded = load(path, disk)
    left = Counter(recorded)
    fresh = []
    for problem, entry in zip(problems, _entries(path, problems, packs), strict=True):
        if left[entry] > 0:
            left[entry] -= 1
        else:
            fresh.append(problem)
    beyond = _not_judged(path, recorded, packs, codes, disk)
    gone = sum(count for entry, count in left.items() if entry not in beyond)
    return Comparison(fresh, len(problems) - len(fresh), gone)


def record(path: str, problems: Sequence[Problem], packs: Sequence[Pack], codes: Iterable[str], disk: Disk) -> int:
    """Write the baseline and return how many findings it holds.

    Entries of an older baseline at `path` stay where this run did not judge them.

    Raises:
        BaselineError: what is at `path` is not a baseline.
        OSError: it cannot be written.
    """
    from packlint.files import replacing

    entries = _not_judged(path, load(path, disk), packs, codes, disk) if disk.kind(path) else Counter()
    entries.update(_entries(path, problems, packs))
    lines = [json.dumps({**entry._asdict(), "count": count}) for entry, count in sorted(entries.items())]
    findings = "[\n  " + ",\n  ".join(lines) + "\n ]" if lines else "[]"
    text = f'{{\n "version": {_VERSION},\n "findings": {findings}\n}}\n'
    real = os.path.realpath(path)
    replacing.clear([os.path.dirname(real)])
    replacing.replace_file(real, text)
    return entries.total()


def _entries(path: str, problems: Sequence[Problem], packs: Sequence[Pack]) -> list[Entry]:
    from packlint import fingerprint

    names = {problem.path: _below(path, problem.path) for problem in problems}
    contents = fingerprint.contents(problems, packs)
    return [
        Entry(names[problem.path], problem.code, content) for problem, content in zip(problems, contents, strict=True)
    ]


def _not_judged(
    path: str, entries: Counter[Entry], packs: Sequence[Pack], codes: Iterable[str], disk: Disk
) -> Counter[Entry]:
    """Entries of files that exist and were not read, and of rules that exist and did not run."""
    read = {_below(path, file.shown) for pack in packs for file in pack.files if pack.is_wanted(file)}
    idle = set(RULES).difference(codes)
    unread = {name for name in {entry.path for entry in entries} - read if disk.kind(_beside(path, name)) is not None}
    return Counter({entry: n for entry, n in entries.items() if entry.code in idle or entry.path in unread})


def _beside(path: str, name: str) -> str:
    return normal(os.path.join(os.path.abspath(os.path.dirname(path)), name))


def _below(path: str, shown: str) -> str:
    """A reported path, counted from the baseline's folder instead of the folder packlint was started in."""
    return os.path.relpath(shown, os.path.dirname(path) or ".").replace(os.sep, "/")
