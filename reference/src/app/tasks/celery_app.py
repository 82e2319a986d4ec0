from __future__ import annotations

from datetime import timedelta

from celery import Celery

from app.core.config import Settings
from app.tasks.queue import RESEND_CONFIRMATIONS

# region: beat-schedule
BEAT_SCHEDULE = {
    "resend-confirmations": {
        "task": RESEND_CONFIRMATIONS,
        "schedule": timedelta(minutes=5),
        # Without a worker they would pile up; the next one does the work of all.
        "options": {"expires": 300},
    }
}
# endregion: beat-schedule


# A broker that hangs must not keep a request; a worker polls for one second.
BROKER_TIMEOUT = 3.0


# region: celery-settings
def create_celery(settings: Settings) -> Celery:
    """Configure Celery for work that must not be lost.

    A message is acknowledged when its task has ended, and goes back to the queue when
    the worker dies, or once it has been out for `visibility_timeout`: longer than the
    time limit and than every wait before a retry.
    """
    celery = Celery(
        "app", broker=settings.redis_url, include=["app.tasks.confirmation"]
    )
    celery.conf.update(
        beat_schedule=BEAT_SCHEDULE,
        broker_transport_options={
            "visibility_timeout": 3600,
            "socket_connect_timeout": BROKER_TIMEOUT,
            "socket_timeout": BROKER_TIMEOUT,
        },
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
