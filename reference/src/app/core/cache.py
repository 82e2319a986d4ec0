from __future__ import annotations

import random
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Generic, TypeVar

import structlog
from pydantic import BaseModel, ValidationError
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

ModelT = TypeVar("ModelT", bound=BaseModel)

# region: cache-scripts
# A reader that misses takes a lease, and may fill the entry only while it still holds
# it. Invalidation deletes both: a value read before a commit cannot be stored after it.
READ_OR_LEASE = """
local value = redis.call('GET', KEYS[1])
if not value then redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) end
return value
"""
FILL_IF_LEASED = """
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[2])
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
"""
# endregion: cache-scripts

_LEASE_MS = 5000
_RANDOM = random.SystemRandom()


# region: cache-aside
class ModelCache(Generic[ModelT]):
    """Cache-aside for one kind of model; without Redis everything is a miss.

    Lifetimes differ by up to a tenth, so that entries filled together do not expire
    together and send all their readers to the database at once.
    """

    def __init__(
        self, redis: Redis, model: type[ModelT], *, prefix: str, ttl: timedelta
    ) -> None:
        self._redis = redis
        self._model = model
        self._prefix = prefix
        self._ttl_ms = round(ttl.total_seconds() * 1000)
        self._read = redis.register_script(READ_OR_LEASE)
        self._fill = redis.register_script(FILL_IF_LEASED)

    def _keys(self, entity_id: int) -> list[str]:
        key = f"{self._prefix}:{{{entity_id}}}"
        return [key, f"{key}:lease"]

    async def get_or_load(
        self, entity_id: int, load: Callable[[], Awaitable[ModelT]]
    ) -> ModelT:
        """Return the cached model, or load it and leave it for the next reader."""
        keys, lease = self._keys(entity_id), secrets.token_hex(8)
        try:
            cached = await self._read(keys=keys, args=[lease, _LEASE_MS])
        except RedisError as exc:
            log.warning("cache_unavailable", error=type(exc).__name__)
            return await load()
        if cached is not None:
            try:
                return self._model.model_validate_json(cached)
            except ValidationError:
                # Left by another release: without it the next reader fills anew.
                await self.invalidate(entity_id)
        loaded = await load()
        await self._store(keys, lease, loaded)
        return loaded

    async def _store(self, keys: list[str], lease: str, loaded: ModelT) -> None:
        ttl = round(self._ttl_ms * _RANDOM.uniform(0.9, 1.0))
        try:
            await self._fill(keys=keys, args=[lease, loaded.model_dump_json(), ttl])
        except RedisError as exc:
            log.warning("cache_unavailable", error=type(exc).__name__)

    async def invalidate(self, *entity_ids: int) -> None:
        """Forget entries, in one round trip; call it after the commit, never before."""
        try:
            async with self._redis.pipeline(transaction=False) as pipeline:
                for entity_id in entity_ids:
                    pipeline.delete(*self._keys(entity_id))
                await pipeline.execute()
        except RedisError as exc:
            log.warning("cache_not_invalidated", error=type(exc).__name__)


# endregion: cache-aside
