"""`hub`: the three documents of a project's Documentation Hub, written from what the running code says."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from toolkit.documents import api, architecture, database
from toolkit.documents.sections import Page, is_by_hand, updated
from toolkit.failure import ToolkitError
from toolkit.inside.placeholders import TOKEN
from toolkit.project import environment, folder
from toolkit.project.overview import Overview
from toolkit.project.parts import is_document
from toolkit.project.sources import dotted_name
from toolkit.running.asking import ask
from toolkit.running.command import Runner

FILES = (architecture.FILE, api.FILE, database.FILE)
SECONDS = 120.0
_MOST_NAMED = 3
NO_TABLES = "the code defines no tables of SQLAlchemy"
DESCRIPTION = f"""\
Write {", ".join(FILES)} from the code: the OpenAPI document of the application,
the tables of the SQLAlchemy models with a diagram, and who imports whom. Only what stands between the markers
"generated:begin" and "generated:end" is written; everything else in the files is kept. With --check nothing is written:
each section that is not up to date is named, and the exit code is 1.

A file without such markers is written by hand. It is named and left alone, no missing file is added beside it, and
neither is stale. With --adopt it gets generated sections at its end, and the missing files are written, too.

The files go to the folder where one of them is already, else to docs/. The application and the models are imported by
the project's own Python; settings without a value get placeholders, and nothing is connected to."""
EXIT_CODES = "Exit codes: 0 up to date or written, 1 stale (--check), 2 usage or environment error."


def main(argv: Sequence[str]) -> int:
    """Write the documents, or check them.

    Args:
        argv: the arguments after `hub`.

    Returns:
        1 when a document is stale and only checked, else 0.

    Raises:
        ToolkitError: there is no project, its code cannot be imported, or markers do not pair.
    """
    given = _parser().parse_args(argv)
    overview = Overview.of(given.project)
    target = _target(overview.folder, given.folder)
    if overview.unread:
        print(f"unread: {overview.unread}")
    left = {} if given.adopt else _left_alone(target)
    for file, why in left.items():
        print(f"{_shown(target / file, overview.folder)}: {why}")
    pages, missing = _pages(overview, [file for file in FILES if file not in left])
    stale = [one for page in pages for one in _handled(page, target, overview.folder, check=given.check)]
    if missing:
        raise ToolkitError("; ".join(missing))
    if pages and not stale:
        print(f"up to date: {', '.join(page.file for page in pages)} in {_shown(target, overview.folder)}")
    return int(bool(stale) and given.check)


def _left_alone(target: Path) -> dict[str, str]:
    """The documents that nobody asked to generate, each with the reason: by hand, or missing beside one by hand."""
    by_hand = [file for file in FILES if is_by_hand(target / file)]
    if not by_hand:
        return {}
    missing = [file for file in FILES if not (target / file).exists()]
    return {
        **dict.fromkeys(by_hand, "left alone, it has no markers and so is written by hand (--adopt adds sections)"),
        **dict.fromkeys(missing, "not written, a document beside it is written by hand (--adopt writes it)"),
    }


def _handled(page: Page, target: Path, project: Path, *, check: bool) -> Iterator[str]:
    """Write a document where that is wanted, and say what is or was stale in it."""
    path = target / page.file
    text, old, stale = updated(page, path)
    if text != old and not check:
        target.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    for one in stale:
        print(f"{_shown(path, project)}: {one}{'' if check else '; now written'}")
        yield one


def _pages(overview: Overview, wanted: Sequence[str]) -> tuple[list[Page], list[str]]:
    """Those of the wanted documents that can be written, and why the others cannot."""
    pages, missing = [], []
    unparsed = f"cannot be made: this Python cannot parse {', '.join(overview.unparsed[:_MOST_NAMED])}"
    if architecture.FILE in wanted and overview.unparsed:
        missing.append(f"{architecture.FILE} {unparsed}")
    elif architecture.FILE in wanted:
        pages.append(architecture.page(overview))
    with tempfile.TemporaryDirectory(prefix="hub-") as scratch:
        runner = Runner(overview.folder, environment.find(overview.folder), Path(scratch), Path(scratch), SECONDS)
        sources: tuple[tuple[str, dict[str, Any] | None, Callable[[Any], Page]], ...] = (
            (api.FILE, _application_request(overview), api.page),
            (database.FILE, _models_request(overview), database.page),
        )
        for file, request, make in sources:
            if file not in wanted:
                continue
            if request is None and overview.unparsed:
                missing.append(f"{file} {unparsed}")
                continue
            if request is None:
                print(f"{file}: left out, {_lacking(overview) if file == api.FILE else NO_TABLES}")
                continue
            answer = ask(runner, "describe", {"folder": str(overview.folder), **request}, overview.folder)
            if "failure" in answer:
                missing.append(f"{file} cannot be made: {answer['failure']['message']} ({_by(runner, answer)})")
            else:
                pages.append(_honest(make(answer["found"]), answer["placeholders"]))
    return pages, missing


def _by(runner: Runner, answer: dict[str, Any]) -> str:
    """What may be to blame when code cannot be imported: the Python it was tried with, and settings without a value."""
    own = "" if runner.environment.own else ", for the project's environment was not found"
    unset = ", ".join(answer.get("placeholders") or ())
    return f"with {runner.environment.python}{own}{f'; not set: {unset}' if unset else ''}"


def _honest(page: Page, placeholders: list[str]) -> Page:
    """The page, provided that no placeholder found its way into it.

    Raises:
        ToolkitError: one did.
    """
    for section in page.sections:
        if TOKEN in section.text:
            raise ToolkitError(
                f"{page.file}: {section.name} shows settings that have no value: set {', '.join(placeholders)}"
            )
    return page


def _lacking(overview: Overview) -> str:
    if overview.application:
        return f"{overview.application.spec} needs arguments: a function without any that calls it would do"
    return "the code defines no application"


def _application_request(overview: Overview) -> dict[str, Any] | None:
    found = overview.application
    if found is None or found.needs:
        return None
    names = {"import_name": found.import_name, "variable": found.variable, "factory": found.factory}
    return {"what": "openapi", "root": str(found.root), **names}


def _models_request(overview: Overview) -> dict[str, Any] | None:
    models = [part for part in overview.parts if part.kind == "model" and not is_document(overview.names, part)]
    modules = dict.fromkeys(part.module.path for part in models)
    if not modules:
        return None
    places = [overview.sources.import_name(path) for path in modules]
    root = overview.application.root if overview.application else places[0][0]
    names = [_seen_from(root, overview, path) or name for path, (_, name) in zip(modules, places, strict=True)]
    return {"what": "tables", "root": str(root), "modules": names}


def _seen_from(root: Path, overview: Overview, path: Path) -> str:
    """What a file is called where the application is imported from; nothing where other imports call it otherwise."""
    if root not in path.parents or overview.sources.imported_from(path) not in (None, root):
        return ""
    return dotted_name(path, root)


def _target(project: Path, given: Path | None) -> Path:
    """The folder given, else the one that has a document already, else docs/."""
    if given is not None:
        return given.resolve()
    for place in (project / "docs", project, *folder.below(project, folder.DEEPEST)):
        if any((place / file).is_file() for file in FILES):
            return place
    return project / "docs"


def _shown(path: Path, project: Path) -> str:
    return path.relative_to(project).as_posix() if project in path.parents else str(path)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 toolkit hub",
        description=DESCRIPTION,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--project", type=Path, default=Path(), help="the project's folder (default: this one)")
    parser.add_argument("--folder", type=Path, help="where the documents are (default: see above)")
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 when a section is stale")
    parser.add_argument(
        "--adopt", action="store_true", help="generate into files written by hand, and write those missing beside them"
    )
    return parser
