from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx
from redis.asyncio import Redis

from app.clients.mail import MailClient
from app.clients.payment import PaymentClient
from app.core.cache import ModelCache
from app.core.config import Settings
from app.core.database import Database, create_engine, create_probe
from app.core.idempotency import IdempotencyStore
from app.core.security import PasswordHasher, TokenIssuer
from app.schemas.product import ProductRead
from app.tasks.celery_app import create_celery
from app.tasks.queue import TaskQueue


# region: resources
@dataclass(frozen=True, slots=True)
class Resources:
    """What lives as long as a process: pools, clients, keys."""

    settings: Settings
    database: Database
    redis: Redis
    tokens: TokenIssuer
    hasher: PasswordHasher
    product_cache: ModelCache[ProductRead]
    idempotency: IdempotencyStore
    payments: PaymentClient
    mail: MailClient
    tasks: TaskQueue


# endregion: resources


# region: open-resources
@asynccontextmanager
async def open_resources(settings: Settings) -> AsyncIterator[Resources]:
    """Open what a server, a worker or a command needs, and close it in reverse."""
    async with AsyncExitStack() as stack:
        database = Database(create_engine(settings), create_probe(settings))
        stack.push_async_callback(database.dispose)
        redis = Redis.from_url(
            settings.redis_url,
            socket_timeout=settings.redis_timeout,
            socket_connect_timeout=settings.redis_timeout,
        )
        stack.push_async_callback(redis.aclose)
        tasks = TaskQueue(create_celery(settings))
        stack.callback(tasks.close)
        payment_http = httpx.AsyncClient(
            base_url=settings.payment_url,
            headers={
                "Authorization": f"Bearer {settings.payment_api_key.get_secret_value()}"
            },
            timeout=settings.payment_timeout,
        )
        mail_http = httpx.AsyncClient(
            base_url=settings.mail_url, timeout=settings.mail_timeout
        )
        for http in (payment_http, mail_http):
            await stack.enter_async_context(http)
        yield Resources(
            settings=settings,
            database=database,
            redis=redis,
            tokens=TokenIssuer(settings),
            hasher=PasswordHasher(settings),
            product_cache=ModelCache(
                redis, ProductRead, prefix="product", ttl=settings.cache_ttl
            ),
            idempotency=IdempotencyStore(
                redis, lock=settings.idempotency_lock, ttl=settings.idempotency_ttl
            ),
            payments=PaymentClient(payment_http, settings),
            mail=MailClient(mail_http),
            tasks=tasks,
        )


# endregion: open-resources
