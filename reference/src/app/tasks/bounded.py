from __future__ import annotations

import structlog
from celery import Task
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.tasks.runtime import worker_runtime

log = structlog.get_logger(__name__)

_DAY = 86400


class PoisonedMessageError(Exception):
    """A message was delivered too often: whoever takes it dies of it."""


class BoundedTask(Task):
    """A task that gives a message up after so many deliveries.

    One that kills its worker, by the memory it takes, comes back to kill the next.
    """

    MAX_DELIVERIES = 20  # retries are deliveries, too

    def before_start(self, task_id: str, *_: object) -> None:
        """Count the delivery before the work, which may not end.

        Raises:
            PoisonedMessageError: It ends here, as any task that fails.
        """
        runtime = worker_runtime()
        deliveries = runtime.run(_count_delivery(runtime.resources.redis, task_id))
        if deliveries > self.MAX_DELIVERIES:
            raise PoisonedMessageError(task_id)


async def _count_delivery(redis: Redis, task_id: str) -> int:
    key = f"deliveries:{task_id}"
    try:
        async with redis.pipeline() as pipeline:
            pipeline.incr(key)
            pipeline.expire(key, _DAY)
            deliveries, _ = await pipeline.execute()
    except RedisError as exc:
        # Raised, it would lose a message that nobody has looked at.
        log.warning("delivery_not_counted", task_id=task_id, error=repr(exc))
        return 0
    return int(deliveries)
