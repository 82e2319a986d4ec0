from __future__ import annotations

from celery import Celery

from app.core.config import Settings


# region: celery-settings
def create_celery(settings: Settings) -> Celery:
    """Configure Celery for work that must not be lost.

    A message is acknowledged when its task has ended, not when it starts, and goes
    back to the queue when the worker process dies. It also reappears once it has been
    out for `visibility_timeout`, which therefore exceeds the time limit and every
    wait before a retry.
    """
    celery = Celery(
        "app", broker=settings.redis_url, include=["app.tasks.confirmation"]
    )
    celery.conf.update(
        broker_transport_options={"visibility_timeout": 3600},
        broker_connection_retry_on_startup=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_soft_time_limit=30,
        task_time_limit=45,
        task_ignore_result=True,
        task_publish_retry_policy={"max_retries": 1, "interval_start": 0.1},
        worker_prefetch_multiplier=1,
    )
    return celery


# endregion: celery-settings
