from __future__ import annotations

from collections.abc import Set

from app.core.errors import AuthenticationError
from app.core.security import PasswordHasher
from app.models import User
from app.repositories.user import UserRepository
from app.schemas.user import Credentials, UserCreate, UserUpdate
from app.services.versions import require_version


class UserService:
    """Registration, login and what users change about themselves."""

    def __init__(self, users: UserRepository, hasher: PasswordHasher) -> None:
        self._users = users
        self._hasher = hasher

    async def register(self, data: UserCreate, *, is_admin: bool = False) -> User:
        """Create a user.

        Raises:
            ConflictError: The address is registered already.
        """
        user = User(
            email=data.email,
            full_name=data.full_name,
            password_hash=await self._hasher.hash(data.password.get_secret_value()),
            is_admin=is_admin,
        )
        await self._users.add(user)
        return user

    # region: login
    async def authenticate(self, credentials: Credentials) -> User:
        """Find the user whom these credentials belong to.

        Raises:
            AuthenticationError: The same for an unknown address and a wrong password.
        """
        user = await self._users.get_by_email(credentials.email)
        valid, better_hash = await self._hasher.verify(
            credentials.password.get_secret_value(),
            user.password_hash if user else None,
        )
        if user is None or not valid:
            detail = "The e-mail address or the password is wrong"
            raise AuthenticationError(detail)
        if better_hash is not None:
            await self._users.renew_hash(user, better_hash)
        return user

    # endregion: login

    async def update(
        self, user: User, changes: UserUpdate, *, expected: Set[int] | None
    ) -> User:
        """Apply the fields that were sent.

        Raises:
            ConflictError: The new address belongs to somebody else.
            StaleVersionError: The user is not in an expected version.
        """
        require_version(user.version, expected, "The user")
        if "email" in changes.model_fields_set and changes.email != user.email:
            await self._users.change_email(user, changes.email)
        if "full_name" in changes.model_fields_set:
            user.full_name = changes.full_name
        await self._users.save()
        return user
