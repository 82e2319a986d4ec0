from __future__ import annotations

from collections.abc import Sequence

from fastapi.telemetry import TelemetryConfig
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider

from app.core.config import Settings


def describe(service: str) -> Resource:
    """Name the service, unless the variables of OpenTelemetry do."""
    ours = Resource.create({"service.name": service})
    return ours.merge(OTELResourceDetector().detect())


# region: telemetry
class Telemetry:
    """The providers of one process, and the instruments of this business.

    FastAPI itself records `http.server.request.duration` and a span per request. Its
    OTLP exporters are switched on by FASTAPI_OTEL_AUTO_CONFIGURE and the usual OTEL_
    variables.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        metric_readers: Sequence[MetricReader] = (),
        span_processors: Sequence[SpanProcessor] = (),
    ) -> None:
        resource = describe(settings.service_name)
        self._tracer_provider = TracerProvider(
            resource=resource, shutdown_on_exit=False
        )
        for processor in span_processors:
            self._tracer_provider.add_span_processor(processor)
        self._meter_provider = MeterProvider(
            metric_readers, resource=resource, shutdown_on_exit=False
        )
        self.tracer = self._tracer_provider.get_tracer("app")
        meter = self._meter_provider.get_meter("app")
        self.orders_placed = meter.create_counter("orders.placed", unit="{order}")
        self.payments = meter.create_counter("payments", unit="{payment}")

    @property
    def config(self) -> TelemetryConfig:
        """What `FastAPI(telemetry=...)` takes; logs go through structlog."""
        return {
            "tracer_provider": self._tracer_provider,
            "meter_provider": self._meter_provider,
            "logs": False,
        }

    # endregion: telemetry

    def shutdown(self) -> None:
        """Export what is still held back."""
        self._tracer_provider.shutdown()
        self._meter_provider.shutdown()
