from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from app.api.deps import ResourcesDep
from app.api.problems import problem_responses
from app.services.health import check_readiness, dependency_checks

router = APIRouter(prefix="/health", tags=["health"])


class Health(BaseModel):
    """A process that is fine."""

    status: str = "ok"


# region: health-routes
@router.get("/live", responses=problem_responses())
async def live() -> Health:
    """Say that the process runs; it asks nobody, or an outage would restart it."""
    return Health()


@router.get("/ready", responses=problem_responses(503))
async def ready(resources: ResourcesDep) -> Health:
    """Say whether requests can be served now."""
    checks = dependency_checks(resources.database, resources.redis)
    await check_readiness(checks, limit=resources.settings.readiness_timeout)
    return Health()


# endregion: health-routes
