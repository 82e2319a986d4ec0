from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.config import Settings
from app.resources import Resources
from app.tasks.celery_app import create_celery
from tests.integration.conftest import confirmations, eventually
from tests.servers import process
from tests.stub import StubServer


@pytest.fixture
def worker_processes(settings: Settings, tmp_path: Path) -> Iterator[None]:
    command = [
        *(sys.executable, "-m", "celery", "-A", "tests.integration.worker_tasks"),
        *("worker", "--pool", "prefork", "--concurrency", "2"),
        *("--without-mingle", "--without-gossip", "--loglevel", "INFO"),
    ]
    project = Path(__file__).parents[2]
    with process(command, tmp_path / "log", cwd=project):
        yield


@pytest.mark.usefixtures("worker_processes")
async def test_work_survives_its_worker_and_duplicates_send_one_message(
    resources: Resources, settings: Settings, paid_order: int, stub: StubServer
) -> None:
    celery = create_celery(settings)
    celery.send_task("tests.die_once")
    celery.close()

    async def survived() -> bool:
        return await resources.redis.get("deliveries") == b"2"

    await eventually(survived)

    stub.gate.clear()
    for _ in range(4):
        await resources.tasks.send_confirmation(paid_order)
    await asyncio.to_thread(stub.arrived.acquire, timeout=30)
    stub.gate.set()

    async def all_done() -> bool:
        redis = resources.redis
        waiting = await redis.llen("celery") or await redis.hlen("unacked")
        return not waiting and await confirmations(resources) == 1

    await eventually(all_done)
    assert len(stub.to("/messages")) == 1


@pytest.mark.usefixtures("worker_processes")
async def test_a_message_that_kills_its_workers_is_given_up(
    resources: Resources, settings: Settings
) -> None:
    celery = create_celery(settings)
    task_id = celery.send_task("tests.die_always").id
    celery.close()

    async def given_up() -> bool:
        redis = resources.redis
        waiting = await redis.llen("celery") or await redis.hlen("unacked")
        return await redis.get(f"deliveries:{task_id}") == b"3" and not waiting

    await eventually(given_up)
    assert await resources.redis.get("deaths") == b"2"
