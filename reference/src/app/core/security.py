from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import jwt
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.core.config import Settings
from app.core.errors import AuthenticationError


# region: tokens
class TokenIssuer:
    """Issues and checks the bearer tokens of this service."""

    ALGORITHM = "HS256"
    LEEWAY = timedelta(seconds=5)  # the clocks of two replicas differ

    def __init__(self, settings: Settings) -> None:
        self._secret = settings.jwt_secret.get_secret_value()
        self._issuer = settings.jwt_issuer
        self._audience = settings.jwt_audience
        self.lifetime = settings.jwt_lifetime

    def issue(self, user_id: int) -> str:
        """Sign a token for one user."""
        now = datetime.now(UTC)
        claims = {
            "sub": str(user_id),
            "iss": self._issuer,
            "aud": self._audience,
            "iat": now,
            "exp": now + self.lifetime,
        }
        return jwt.encode(claims, self._secret, algorithm=self.ALGORITHM)

    def verify(self, token: str) -> int:
        """Return the user id of a valid token.

        The algorithm is ours and never the token's own word, and a claim that is
        absent is as bad as one that is wrong.

        Raises:
            AuthenticationError: The token is not one of ours, or not any more.
        """
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=[self.ALGORITHM],
                issuer=self._issuer,
                audience=self._audience,
                leeway=self.LEEWAY,
                options={"require": ["sub", "iss", "aud", "exp"]},
            )
            return int(claims["sub"])
        except (jwt.InvalidTokenError, ValueError) as exc:
            detail = "The access token is invalid or has expired"
            raise AuthenticationError(detail) from exc


# endregion: tokens


# region: passwords
class PasswordHasher:
    """Argon2 in a thread: a hash takes long by design and would stop the event loop."""

    def __init__(self, settings: Settings) -> None:
        self._hasher = PasswordHash(
            (
                Argon2Hasher(
                    time_cost=settings.argon2_time_cost,
                    memory_cost=settings.argon2_memory_kib,
                ),
            )
        )
        self._dummy = self._hasher.hash("nobody's password")

    async def hash(self, password: str) -> str:
        """Hash a new password."""
        return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(
        self, password: str, stored: str | None
    ) -> tuple[bool, str | None]:
        """Check a password; the second value is a better hash, if there is one.

        Without a stored hash a dummy is checked: an unknown user must take as long as
        a wrong password, or the response time tells who is registered.
        """
        valid, better = await asyncio.to_thread(
            self._hasher.verify_and_update, password, stored or self._dummy
        )
        return valid and stored is not None, better


# endregion: passwords
