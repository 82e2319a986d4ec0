from __future__ import annotations

import os
import signal

from redis import Redis

from app.core.config import get_settings
from app.tasks.bounded import BoundedTask
from app.worker import celery_app


@celery_app.task(name="tests.die_once")
def die_once() -> None:
    """Kill the worker process on the first delivery, and succeed on the next."""
    with Redis.from_url(get_settings().redis_url) as redis:
        if redis.incr("deliveries") == 1:
            os.kill(os.getpid(), signal.SIGKILL)


@celery_app.task(name="tests.die_always", base=BoundedTask, MAX_DELIVERIES=2)
def die_always() -> None:
    """Kill the worker process on every delivery."""
    with Redis.from_url(get_settings().redis_url) as redis:
        redis.incr("deaths")
    os.kill(os.getpid(), signal.SIGKILL)
