from __future__ import annotations

from celery.signals import setup_logging

from app.core.config import get_settings
from app.core.logging import configure_logging
from app.tasks.celery_app import create_celery

celery_app = create_celery(get_settings())


@setup_logging.connect
def log_as_the_server_does(**_: object) -> None:
    """Keep Celery from setting up logs of its own."""
    configure_logging(get_settings().log_level)
