"""Runs the selected rules over packs."""

from __future__ import annotations

import gc

from packlint import signs, workers
from packlint.cache.judged import Judged
from packlint.rules import ALONE, BY_TEXT, RULES, TOGETHER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from packlint.cache.judged import Files
    from packlint.config import Settings
    from packlint.document import Document
    from packlint.pack import File, Pack
    from packlint.problem import Finding, Problem
    from packlint.rules import Row, Rule

_UNREADABLE = "FM000"
_SUPPRESSIONS = "SU001"
# Of one rule in one file; what is written to be tiresome would otherwise take hours and gigabytes to report.
_MOST_FINDINGS = 1_000


def check(
    packs: Iterable[Pack],
    settings: Settings,
    progress: Callable[[int], None] | None = None,
    jobs: int | None = None,
    known: Files | None = None,
) -> list[Problem]:
    """Every problem of the packs, sorted by place.

    A file's text is read, judged by the rules that one file is enough for, and forgotten; it is read again only where a
    rule that knows the whole pack might have something to say of it.

    Args:
        packs: what to look at.
        settings: which rules run.
        progress: called with how many more files are being judged, in this process alone.
        jobs: how many processes share the work; as many as pay where None.
        known: what files came to in an earlier run, and where it is kept what they come to in this one.
    """
    found: dict[tuple[object, ...], list[Problem]] = {}
    judged: set[tuple[str, str]] = set()
    collects = gc.isenabled()
    gc.disable()  # files are forgotten one by one, and nothing in them refers to itself
    try:
        for pack in packs:
            for problem in _Run(pack, settings, judged, progress, jobs, known).problems():
                same = found.setdefault(problem.order, [])
                if problem not in same:
                    same.append(problem)
    finally:
        if collects:
            gc.enable()
    return [problem for order in sorted(found) for problem in found[order]]


class _Run:
    """One pack under one selection of rules. `judged` are files, each with the root that it was judged for."""

    def __init__(
        self,
        pack: Pack,
        settings: Settings,
        judged: set[tuple[str, str]],
        progress: Callable[[int], None] | None,
        jobs: int | None,
        known: Files | None,
    ) -> None:
        self._pack = pack
        self._settings = settings
        pack.own_keys = settings.own_keys
        self._judged = judged
        self._progress = progress
        self._step = 1
        self._jobs = jobs
        self._known = known
        self._codes = settings.codes()
        self._alone = _Choice(self._codes, ALONE)
        self._together = _Choice(self._codes, TOGETHER)
        self._shown: dict[int, frozenset[str]] = {}

    def problems(self) -> Iterator[Problem]:
        """Every problem of the pack, in no order."""
        pack = self._pack
        pack.disk.judge("")
        # What a pack's documents are is known when its agents and commands are.
        yield from self._all_alone([*pack.loaded])
        yield from self._all_alone([*pack.strays, *pack.documents, *pack.manifests])
        pack.disk.judge(None)
        for file in pack.files:
            if pack.is_wanted(file):
                yield from self._judge_together(file)

    def _all_alone(self, files: Sequence[File]) -> Iterator[Problem]:
        pack, disk = self._pack, self._pack.disk
        results = {id(file): found for file in files if (found := self._recall(file)) is not None}
        fresh = [file for file in files if id(file) not in results]
        self._step = workers.processes(len(fresh), self._jobs)
        judged = workers.spread(
            fresh, self._judge_alone, self._jobs, begin=self._begin_elsewhere, end=disk.seen, join=disk.take_over
        )
        results.update((id(file), found) for file, found in zip(fresh, judged, strict=True))
        for file in files:
            found = results.pop(id(file))
            self._shown[id(file)] = found.shown
            if self._known is not None:
                self._known.add(file, pack, found)
            self._judged.add((file.location, pack.location))
            pack.learn(file, found.gist)
            yield from found.problems

    def _begin_elsewhere(self) -> None:
        # The first process speaks for all: they get on alike.
        self._progress = None
        self._pack.disk.start_anew()

    def _recall(self, file: File) -> Judged | None:
        found = self._known.recall(file, self._pack) if self._known is not None else None
        usable = found is not None and (found.is_whole or (file.location, self._pack.location) in self._judged)
        return found if usable else None

    def _judge_alone(self, file: File) -> Judged:
        if self._progress is not None:
            self._progress(self._step)
        self._pack.disk.judge(file.location)
        shown: frozenset[str] = frozenset()
        problems: list[Problem] = []
        is_whole = (file.location, self._pack.location) not in self._judged
        if self._pack.is_wanted(file):
            shown = frozenset(signs.of(file, self._pack))
            if signs.SUPPRESSION not in shown:
                rules = self._alone.of(shown)
                if not is_whole:
                    rules = [rule for rule in rules if rule.CODE not in BY_TEXT]
                problems = list(self._ask(file, rules))
        found = Judged(shown, problems, self._pack.gist(file), is_whole)
        file.release()
        self._pack.disk.judge("")
        return found

    def _judge_together(self, file: File) -> Iterator[Problem]:
        """What the rest of the pack makes of a file; all rules, where comments in it silence some."""
        shown = self._shown[id(file)]
        rules = self._together.of(shown | signs.in_pack(file, self._pack))
        if signs.SUPPRESSION in shown:
            yield from self._ask_around_suppressions(file, [*self._alone.of(shown), *rules])
        else:
            yield from self._ask(file, rules)
        file.release()

    def _ask(self, file: File, rules: Sequence[Rule]) -> Iterator[Problem]:
        for rule in self._asked(file, rules):
            for finding in _first(rule.check(file, self._pack)):
                yield self._problem(file.document, rule, finding)

    def _ask_around_suppressions(self, file: File, rules: Sequence[Rule]) -> Iterator[Problem]:
        from packlint import suppression

        document = file.document
        found = suppression.find(document, self._pack.client)
        for rule in self._asked(file, rules):
            for finding in suppression.apply(found, document, rule.CODE, _first(rule.check(file, self._pack))):
                yield self._problem(document, rule, finding)
        if _SUPPRESSIONS in self._codes and not _SUPPRESSIONS.startswith(self._settings.ignored_for(file.shown)):
            for finding in suppression.faults(found, self._codes):
                yield self._problem(document, RULES[_SUPPRESSIONS], finding)

    def _asked(self, file: File, rules: Sequence[Rule]) -> Iterator[Rule]:
        ignored = self._settings.ignored_for(file.shown) if rules else ()
        for rule in rules:
            unable = file.kind not in rule.KINDS or (file.unreadable is not None and rule.CODE != _UNREADABLE)
            if not unable and not rule.CODE.startswith(ignored):
                yield rule

    def _problem(self, document: Document, rule: Rule, finding: Finding) -> Problem:
        from packlint.problem import PlacedEdit, Problem

        edits = finding.fix.edits if finding.fix else ()
        return Problem(
            path=document.shown,
            place=document.place(finding.start, finding.end),
            code=rule.CODE,
            name=rule.NAME,
            severity=finding.severity or rule.SEVERITY,
            message=finding.message,
            consequence=self._pack.client.named(finding.consequence),
            fix=finding.fix if document.is_mendable else None,
            edits=tuple(PlacedEdit(document.place(edit.start, edit.end), edit.text) for edit in edits),
        )


class _Choice:
    """The rules of one table that could speak where certain signs show; most files show the same few."""

    def __init__(self, codes: Iterable[str], rows: Mapping[str, Row]) -> None:
        self._by_sign: dict[str, list[str]] = {}
        for code in codes:
            for sign in rows[code][1] if code in rows else ():
                self._by_sign.setdefault(sign, []).append(code)
        self._known: dict[frozenset[str], list[Rule]] = {}

    def of(self, shown: frozenset[str]) -> list[Rule]:
        known = self._known.get(shown)
        if known is None:
            codes = {code for sign in shown for code in self._by_sign.get(sign, ())}
            known = self._known[shown] = [RULES[code] for code in sorted(codes)]
        return known


def _first(findings: Iterator[Finding]) -> Iterator[Finding]:
    """The findings of one rule in one file, as many as anybody may want to read; the last says that there are more."""
    last = next(findings, None)
    for _ in range(_MOST_FINDINGS - 1):
        if last is None:
            return
        yield last
        last = next(findings, None)
    if last is not None:
        from packlint.problem import Finding

        more = "" if next(findings, None) is None else "; more of this kind follow, which are left out"
        yield Finding(last.start, last.end, last.message + more, last.consequence, last.fix, last.severity)
