from __future__ import annotations

from httpx import ASGITransport, AsyncClient

from app.core.config import Settings
from app.main import create_app


async def test_a_process_with_all_it_needs_is_ready(client: AsyncClient) -> None:
    for path in ("live", "ready"):
        response = await client.get(f"/health/{path}")
        assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_a_pool_that_is_busy_is_no_outage(settings: Settings) -> None:
    small = {"database_pool_size": 1, "database_max_overflow": 0}
    app = create_app(settings.model_copy(update=small))
    async with app.router.lifespan_context(app):
        transport = ASGITransport(app=app)
        async with (
            AsyncClient(transport=transport, base_url="http://test") as client,
            app.state.resources.database.engine.connect(),
        ):
            assert (await client.get("/health/ready")).status_code == 200


async def test_without_redis_the_process_lives_and_is_not_ready(
    client_without_redis: AsyncClient,
) -> None:
    assert (await client_without_redis.get("/health/live")).status_code == 200
    response = await client_without_redis.get("/health/ready")
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["retry-after"] == "5"
    problem = response.json()
    assert problem["type"] == "urn:problem:not-ready"
    assert problem["detail"] == "Not answering: redis"


async def test_without_postgresql_the_process_lives_and_is_not_ready(
    settings: Settings,
) -> None:
    url = "postgresql+asyncpg://postgres@127.0.0.1:1/nowhere"
    app = create_app(settings.model_copy(update={"database_url": url}))
    async with app.router.lifespan_context(app):
        transport = ASGITransport(app=app)
        async with AsyncClient(transport=transport, base_url="http://test") as client:
            assert (await client.get("/health/live")).status_code == 200
            response = await client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["detail"] == "Not answering: postgresql"
