from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, Field

from app.core.pagination import Cursor
from app.schemas.base import InputModel

ItemT = TypeVar("ItemT")


# region: page-query
class PageQuery(InputModel):
    """The query of every list; a misspelt parameter is refused, not ignored."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    cursor: Annotated[
        str | None, Field(pattern=Cursor.PATTERN, description="`next_cursor` of a page")
    ] = None


class PageRead(BaseModel, Generic[ItemT]):
    """One page; `next_cursor` is null on the last."""

    items: Sequence[ItemT]
    next_cursor: str | None


# endregion: page-query
