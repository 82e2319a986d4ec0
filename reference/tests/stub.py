from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from app.core.resilience import is_passing

REFERENCE = "ref-1"


@dataclass
class StubServer:
    """Stands for the payment provider and the mail service, on a loopback socket."""

    url: str = ""
    requests: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    statuses: deque[int] = field(default_factory=deque)
    charges: dict[str, tuple[Any, int]] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    gate: threading.Event = field(default_factory=threading.Event)
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def reset(self) -> None:
        """Forget what has happened, and answer 200 again, at once."""
        self.requests.clear()
        self.statuses.clear()
        self.charges.clear()
        self.cancelled.clear()
        self.gate.set()
        self.arrived = threading.Semaphore(0)

    def next_status(self) -> int:
        """Answer as the test has asked for, or that all is well."""
        return self.statuses.popleft() if self.statuses else 200

    def charge(self, key: str, body: Any) -> int:
        """Repeat the answer of a key, and refuse another payment under it.

        That is what the draft of the Idempotency-Key header asks of a provider, and
        what this service does itself.
        """
        if key in self.cancelled:
            return 402
        if key in self.charges:
            known, status = self.charges[key]
            return status if known == body else 422
        status = self.next_status()
        if not is_passing(status):
            self.charges[key] = (body, status)
        return status

    def cancel(self, key: str) -> tuple[int, str | None]:
        """Refuse a key from now on, unless it was charged before."""
        status = self.next_status()
        if key in self.charges and self.charges[key][1] == HTTPStatus.OK:
            return status, REFERENCE
        if status == HTTPStatus.OK:
            self.cancelled.add(key)
        return status, None

    def to(self, path: str) -> list[Any]:
        """List the bodies that were sent to a path."""
        return [body for requested, _, body in self.requests if requested == path]


@contextmanager
def stub_server() -> Iterator[StubServer]:
    """Run a stub until the block ends."""
    stub = StubServer()
    stub.reset()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(length))
            stub.requests.append((self.path, dict(self.headers), body))
            stub.arrived.release()
            stub.gate.wait(timeout=30)
            reference: str | None = REFERENCE
            if self.path == "/charges":
                status = stub.charge(self.headers["Idempotency-Key"], body)
            elif self.path.startswith("/charges/"):
                status, reference = stub.cancel(self.path.split("/")[2])
            else:
                status = stub.next_status()
            answer = json.dumps({"reference": reference}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
            """Keep the test output readable."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.gate.set()
        server.shutdown()
        thread.join()
        server.server_close()
