from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import Select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from app.core.pagination import Cursor
from app.models.base import Identified

EntityT = TypeVar("EntityT", bound=Identified)


# region: keyset-page
@dataclass(frozen=True, slots=True)
class Page(Generic[EntityT]):
    """Some rows, and the cursor of the next ones if there are any."""

    items: Sequence[EntityT]
    next_cursor: str | None


async def fetch_page(
    session: AsyncSession,
    statement: Select[EntityT],
    *,
    key: tuple[InstrumentedAttribute[datetime], InstrumentedAttribute[int]],
    cursor: str | None,
    limit: int,
) -> Page[EntityT]:
    """Read one page by keyset: as fast for the last page as for the first.

    The id makes the order total, so that no row is skipped or shown twice while others
    come and go. One row more than asked for tells whether there is a next page.
    """
    created_at, row_id = key
    if cursor is not None:
        place = Cursor.decode(cursor)
        statement = statement.where(
            tuple_(created_at, row_id) < (place.created_at, place.id)
        )
    statement = statement.order_by(created_at.desc(), row_id.desc()).limit(limit + 1)
    rows = (await session.scalars(statement)).all()
    items = rows[:limit]
    if len(rows) <= limit:
        return Page(items, None)
    return Page(items, Cursor(items[-1].created_at, items[-1].id).encode())


# endregion: keyset-page
