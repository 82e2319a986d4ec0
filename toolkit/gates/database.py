"""A database that may be thrown away, for migrations: beside the project's own where that is on this machine."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from toolkit.gates import postgres
from toolkit.gates.setting import Setting
from toolkit.inside.placeholders import TOKEN

LOCAL = {"", "localhost", "127.0.0.1", "::1"}
MEND = "give the address of a server with --database-url"
SERVERS = {"postgresql", "mysql", "mariadb"}
SOCKET_DRIVERS = {"", "asyncpg", "psycopg", "psycopg_async", "psycopg2"}

Ask = Callable[..., dict[str, Any]]


class NoDatabaseError(Exception):
    """There is no database to migrate; the text says why, and how to give one."""


@contextmanager
def disposable(setting: Setting, address: str, ask: Ask) -> Iterator[str]:
    """The address of an empty database, which is gone after the block.

    Args:
        setting: the run.
        address: what the project's migrations would use.
        ask: runs `inside/migrate.py` with an action.

    Raises:
        NoDatabaseError: no database can be made.
    """
    given = setting.database_url
    scheme = (given or address).partition("://")[0]
    backend, _, driver = scheme.partition("+")
    name = f"verify_{uuid.uuid4().hex}"
    if backend == "sqlite":
        yield f"{scheme}:///{setting.runner.scratch / name}.sqlite"
        return
    if backend not in SERVERS:
        raise NoDatabaseError(f"no database of the kind {backend!r} can be made here")
    why = _unsuitable(address) if given is None else ""
    if not why:
        made = ask("create", address=given or address, name=name)
        if "failure" not in made:
            try:
                yield made["found"]
            finally:
                ask("drop", address=given or address, name=name)
            return
        why = f"no database can be made on {_shown(given or address)}: {made['failure']['message']}"
        if given is not None:
            raise NoDatabaseError(why)
    if backend != "postgresql" or driver not in SOCKET_DRIVERS:
        raise NoDatabaseError(f"{why}; {MEND}")
    with _own_server(setting, why) as path:
        yield f"{scheme}://{postgres.USER}@{path}"


@contextmanager
def _own_server(setting: Setting, why: str) -> Iterator[str]:
    """The first server that starts, of those whose programs are on this machine."""
    with ExitStack() as stack:
        for place in postgres.binaries(setting.runner.environment):
            try:
                path = stack.enter_context(postgres.server(place))
            except postgres.ServerError as error:
                why = f"{why}; {error}"
            else:
                yield path
                return
        raise NoDatabaseError(f"{why}; {MEND}")


def _unsuitable(address: str) -> str:
    """Why a database of our own should not be made on the project's server."""
    if TOKEN in address:
        return "no address of a database is set"
    parts = urlsplit(re.sub(r"^[^:]+:", "x:", address))
    hosts = [parts.hostname or "", *parse_qs(parts.query).get("host", [])]
    if any(host not in LOCAL and not host.startswith("/") for host in hosts):
        return f"{_shown(address)} is on another machine"
    return ""


def _shown(address: str) -> str:
    """An address without its password and query."""
    return re.sub(r":[^:@/]*@", "@", address.partition("?")[0])
