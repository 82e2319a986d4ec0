from __future__ import annotations

import asyncio
import base64
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.core.errors import ConflictError, DomainError, UpstreamUnavailableError

log = structlog.get_logger(__name__)

# region: idempotency-scripts
CLAIM = """
local current = redis.call('GET', KEYS[1])
if not current then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
return current
"""
# Whoever lost the lock to its expiry must neither overwrite nor free the next owner's.
FINISH = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
"""
RELEASE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
"""
# endregion: idempotency-scripts
RENEW = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
"""


class KeyReusedError(DomainError):
    """A key came back with another request."""

    code = "idempotency-key-reused"


class InFlightError(ConflictError):
    """The first request with this key has not ended yet."""

    code = "request-in-flight"
    retry_after = 1


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """What a repeated request gets instead of being executed."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to execute the request of a key, for as long as it is held."""

    key: str
    fingerprint: str
    owner: str = field(default_factory=lambda: secrets.token_hex(16))

    def dump(self) -> str:
        """Write what Redis keeps while the request is executed."""
        return json.dumps({"fingerprint": self.fingerprint, "owner": self.owner})


class IdempotencyStore:
    """Who executes the request of a key, and what came of it."""

    def __init__(self, redis: Redis, *, lock: timedelta, ttl: timedelta) -> None:
        self._lock_ms = round(lock.total_seconds() * 1000)
        self._ttl_ms = round(ttl.total_seconds() * 1000)
        self._claim = redis.register_script(CLAIM)
        self._renew = redis.register_script(RENEW)
        self._finish = redis.register_script(FINISH)
        self._release = redis.register_script(RELEASE)

    # region: idempotency-claim
    async def begin(self, key: str, fingerprint: str) -> Claim | StoredResponse:
        """Claim a key, or return what the request has led to before.

        Raises:
            KeyReusedError: The key belongs to a different request.
            InFlightError: That request is being executed right now.
            UpstreamUnavailableError: Redis is away, so nothing can be promised.
        """
        claim = Claim(key, fingerprint)
        try:
            found = await self._claim(keys=[key], args=[claim.dump(), self._lock_ms])
        except RedisError as exc:
            detail = "Idempotency keys cannot be honoured at the moment"
            raise UpstreamUnavailableError(detail, retry_after=5) from exc
        if found is None:
            return claim
        stored = json.loads(found)
        if stored["fingerprint"] != fingerprint:
            detail = "This idempotency key was used for a different request"
            raise KeyReusedError(detail)
        if "status" not in stored:
            detail = "The first request with this idempotency key is still running"
            raise InFlightError(detail)
        body = base64.b64decode(stored["body"])
        headers = [(name, value) for name, value in stored["headers"]]
        return StoredResponse(stored["status"], headers, body)

    # endregion: idempotency-claim

    @asynccontextmanager
    async def held(self, claim: Claim) -> AsyncIterator[None]:
        """Keep a claim while the block runs, however long: only a crash lets it expire.

        How slow a request may be, nobody knows: it waits for locks, one after another.
        """
        renewal = asyncio.create_task(self._renew_again_and_again(claim))
        try:
            yield
        finally:
            renewal.cancel()
            await asyncio.gather(renewal, return_exceptions=True)

    async def _renew_again_and_again(self, claim: Claim) -> None:
        while True:
            await asyncio.sleep(self._lock_ms / 3000)
            try:
                await self._renew(keys=[claim.key], args=[claim.dump(), self._lock_ms])
            except RedisError as exc:
                log.warning("idempotency_not_renewed", error=type(exc).__name__)

    # region: idempotency-finish
    async def finish(self, claim: Claim, response: StoredResponse) -> None:
        """Keep a response for those who ask again."""
        stored = json.dumps(
            {
                "fingerprint": claim.fingerprint,
                "status": response.status,
                "headers": response.headers,
                "body": base64.b64encode(response.body).decode(),
            }
        )
        try:
            await self._finish(
                keys=[claim.key], args=[claim.dump(), stored, self._ttl_ms]
            )
        except RedisError as exc:
            log.warning("idempotency_not_stored", error=type(exc).__name__)

    async def release(self, claim: Claim) -> None:
        """Let the request be executed again."""
        try:
            await self._release(keys=[claim.key], args=[claim.dump()])
        except RedisError as exc:
            log.warning("idempotency_not_released", error=type(exc).__name__)

    # endregion: idempotency-finish
