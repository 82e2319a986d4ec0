from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

BATCH_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """The milliseconds that each request of a batch took, and the seconds that all took together."""

    latencies: list[float]
    seconds: float


class Connection(asyncio.Protocol):
    """A keep-alive connection that knows just enough HTTP: a general client would cost more than a bare server."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._response: asyncio.Future[Response] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports have all that a Transport has, without being derived from it.
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        response = parse(self._received)
        if response is not None and self._response is not None:
            self._received.clear()
            self._response.set_result(response)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._response is not None and not self._response.done():
            self._response.set_exception(exc or ConnectionError("the server closed the connection"))

    async def send(self, request: bytes) -> Response:
        assert self._transport is not None
        self._response = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._response

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def parse(received: bytearray) -> Response | None:
    """The response in what has been received, or None as long as it is not complete."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(received[:end]).lower()
    _, found, length = head.partition(b"\r\ncontent-length:")
    if not found:
        raise ValueError("the response has no Content-Length")
    body = bytes(received[end + 4 :])
    if len(body) < int(length.split(b"\r\n", 1)[0]):
        return None
    return Response(int(head.split(b" ", 2)[1]), body)


def request(method: str, path: str, headers: Sequence[tuple[str, str]] = (), body: bytes = b"") -> bytes:
    """One request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers)]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def ask(port: int, message: bytes, expected: int = 200) -> bytes:
    """The body of one response."""
    connection = await connect(port)
    try:
        return (await checked(connection, message, expected)).body
    finally:
        connection.close()


async def measure(port: int, requests: Sequence[bytes], connections: int, expected: int) -> Batch:
    """Send the requests over some connections, each of which always waits for its answer before it asks again."""
    opened = [await connect(port) for _ in range(connections)]
    latencies: list[float] = []
    waiting = iter(requests)
    try:
        async with asyncio.timeout(BATCH_SECONDS):
            started = time.perf_counter()
            await asyncio.gather(*(work(each, waiting, latencies, expected) for each in opened))
            return Batch(latencies, time.perf_counter() - started)
    finally:
        for connection in opened:
            connection.close()


async def work(connection: Connection, waiting: Iterator[bytes], latencies: list[float], expected: int) -> None:
    for message in waiting:
        started = time.perf_counter()
        await checked(connection, message, expected)
        latencies.append((time.perf_counter() - started) * 1000)


async def checked(connection: Connection, message: bytes, expected: int) -> Response:
    # A refusal is fast: without this, a broken run would look like a good one.
    response = await connection.send(message)
    if response.status != expected:
        raise RuntimeError(f"{response.status} instead of {expected}: {message[:200]!r} got {response.body[:500]!r}")
    return response


async def connect(port: int) -> Connection:
    _, connection = await asyncio.get_running_loop().create_connection(Connection, "127.0.0.1", port)
    return connection
