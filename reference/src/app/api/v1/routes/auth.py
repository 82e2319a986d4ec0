from __future__ import annotations

from fastapi import APIRouter, Response

from app.api.deps import ResourcesDep, UserServiceDep
from app.api.problems import problem_responses
from app.schemas.user import Credentials, Token

router = APIRouter(prefix="/auth", tags=["auth"])


# region: login-route
@router.post("/token", responses=problem_responses(401, 422))
async def log_in(
    credentials: Credentials,
    response: Response,
    users: UserServiceDep,
    resources: ResourcesDep,
) -> Token:
    """Exchange credentials for an access token."""
    user = await users.authenticate(credentials)
    response.headers["Cache-Control"] = "no-store"
    return Token(
        access_token=resources.tokens.issue(user.id),
        expires_in=round(resources.tokens.lifetime.total_seconds()),
    )


# endregion: login-route
