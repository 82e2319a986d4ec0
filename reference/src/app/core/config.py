from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field, SecretStr, StringConstraints
from pydantic_settings import BaseSettings, SettingsConfigDict

# An address may hold a password, which a traceback with its values would show.
HIDDEN = Field(repr=False)
PostgresUrl = Annotated[
    str, StringConstraints(pattern=r"^postgresql\+asyncpg://"), HIDDEN
]
RedisUrl = Annotated[str, StringConstraints(pattern=r"^rediss?://"), HIDDEN]
HttpUrl = Annotated[str, StringConstraints(pattern=r"^https?://"), HIDDEN]
Seconds = Annotated[float, Field(gt=0)]


# region: settings
class Settings(BaseSettings):
    """Everything that differs between deployments, read from the environment.

    What has no safe default (addresses, the signing key) has none here, so that a
    forgotten variable stops the start instead of weakening the service.
    """

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    service_name: str = "reference-service"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    max_body_bytes: int = Field(default=64 * 1024, gt=0)

    database_url: PostgresUrl
    database_pool_size: int = Field(default=10, ge=1)
    database_max_overflow: int = Field(default=5, ge=0)
    database_pool_timeout: Seconds = 3.0
    database_pool_recycle: int = Field(default=1800, ge=1)
    # A payment waits for the row of its order while another asks the provider for it:
    # longer than payment_attempts times payment_timeout.
    database_statement_timeout: Seconds = 10.0

    redis_url: RedisUrl
    redis_timeout: Seconds = 0.5
    cache_ttl: timedelta = timedelta(minutes=5)
    idempotency_ttl: timedelta = timedelta(hours=24)
    idempotency_lock: timedelta = timedelta(seconds=30)

    jwt_secret: SecretStr = Field(min_length=32)
    jwt_issuer: str = "reference-service"
    jwt_audience: str = "reference-api"
    jwt_lifetime: timedelta = timedelta(minutes=15)
    argon2_memory_kib: int = Field(default=65536, ge=1024)
    argon2_time_cost: int = Field(default=3, ge=1)

    readiness_timeout: Seconds = 1.0

    payment_url: HttpUrl
    payment_api_key: SecretStr
    payment_timeout: Seconds = 2.0
    payment_attempts: int = Field(default=3, ge=1, le=10)
    payment_backoff: Seconds = 0.1
    breaker_threshold: int = Field(default=5, ge=1)
    breaker_reset_after: Seconds = 30.0

    mail_url: HttpUrl
    mail_timeout: Seconds = 5.0


# endregion: settings


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Read the environment once per process."""
    return Settings()
