from __future__ import annotations

import asyncio
import queue
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from celery.beat import Scheduler
from celery.contrib.testing.worker import start_worker
from celery.signals import task_postrun, worker_process_shutdown
from redis import Redis
from sqlalchemy import delete, text, update

from app.clients.mail import MailUnavailableError
from app.core.config import Settings, get_settings
from app.models import Confirmation
from app.resources import Resources
from app.services.confirmation import ConfirmationService
from app.tasks.bounded import BoundedTask
from app.tasks.celery_app import create_celery
from app.tasks.confirmation import deliver
from app.tasks.queue import SEND_CONFIRMATION
from app.tasks.runtime import WorkerRuntime
from tests.integration.conftest import confirmations, waiting_for_lock
from tests.stub import StubServer

Runs = queue.Queue[str]


# region: real-worker
@pytest.fixture
def worker(settings: Settings) -> Iterator[Runs]:
    """Run a real worker on the real broker, and report how each run of a task ends."""
    runs: Runs = queue.Queue()

    def report(state: str, **_: object) -> None:
        runs.put(state)

    task_postrun.connect(report)
    # In a thread of this process: coverage sees the tasks, and the runtime is ours.
    celery = create_celery(settings)
    with start_worker(celery, perform_ping_check=False, shutdown_timeout=30):
        yield runs
    # The pool of a test has no processes whose end would send this.
    for _ in range(2):
        worker_process_shutdown.send(sender=None)
    celery.close()
    task_postrun.disconnect(report)


async def next_state(runs: Runs) -> str:
    return await asyncio.to_thread(runs.get, timeout=30)


# endregion: real-worker


# region: retry-test
async def test_a_failed_delivery_is_tried_again_until_it_succeeds(
    worker: Runs, resources: Resources, paid_order: int, stub: StubServer
) -> None:
    stub.statuses.extend([503, 429])
    await resources.tasks.send_confirmation(paid_order)
    assert [await next_state(worker) for _ in range(3)] == ["RETRY", "RETRY", "SUCCESS"]
    assert await confirmations(resources) == 1
    await resources.tasks.send_confirmation(paid_order)
    assert await next_state(worker) == "SUCCESS"
    assert len(stub.to("/messages")) == 3


# endregion: retry-test


async def test_a_delivery_that_loses_its_connection_is_tried_again(
    worker: Runs, resources: Resources, paid_order: int
) -> None:
    async with resources.database.engine.begin() as connection:
        await connection.execute(text("LOCK TABLE confirmations"))
        await resources.tasks.send_confirmation(paid_order)
        await waiting_for_lock(resources)
        waiting = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted"
        await connection.execute(text(waiting))
        assert await next_state(worker) == "RETRY"
    assert await next_state(worker) == "SUCCESS"


def test_a_time_limit_ends_what_it_strikes(environment: None) -> None:
    class Limit(Exception):  # noqa: N818 - Celery's own has no Error in its name either
        pass

    def strike(*_: object) -> None:
        raise Limit

    ends: list[str] = []

    async def work() -> None:
        try:
            await asyncio.sleep(0.5)
            ends.append("went on")
        except asyncio.CancelledError:
            ends.append("cancelled")
            raise

    runtime = WorkerRuntime(get_settings())
    before = signal.signal(signal.SIGALRM, strike)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        with pytest.raises(Limit):
            runtime.run(work())
        assert ends == ["cancelled"]
        runtime.run(asyncio.sleep(0.6))
    finally:
        signal.signal(signal.SIGALRM, before)
        runtime.close()
    assert ends == ["cancelled"]


async def test_a_bug_is_not_tried_again(
    worker: Runs,
    resources: Resources,
    paid_order: int,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> None:
    async def broken(self: object, order_id: int) -> bool:
        raise TypeError

    monkeypatch.setattr(ConfirmationService, "send", broken)
    await resources.tasks.send_confirmation(paid_order)
    assert await next_state(worker) == "FAILURE"
    with Redis.from_url(settings.redis_url) as redis:
        assert redis.llen("celery") == 0


# region: duplicate-delivery-test
async def test_two_simultaneous_deliveries_send_one_message(
    resources: Resources, paid_order: int, stub: StubServer
) -> None:
    stub.gate.clear()
    first = asyncio.create_task(deliver(resources, paid_order))
    await asyncio.to_thread(stub.arrived.acquire)
    second = asyncio.create_task(deliver(resources, paid_order))
    # The first is in the middle of sending, the second has found its claim.
    await waiting_for_lock(resources)
    stub.gate.set()
    results = await asyncio.gather(first, second)
    assert [result["status"] for result in results] == ["sent", "not owed"]
    assert len(stub.to("/messages")) == 1
    assert await confirmations(resources) == 1


# endregion: duplicate-delivery-test


async def test_the_second_delivery_takes_over_when_the_first_fails(
    resources: Resources, paid_order: int, stub: StubServer
) -> None:
    stub.gate.clear()
    stub.statuses.extend([503, 200])
    first = asyncio.create_task(deliver(resources, paid_order))
    await asyncio.to_thread(stub.arrived.acquire)
    second = asyncio.create_task(deliver(resources, paid_order))
    await waiting_for_lock(resources)
    stub.gate.set()
    results = await asyncio.gather(first, second, return_exceptions=True)
    assert isinstance(results[0], MailUnavailableError)
    assert results[1] == {"order_id": paid_order, "status": "sent"}
    assert await confirmations(resources) == 1


async def test_an_order_that_is_not_paid_is_not_confirmed(
    resources: Resources, paid_order: int, stub: StubServer
) -> None:
    async with resources.database.unit_of_work() as uow:
        await uow.session.execute(delete(Confirmation))
    assert (await deliver(resources, paid_order))["status"] == "not owed"
    assert stub.requests == []


async def test_the_message_names_the_customer_and_the_total(
    resources: Resources, paid_order: int, stub: StubServer
) -> None:
    await deliver(resources, paid_order)
    assert stub.to("/messages") == [
        {
            "to": "a@example.com",
            "subject": f"Your order {paid_order}",
            "text": "Thank you, Ada. We have received 5.00 EUR.",
        }
    ]


async def test_a_message_that_was_delivered_too_often_is_given_up(
    worker: Runs, resources: Resources, paid_order: int, settings: Settings
) -> None:
    await resources.redis.set("deliveries:poison", BoundedTask.MAX_DELIVERIES - 1)
    # An outage of the counter must not lose a message.
    await resources.redis.sadd("deliveries:uncounted", "x")
    celery = create_celery(settings)
    for task_id in ("poison", "poison", "uncounted"):
        celery.send_task(SEND_CONFIRMATION, args=(paid_order,), task_id=task_id)
    celery.close()
    states = [await next_state(worker) for _ in range(3)]
    assert states == ["SUCCESS", "FAILURE", "SUCCESS"]


# region: schedule-test
def test_what_beat_starts_is_a_task(settings: Settings) -> None:
    celery = create_celery(settings)
    celery.loader.import_default_modules()
    scheduled = {entry["task"] for entry in celery.conf.beat_schedule.values()}
    assert scheduled <= set(celery.tasks)


async def test_the_schedule_finds_what_was_never_queued(
    worker: Runs, resources: Resources, paid_order: int, settings: Settings
) -> None:
    async with resources.database.unit_of_work() as uow:
        paid_at = datetime.now(UTC) - timedelta(hours=1)
        await uow.session.execute(update(Confirmation).values(queued_at=paid_at))
    celery = create_celery(settings)
    beat = Scheduler(celery, lazy=True)
    beat.setup_schedule()
    beat.apply_async(beat.schedule["resend-confirmations"])
    celery.close()
    assert [await next_state(worker) for _ in range(2)] == ["SUCCESS", "SUCCESS"]
    assert await confirmations(resources) == 1


# endregion: schedule-test


def test_the_broker_waits_longer_than_a_task_may_run(settings: Settings) -> None:
    conf = create_celery(settings).conf
    visibility_timeout = conf.broker_transport_options["visibility_timeout"]
    assert conf.task_soft_time_limit < conf.task_time_limit < visibility_timeout
