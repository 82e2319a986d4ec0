from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
import structlog
import uvicorn
from httpx import AsyncClient
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from structlog.testing import capture_logs

from app.api import request_context
from app.api.v1.routes import users
from app.core.config import Settings
from app.core.logging import configure_logging
from app.core.telemetry import Telemetry
from app.main import create_app
from tests.integration.conftest import PASSWORD, MakeProduct

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"
TRACEPARENT = {"traceparent": f"00-{TRACE_ID}-b7ad6b7169203331-01"}


@contextmanager
def json_logs() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logging("INFO")
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("uvicorn.access").disabled = False


async def test_a_request_is_one_json_line_with_its_id_and_its_trace(
    client: AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    headers = TRACEPARENT | {"X-Request-ID": "request-0001"}
    with json_logs():
        response = await client.get("/health/live", headers=headers)
        logging.getLogger("library").warning("hello %s", "world")
    assert response.headers["x-request-id"] == "request-0001"
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    request = next(line for line in lines if line["event"] == "request")
    assert request["request_id"] == "request-0001"
    assert request["trace_id"] == TRACE_ID
    assert (request["method"], request["path"]) == ("GET", "/health/live")
    assert (request["status"], request["level"]) == (200, "info")
    library = next(line for line in lines if line["event"] == "hello world")
    assert (library["logger"], library["level"]) == ("library", "warning")


async def test_a_request_takes_no_longer_than_its_response(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1.0]

    async def hang(*_: object) -> None:
        now.append(61.0)

    clock = SimpleNamespace(perf_counter=lambda: now[-1])
    monkeypatch.setattr(request_context, "time", clock)
    monkeypatch.setattr(users, "welcome", hang)
    user = {"email": "a@example.com", "full_name": "A", "password": PASSWORD}
    with capture_logs() as logs:
        await client.post("/api/v1/users", json=user)
    assert now == [1.0, 61.0]
    assert (logs[-1]["status"], logs[-1]["duration_ms"]) == (201, 0.0)


@pytest.fixture
def uvicorn_loggers(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    names = ("uvicorn", "uvicorn.access", "uvicorn.error")
    loggers = [logging.getLogger(name) for name in names]
    kept = [(each.handlers[:], each.propagate, each.level) for each in loggers]
    # What the command does before it imports the application.
    uvicorn.Config("app.asgi:app")
    yield
    for each, (handlers, propagate, level) in zip(loggers, kept, strict=True):
        each.handlers[:], each.propagate = handlers, propagate
        each.setLevel(level)


def test_the_server_logs_json(
    uvicorn_loggers: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with json_logs():
        logging.getLogger("uvicorn.error").error("failed", exc_info=ValueError("why"))
    output = capsys.readouterr()
    assert output.err == ""
    line = json.loads(output.out)
    assert (line["event"], line["level"]) == ("failed", "error")
    assert "ValueError: why" in line["exception"]


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "a\tb-inject", "<script>"])
async def test_a_strange_request_id_is_replaced(
    client: AsyncClient, given: str
) -> None:
    with capture_logs([structlog.contextvars.merge_contextvars]) as logs:
        response = await client.get("/health/live", headers={"X-Request-ID": given})
    assert len(response.headers["x-request-id"]) == 32
    assert logs[-1]["request_id"] == response.headers["x-request-id"]


async def test_a_span_has_the_whole_route_and_the_callers_trace(
    client: AsyncClient, make_product: MakeProduct, spans: InMemorySpanExporter
) -> None:
    product = await make_product()
    spans.clear()
    await client.get(f"/api/v1/products/{product['id']}", headers=TRACEPARENT)
    (server,) = [
        span
        for span in spans.get_finished_spans()
        if span.name == "GET /api/v1/products/{product_id}"
    ]
    assert server.context is not None
    assert f"{server.context.trace_id:032x}" == TRACE_ID
    assert server.attributes is not None
    assert server.attributes["http.route"] == "/api/v1/products/{product_id}"
    assert server.resource.attributes["service.name"] == "reference-service"


async def test_the_environment_may_name_the_service(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "shop")
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test")
    spans = InMemorySpanExporter()
    processor = SimpleSpanProcessor(spans)
    telemetry = Telemetry(settings, span_processors=[processor])
    with telemetry.tracer.start_as_current_span("any"):
        pass
    (span,) = spans.get_finished_spans()
    assert span.resource.attributes["service.name"] == "shop"
    assert span.resource.attributes["deployment.environment.name"] == "test"


def points(metrics: InMemoryMetricReader, name: str) -> list[Any]:
    data = metrics.get_metrics_data()
    assert data is not None
    return [
        point
        for resource in data.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
        if metric.name == name
        for point in metric.data.data_points
    ]


# region: metrics-test
async def test_requests_and_business_are_measured(
    client: AsyncClient,
    customer: dict[str, str],
    make_product: MakeProduct,
    metrics: InMemoryMetricReader,
) -> None:
    product = await make_product(stock=1)
    body = {"lines": [{"product_id": product["id"], "quantity": 1}]}
    for _ in range(2):
        await client.post("/api/v1/orders", json=body, headers=customer)
    durations = {
        point.attributes["http.response.status_code"]: point.count
        for point in points(metrics, "http.server.request.duration")
        if point.attributes["http.route"] == "/api/v1/orders"
    }
    assert durations == {201: 1, 409: 1}
    assert [point.value for point in points(metrics, "orders.placed")] == [1]


# endregion: metrics-test


async def test_a_process_that_fails_exports_what_it_held_back(
    settings: Settings, spans: InMemorySpanExporter
) -> None:
    # Long enough that only the end of the process can have exported it.
    held_back = BatchSpanProcessor(spans, schedule_delay_millis=3_600_000)
    telemetry = Telemetry(settings, span_processors=[held_back])
    app = create_app(settings, telemetry)

    async def fail() -> None:
        async with app.router.lifespan_context(app):
            with telemetry.tracer.start_as_current_span("last"):
                raise KeyError

    with pytest.raises(KeyError):
        await fail()
    assert [span.name for span in spans.get_finished_spans()] == ["last"]
