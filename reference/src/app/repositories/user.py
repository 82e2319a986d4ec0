from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import User
from app.repositories.errors import conflict_when, flush_current


class UserRepository:
    """Users in PostgreSQL."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, user_id: int) -> User | None:
        """Find a user by id."""
        return await self._session.get(User, user_id)

    async def get_by_email(self, email: str) -> User | None:
        """Find a user by address, which is stored in lower case."""
        return await self._session.scalar(select(User).where(User.email == email))

    # region: unique-insert
    async def add(self, user: User) -> None:
        """Store a new user.

        Raises:
            ConflictError: Somebody has registered the address already.
        """
        # Read now: after a refused flush the attributes of the entity are expired.
        email = user.email

        async def taken() -> bool:
            return await self.get_by_email(email) is not None

        detail = "This e-mail address is already registered"
        async with conflict_when(self._session, taken, detail):
            self._session.add(user)

    # endregion: unique-insert

    async def change_email(self, user: User, email: str) -> None:
        """Give a user another address.

        Raises:
            ConflictError: The address belongs to somebody else.
            StaleVersionError: The user was changed in the meantime.
        """

        async def taken() -> bool:
            return await self.get_by_email(email) is not None

        detail = "This e-mail address is already registered"
        async with conflict_when(self._session, taken, detail):
            user.email = email
            await self.save()

    async def renew_hash(self, user: User, better_hash: str) -> None:
        """Store the same password hashed anew, unless somebody was faster.

        Nothing that a client sees has changed, so the version stays: of two logins at
        once neither fails, and neither takes a new password back.
        """
        await self._session.execute(
            update(User)
            .where(User.id == user.id, User.password_hash == user.password_hash)
            .values(password_hash=better_hash, updated_at=User.updated_at)
            .execution_options(synchronize_session=False)
        )

    async def save(self) -> None:
        """Write what has been changed.

        Raises:
            StaleVersionError: The user was changed in the meantime.
        """
        await flush_current(self._session, "The user")
