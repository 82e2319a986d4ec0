from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from comparison import table
from comparison.assembly import assemble
from comparison.cases import load
from comparison.probes import Finding
from tests import servers

PROJECT = Path(__file__).parents[1]
FOLDER = "PACKLINT_SEEDS"
SEEDS = ("000", "002", "003")
ROUTES = {"002": "app/routers", "003": "app/endpoints", "reference": "app/api"}


def main() -> int:
    """Try everything on the seeds and on the reference service.

    Returns 1 if a seed does not fail or the reference service does, 2 without seeds.
    """
    parser = argparse.ArgumentParser(prog="python -m comparison")
    parser.add_argument("--page", type=Path, help="where the table is to be written")
    arguments = parser.parse_args()
    if not os.environ.get(FOLDER):
        say(f"{FOLDER} does not name the folder of the seed documents")
        return 2
    # An unhandled SIGTERM would end this process and leave its servers behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    documents = Path(os.environ[FOLDER])
    found: dict[str, list[Finding | None]] = {}
    with servers.postgresql() as database, servers.redis() as redis:
        for what in (*SEEDS, "reference"):
            with servers.temporary_directory(f"seed-{what}-") as folder:
                source = PROJECT / "src"
                if what != "reference":
                    assemble(what, documents, source := folder / "code")
                found[what] = try_all(what, source, folder, database, redis)
    rows = table.rows(load(), found)
    for row in rows:
        say(row.text if row.expected else f"NOT AS EXPECTED: {row.text}")
    if not all(row.expected for row in rows):
        return 1
    if arguments.page:
        table.write(arguments.page, rows)
    return 0


def try_all(
    what: str, source: Path, folder: Path, server: str, redis: str
) -> list[Finding | None]:
    """Run all probes on one application in a process and a database of its own."""
    url = make_url(server)
    name = f"comparison_{uuid4().hex}"
    asyncio.run(execute(server, f"CREATE DATABASE {name}"))
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PY")}
    environment = kept | {
        "PYTHONPATH": f"{source}{os.pathsep}{PROJECT}",
        "DATABASE_URL": url.set(database=name).render_as_string(hide_password=False),
        "DATABASE_POOL_SIZE": "20",
        "REDIS_URL": redis,
        "JWT_SECRET": uuid4().hex,
        "ARGON2_MEMORY_KIB": "1024",
        "ARGON2_TIME_COST": "1",
        "PAYMENT_URL": "http://127.0.0.1:1",
        "PAYMENT_API_KEY": "key",
        "MAIL_URL": "http://127.0.0.1:1",
    }
    result = folder / "findings.json"
    command = [sys.executable, "-m", "comparison.child", what, str(result)]
    try:
        done = subprocess.run(  # noqa: S603 - the command is ours
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    finally:
        asyncio.run(execute(server, f"DROP DATABASE {name} WITH (FORCE)"))
    if done.returncode:
        sys.exit(f"{what} could not be tried:\n{done.stdout[-4000:]}{done.stderr}")
    findings: list[Finding | None] = json.loads(result.read_text())
    if what not in ROUTES:
        return findings
    errors = return_errors(source, ROUTES[what], folder)
    types: Finding = (errors == 0, f"`[return-value]`: {errors}")
    return [
        types
        if case.probe == "return_types" and what in (case.seed, "reference")
        else finding
        for case, finding in zip(load(), findings, strict=True)
    ]


def return_errors(source: Path, routes: str, folder: Path) -> int:
    """Count the routes that return another type than they declare."""
    command = [
        *(sys.executable, "-m", "mypy", "--strict", "--explicit-package-bases"),
        *("--config-file", os.devnull, "--cache-dir", str(folder / "mypy"), routes),
    ]
    done = subprocess.run(  # noqa: S603 - the command is ours
        command, cwd=source, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        sys.exit(done.stdout + done.stderr)
    return len(re.findall(r"\[return-value\]$", done.stdout, re.MULTILINE))


async def execute(url: str, statement: str) -> None:
    """Run a statement outside of any transaction."""
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


def say(words: str) -> None:
    """Show progress."""
    print(words, flush=True)  # noqa: T201 - the output of a command


if __name__ == "__main__":
    sys.exit(main())
