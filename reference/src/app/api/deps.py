from __future__ import annotations

from collections.abc import AsyncIterator, Set
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.api.etag import ANY_VERSION, expected_versions
from app.core.database import UnitOfWork
from app.core.errors import AuthenticationError, PermissionDeniedError
from app.models import User
from app.repositories.user import UserRepository
from app.resources import Resources
from app.services.order import OrderService
from app.services.product import ProductService
from app.services.user import UserService


# region: transaction-dependency
async def get_resources(request: Request) -> Resources:
    """Hand out what the lifespan has opened."""
    resources: Resources = request.app.state.resources
    return resources


ResourcesDep = Annotated[Resources, Depends(get_resources)]


async def get_unit_of_work(resources: ResourcesDep) -> AsyncIterator[UnitOfWork]:
    """Open the one transaction of a request."""
    async with resources.database.unit_of_work() as uow:
        yield uow


# With the scope "function" the commit comes before the response. The default commits
# after it, when a failure can no longer be told: the client has its 201 already.
UnitOfWorkDep = Annotated[UnitOfWork, Depends(get_unit_of_work, scope="function")]
# endregion: transaction-dependency


# region: service-dependencies
async def get_user_service(uow: UnitOfWorkDep, resources: ResourcesDep) -> UserService:
    """Build the service of one request."""
    return UserService(UserRepository(uow.session), resources.hasher)


async def get_product_service(
    uow: UnitOfWorkDep, resources: ResourcesDep
) -> ProductService:
    """Build the service of one request."""
    return ProductService(uow, resources.product_cache)


async def get_order_service(
    request: Request, uow: UnitOfWorkDep, resources: ResourcesDep
) -> OrderService:
    """Build the service of one request."""
    return OrderService(
        uow,
        cache=resources.product_cache,
        payments=resources.payments,
        telemetry=request.app.state.telemetry,
        tasks=resources.tasks,
    )


UserServiceDep = Annotated[UserService, Depends(get_user_service)]
ProductServiceDep = Annotated[ProductService, Depends(get_product_service)]
OrderServiceDep = Annotated[OrderService, Depends(get_order_service)]
# endregion: service-dependencies


# region: current-user
bearer = HTTPBearer(auto_error=False, bearerFormat="JWT")
BearerDep = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


async def get_current_user(
    credentials: BearerDep, resources: ResourcesDep, uow: UnitOfWorkDep
) -> User:
    """Find the user whom the token names, as they are now and not as they were then.

    Raises:
        AuthenticationError: There is no valid token, or no such user any more.
    """
    if credentials is None:
        detail = "An access token is required"
        raise AuthenticationError(detail)
    user_id = resources.tokens.verify(credentials.credentials)
    user = await UserRepository(uow.session).get(user_id)
    if user is None:
        detail = "The access token is invalid or has expired"
        raise AuthenticationError(detail)
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]


async def require_admin(user: CurrentUser) -> None:
    """Let administrators pass.

    Raises:
        PermissionDeniedError: The user is none.
    """
    if not user.is_admin:
        detail = "Only administrators may do this"
        raise PermissionDeniedError(detail)


# endregion: current-user


# region: expected-versions
async def get_expected_versions(
    if_match: Annotated[
        str, Header(description="The ETag that the change is based on")
    ] = ANY_VERSION,
) -> Set[int] | None:
    """Read If-Match; without it, any version that exists may be changed."""
    return expected_versions(if_match)


ExpectedVersions = Annotated[Set[int] | None, Depends(get_expected_versions)]
# endregion: expected-versions
