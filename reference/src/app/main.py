from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from app.api import health
from app.api.body_limit import BodyLimitMiddleware
from app.api.head import HeadMiddleware
from app.api.idempotency import IdempotencyMiddleware
from app.api.problems import install_problem_handlers
from app.api.request_context import RequestContextMiddleware
from app.api.v1.router import router as v1_router
from app.core.config import Settings
from app.core.telemetry import Telemetry
from app.resources import open_resources
from app.schemas.problem import Problem


# region: service
class Service(FastAPI):
    """The application; its OpenAPI document also knows the form of problems."""

    def openapi(self) -> dict[str, Any]:
        """Add the schema that all documented problems refer to."""
        if self.openapi_schema is None:
            schemas = super().openapi()["components"]["schemas"]
            problem = Problem.model_json_schema(
                ref_template="#/components/schemas/{model}"
            )
            schemas.update(problem.pop("$defs"))
            schemas["Problem"] = problem
        return super().openapi()


# endregion: service


# region: app-factory
def create_app(settings: Settings, telemetry: Telemetry | None = None) -> FastAPI:
    """Assemble the application; nothing is opened before the lifespan begins."""
    telemetry = telemetry or Telemetry(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            async with open_resources(settings) as resources:
                app.state.resources = resources
                yield
        finally:
            telemetry.shutdown()

    app = Service(
        title="Reference service",
        version="1.0.0",
        lifespan=lifespan,
        telemetry=telemetry.config,
        redirect_slashes=False,
    )
    app.state.telemetry = telemetry
    install_problem_handlers(app)
    # The last one added is the outermost: even a replayed response has a request id.
    app.add_middleware(HeadMiddleware)
    app.add_middleware(IdempotencyMiddleware)
    app.add_middleware(BodyLimitMiddleware, limit=settings.max_body_bytes)
    app.add_middleware(RequestContextMiddleware)
    app.include_router(health.router)
    app.include_router(v1_router)
    return app


# endregion: app-factory
