from __future__ import annotations

import pytest

from app.core.config import Settings

PLAIN_SETTINGS = Settings.model_validate(
    {
        "database_url": "postgresql+asyncpg://localhost/none",
        "redis_url": "redis://localhost",
        "jwt_secret": "0123456789abcdef0123456789abcdef",
        "argon2_memory_kib": 1024,
        "argon2_time_cost": 1,
        "payment_url": "http://payments.invalid",
        "payment_api_key": "key",
        "payment_backoff": 0.001,
        "mail_url": "http://mail.invalid",
    }
)


@pytest.fixture
def plain_settings() -> Settings:
    return PLAIN_SETTINGS
