"""Run by the project's Python: takes a database that may be thrown away up and down the project's migrations.

migrate.py RESULT REQUEST, where REQUEST is JSON: folder, root, config, section and location as Alembic takes them,
action, and for "run" and "drop" the address of the database. The action "address" connects to nothing: it tells what
address the migrations would use. "create" makes an empty database beside the one of an address, "drop" removes it,
"run" migrates.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from toolkit.inside import loading, schema_of
from toolkit.inside.walking import Walk


class UnseenError(ConnectionError):
    """The connection is made where it cannot be led to another database."""

    def __init__(self) -> None:
        super().__init__("env.py connects without SQLAlchemy's create_engine, so no other database can be given to it")


class Asked(BaseException):
    """The migrations are about to make an engine: the address is known and nothing more has to happen."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def main(result: str, request: dict[str, Any]) -> None:
    """Do what was asked for, and write what came of it."""
    loading.answer(result, request, ACTIONS[request["action"]], connects=True)


def _address(request: dict[str, Any]) -> str:
    def stop(address: Any) -> Any:
        raise Asked(address.render_as_string(hide_password=False))

    with _redirected(stop):
        try:
            _alembic(request, "current")
        except Asked as asked:
            return asked.address
    raise UnseenError


@contextlib.contextmanager
def _redirected(change: Callable[[Any], Any]) -> Any:
    """Let every engine that is made be one of another address."""
    from sqlalchemy.engine import url

    original = url.make_url

    def make_url(given: Any) -> Any:
        return change(original(given))

    url.make_url = make_url
    try:
        yield
    finally:
        url.make_url = original


def _alembic(request: dict[str, Any], *arguments: str) -> str:
    """Run one command of Alembic as its command line does; its output, errors as RuntimeError."""
    from alembic.config import CommandLine

    output = io.StringIO()
    options = [*(["-c", request["config"]] if request["config"] else []), *request["section"]]
    place = Path.cwd()
    os.chdir(request["location"])
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            CommandLine(prog="alembic").main([*options, *arguments])
    except SystemExit as error:
        if error.code:
            raise RuntimeError(output.getvalue().strip() or f"exit code {error.code}") from error
    finally:
        os.chdir(place)
    return output.getvalue()


def _run(request: dict[str, Any]) -> dict[str, Any]:
    from alembic import command as commands
    from sqlalchemy.engine import make_url

    target = make_url(request["address"])
    made = []

    def replace(_: Any) -> Any:
        made.append(target)
        return target

    with _redirected(replace):
        # Reading the current revision changes nothing, and shows whether the redirection holds.
        _alembic(request, "current")
        if not made:
            raise UnseenError
        walk = Walk(lambda *words: _alembic(request, *words), lambda: schema_of.read(target), _revisions(request))
        fine = walk.go(request["changed"])
        found: dict[str, Any] = {"steps": walk.steps, "notes": walk.notes, "fine": fine, "check": None}
        if fine and hasattr(commands, "check"):
            walk.take("check")
            found["check"] = walk.steps.pop()
    return found


def _revisions(request: dict[str, Any]) -> list[dict[str, Any]]:
    """All revisions from the first to the last, with those each follows and the file each is in."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    place = Path.cwd()
    os.chdir(request["location"])
    try:
        section = {"ini_section": request["section"][-1]} if request["section"] else {}
        config = Config(request["config"], **section) if request["config"] else Config(toml_file="pyproject.toml")
        script = ScriptDirectory.from_config(config)
        found = [
            {"name": one.revision, "down": one._versioned_down_revisions, "path": os.path.realpath(one.path)}
            for one in script.walk_revisions()
        ]
    finally:
        os.chdir(place)
    return found[::-1]


def _create(request: dict[str, Any]) -> str:
    """Make an empty database on the server of an address, and tell its address."""
    from sqlalchemy.engine import make_url

    address = make_url(request["address"])
    _execute(address, f"CREATE DATABASE {request['name']}")
    return str(address.set(database=request["name"]).render_as_string(hide_password=False))


def _drop(request: dict[str, Any]) -> None:
    from sqlalchemy.engine import make_url

    force = " WITH (FORCE)" if request["address"].startswith("postgresql") else ""
    _execute(make_url(request["address"]), f"DROP DATABASE IF EXISTS {request['name']}{force}")


def _execute(address: Any, statement: str) -> None:
    """Run one statement outside of a transaction."""
    from sqlalchemy import text

    schema_of.connected(address, lambda connection: connection.execute(text(statement)), isolation_level="AUTOCOMMIT")


ACTIONS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "address": _address,
    "create": _create,
    "drop": _drop,
    "run": _run,
}


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
