from __future__ import annotations

from datetime import datetime

from pydantic import Field

from app.schemas.base import Email, InputModel, Password, ReadModel, ShortText


class UserCreate(InputModel):
    """A registration."""

    email: Email
    full_name: ShortText
    password: Password


class UserUpdate(InputModel):
    """What users may change about themselves; an absent field stays as it is."""

    email: Email = Field(default_factory=str)
    full_name: ShortText = Field(default_factory=str)


class UserRead(ReadModel):
    """A user as shown to that user."""

    id: int
    email: str
    full_name: str
    is_admin: bool
    version: int
    created_at: datetime
    updated_at: datetime


class Credentials(InputModel):
    """What a login needs; the limits are those of registration."""

    email: Email
    password: Password


class Token(ReadModel):
    """A bearer token and the seconds it is good for."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105 - the name of the scheme, no secret
    expires_in: int
