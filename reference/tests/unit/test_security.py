from __future__ import annotations

import base64
import json
import threading
import time
from typing import Any

import jwt
import pytest
from pwdlib import PasswordHash

from app.core.config import Settings
from app.core.errors import AuthenticationError
from app.core.security import PasswordHasher, TokenIssuer


@pytest.fixture
def tokens(plain_settings: Settings) -> TokenIssuer:
    return TokenIssuer(plain_settings)


def test_settings_show_no_secret(plain_settings: Settings) -> None:
    secrets = {
        "database_url": "postgresql+asyncpg://app:hidden@db/app",
        "redis_url": "redis://:hidden@redis",
        "jwt_secret": "hidden" * 6,
        "payment_api_key": "hidden",
    }
    settings = Settings.model_validate(plain_settings.model_dump() | secrets)
    assert "hidden" not in repr(settings)
    assert "hidden" in settings.database_url


def claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    good = {
        "sub": "7",
        "iss": "reference-service",
        "aud": "reference-api",
        "iat": now,
        "exp": now + 60,
    }
    return {k: v for k, v in (good | changes).items() if v is not None}


def sign(settings: Settings, algorithm: str = "HS256", **changes: Any) -> str:
    secret = settings.jwt_secret.get_secret_value()
    return jwt.encode(claims(**changes), secret, algorithm=algorithm)


def test_a_token_names_its_user(tokens: TokenIssuer) -> None:
    assert tokens.verify(tokens.issue(7)) == 7


def test_the_helper_makes_good_tokens(
    tokens: TokenIssuer, plain_settings: Settings
) -> None:
    assert tokens.verify(sign(plain_settings)) == 7


# region: token-test
@pytest.mark.parametrize(
    "changes",
    [
        {"exp": 1},
        {"exp": None},
        {"sub": None},
        {"sub": "somebody"},
        {"iss": "somebody else"},
        {"iss": None},
        {"aud": "another service"},
        {"aud": None},
        {"algorithm": "HS512"},
    ],
    ids=repr,
)
def test_a_token_with_one_flaw_is_refused(
    tokens: TokenIssuer,
    plain_settings: Settings,
    changes: dict[str, Any],
    recwarn: pytest.WarningsRecorder,
) -> None:
    with pytest.raises(AuthenticationError):
        tokens.verify(sign(plain_settings, **changes))


def test_the_clock_of_another_replica_may_differ(
    tokens: TokenIssuer, plain_settings: Settings
) -> None:
    now = int(time.time())
    assert tokens.verify(sign(plain_settings, iat=now + 3)) == 7
    with pytest.raises(AuthenticationError):
        tokens.verify(sign(plain_settings, exp=now - 6))


def test_a_token_without_signature_is_refused(tokens: TokenIssuer) -> None:
    parts = [{"alg": "none", "typ": "JWT"}, claims()]
    encoded = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
        for part in parts
    ]
    with pytest.raises(AuthenticationError):
        tokens.verify(".".join([*encoded, ""]))


# endregion: token-test


async def test_hashes_are_salted_and_verified(plain_settings: Settings) -> None:
    hasher = PasswordHasher(plain_settings)
    first, second = await hasher.hash("secret"), await hasher.hash("secret")
    assert first != second
    assert first.startswith("$argon2id$")
    assert await hasher.verify("secret", first) == (True, None)
    assert (await hasher.verify("wrong", first))[0] is False


async def test_nobody_has_a_password(plain_settings: Settings) -> None:
    hasher = PasswordHasher(plain_settings)
    assert (await hasher.verify("nobody's password", None))[0] is False


@pytest.fixture
def hashing_threads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Record the thread of each piece of work that takes as long as a hash."""
    threads: list[int] = []
    for name in ("hash", "verify_and_update"):
        real = getattr(PasswordHash, name)

        def record(*arguments: Any, real: Any = real) -> Any:
            threads.append(threading.get_ident())
            return real(*arguments)

        monkeypatch.setattr(PasswordHash, name, record)
    return threads


async def test_an_unknown_user_takes_as_long_as_a_wrong_password(
    plain_settings: Settings, hashing_threads: list[int]
) -> None:
    hasher = PasswordHasher(plain_settings)
    hashing_threads.clear()
    await hasher.verify("a guess", None)
    assert len(hashing_threads) == 1


async def test_hashing_does_not_stop_the_event_loop(
    plain_settings: Settings, hashing_threads: list[int]
) -> None:
    hasher = PasswordHasher(plain_settings)
    hashing_threads.clear()
    await hasher.verify("secret", await hasher.hash("secret"))
    assert len(hashing_threads) == 2
    assert threading.get_ident() not in hashing_threads
