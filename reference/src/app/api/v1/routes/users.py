from __future__ import annotations

import httpx
import structlog
from fastapi import APIRouter, BackgroundTasks, Response, status

from app.api.deps import CurrentUser, ExpectedVersions, ResourcesDep, UserServiceDep
from app.api.etag import etag
from app.api.problems import problem_responses
from app.clients.mail import MailClient, MailUnavailableError
from app.schemas.user import UserCreate, UserRead, UserUpdate

log = structlog.get_logger(__name__)

router = APIRouter(prefix="/users", tags=["users"])


async def welcome(mail: MailClient, user: UserRead) -> None:
    """Greet a new user; nobody misses the message if it never comes."""
    try:
        await mail.send(
            key=f"welcome-{user.id}",
            to=user.email,
            subject="Welcome",
            text=f"Welcome, {user.full_name}.",
        )
    except (MailUnavailableError, httpx.HTTPError) as exc:
        log.warning("not_welcomed", user_id=user.id, error=repr(exc))


# region: may-be-lost
@router.post(
    "", status_code=status.HTTP_201_CREATED, responses=problem_responses(409, 422)
)
async def register(
    data: UserCreate,
    response: Response,
    users: UserServiceDep,
    resources: ResourcesDep,
    background: BackgroundTasks,
) -> UserRead:
    """Register a new user."""
    user = UserRead.model_validate(await users.register(data))
    response.headers["ETag"] = etag(user.version)
    # It runs in this process after the response, and is gone if the process ends.
    background.add_task(welcome, resources.mail, user)
    return user


# endregion: may-be-lost


@router.get("/me", responses=problem_responses(401))
async def get_me(user: CurrentUser, response: Response) -> UserRead:
    """Show the user who asks."""
    response.headers["ETag"] = etag(user.version)
    return UserRead.model_validate(user)


@router.patch("/me", responses=problem_responses(401, 409, 412, 422))
async def update_me(
    changes: UserUpdate,
    user: CurrentUser,
    response: Response,
    expected: ExpectedVersions,
    users: UserServiceDep,
) -> UserRead:
    """Change the fields that are sent."""
    user = await users.update(user, changes, expected=expected)
    response.headers["ETag"] = etag(user.version)
    return UserRead.model_validate(user)
