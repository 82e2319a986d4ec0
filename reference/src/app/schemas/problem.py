from __future__ import annotations

from pydantic import BaseModel, Field


class InvalidField(BaseModel):
    """One reason why a request was not understood; never with the value itself."""

    location: str = Field(examples=["body"])
    pointer: str = Field(examples=["/price"], description="JSON Pointer (RFC 6901)")
    detail: str


class Problem(BaseModel):
    """Problem details of RFC 9457."""

    type: str = Field(examples=["urn:problem:out-of-stock"])
    title: str
    status: int
    detail: str
    instance: str
    request_id: str | None = None
    errors: list[InvalidField] | None = None
