from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import text

from comparison.probes import Finding, Probe, all_refused, create, created, statuses
from comparison.subject import Subject


@asynccontextmanager
async def held(subject: Subject, lock: str, waiters: int) -> AsyncIterator[None]:
    """Hold a lock until so many requests wait for one.

    They have all read by then and none has written: what a race does now and then,
    happens each time.
    """
    async with subject.engine.connect() as connection:
        await connection.execute(text(lock))
        yield
        query = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        async with asyncio.timeout(30), subject.engine.connect() as watcher:
            while (await watcher.scalar(query) or 0) < waiters:  # noqa: ASYNC110 - PostgreSQL does not tell
                await asyncio.sleep(0.005)
        await connection.rollback()


async def create_race(subject: Subject) -> Finding:
    """Create one row eight times at once."""
    async with held(subject, f"LOCK TABLE {subject.table} IN EXCLUSIVE MODE", 8):
        tasks = [asyncio.create_task(create(subject)) for _ in range(8)]
    found = statuses(await asyncio.gather(*tasks))
    return found == "1 x 201, 7 x 409", found


async def lost_update(subject: Subject) -> Finding:
    """Change one row six times at once, with the ETag if there is one."""
    url = await created(subject)
    read = await subject.client.get(url)
    headers = {"If-Match": read.headers["etag"]} if "etag" in read.headers else {}

    def change(number: int) -> Any:
        body = {"name": f"Change {number}"}
        return asyncio.create_task(
            subject.client.patch(url, json=body, headers=headers)
        )

    row = f"SELECT 1 FROM {subject.table} FOR UPDATE"  # noqa: S608 - the name is ours
    async with held(subject, row, 6):
        tasks = [change(number) for number in range(6)]
    found = statuses(await asyncio.gather(*tasks))
    return found == "1 x 200, 5 x 412", found


async def failed_commit(subject: Subject) -> Finding:
    """Let PostgreSQL refuse at the commit, as a deferred constraint does."""
    async with subject.engine.begin() as connection:
        for statement in (
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN RAISE 'refused at commit'; END $$
            """,
            f"""
            CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON {subject.table}
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()
            """,
        ):
            await connection.execute(text(statement))
    try:
        response = await create(subject)
        rows = await subject.count()
    finally:
        async with subject.engine.begin() as connection:
            await connection.execute(text("DROP FUNCTION refuse CASCADE"))
    kept = "nothing is stored" if rows == 0 else "it is stored"
    return response.status_code == 500, f"{response.status_code}, and {kept}"


async def fill(subject: Subject) -> None:
    """Store many rows."""
    async with subject.engine.begin() as connection:
        await connection.execute(text(subject.fill))


async def page(subject: Subject, **params: Any) -> Any:
    """Ask for a page."""
    return await subject.client.get(subject.url, params=params, follow_redirects=True)


def rows_of(response: Any) -> list[dict[str, Any]]:
    """Take the rows out of a page."""
    body = response.json()
    rows: list[dict[str, Any]] = body if isinstance(body, list) else body["items"]
    return rows


async def large_limit(subject: Subject) -> Finding:
    """Ask for everything."""
    await fill(subject)
    response = await page(subject, limit=10**9)
    words = str(response.status_code)
    if response.is_success:
        words += f" with {len(rows_of(response))} rows"
    return response.status_code == 422, words


async def impossible_numbers(subject: Subject) -> Finding:
    """Ask with numbers that PostgreSQL does not have."""
    return all_refused(
        [
            await page(subject, limit=-1),
            await page(subject, limit=10**30),
            await subject.client.get(f"{subject.url}/{2**70}"),
        ]
    )


async def moving_rows(subject: Subject) -> Finding:
    """Change the first row of the first page, and read the page again."""
    await fill(subject)
    before = [row["id"] for row in rows_of(await page(subject, limit=5))]
    await subject.client.patch(f"{subject.url}/{before[0]}", json={"name": "changed"})
    after = [row["id"] for row in rows_of(await page(subject, limit=5))]
    return before == after, "the same rows" if before == after else "other rows"


DATABASE_PROBES: dict[str, Probe] = {
    probe.__name__: probe
    for probe in (
        create_race,
        lost_update,
        failed_commit,
        large_limit,
        impossible_numbers,
        moving_rows,
    )
}
