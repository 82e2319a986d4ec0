from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from decimal import Decimal

import httpx
import pytest
from pydantic import ValidationError

from app.clients.payment import PaymentClient
from app.core.config import Settings
from app.core.errors import PaymentDeclinedError, UpstreamUnavailableError

Handler = Callable[[httpx.Request], Coroutine[None, None, httpx.Response]]
MakeClient = Callable[[Handler], PaymentClient]


@pytest.fixture
async def make_client(plain_settings: Settings) -> AsyncIterator[MakeClient]:
    clients: list[httpx.AsyncClient] = []
    settings = plain_settings.model_copy(update={"payment_timeout": 0.05})

    def make(handler: Handler) -> PaymentClient:
        transport = httpx.MockTransport(handler)
        http = httpx.AsyncClient(transport=transport, base_url=settings.payment_url)
        clients.append(http)
        return PaymentClient(http, settings)

    yield make
    for http in clients:
        await http.aclose()


async def test_a_retry_is_the_same_payment(make_client: MakeClient) -> None:
    keys: list[str] = []

    async def third_time_lucky(request: httpx.Request) -> httpx.Response:
        keys.append(request.headers["idempotency-key"])
        if len(keys) == 1:
            message = "refused"
            raise httpx.ConnectError(message)
        if len(keys) == 2:
            return httpx.Response(503)
        return httpx.Response(200, json={"reference": "ref-1"})

    client = make_client(third_time_lucky)
    assert await client.charge(7, Decimal("1.10"), "tok_visa", declined=0) == "ref-1"
    assert keys == ["order-7-0"] * 3


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 503])
async def test_what_may_pass_is_tried_again(
    make_client: MakeClient, status: int
) -> None:
    answers = [httpx.Response(status), httpx.Response(200, json={"reference": "ref-1"})]

    async def busy(_: httpx.Request) -> httpx.Response:
        return answers.pop(0)

    client = make_client(busy)
    charged = await client.charge(7, Decimal(1), "tok_visa", declined=0)
    assert charged == "ref-1"


async def test_a_provider_that_hangs_is_given_up(make_client: MakeClient) -> None:
    async def hang(_: httpx.Request) -> httpx.Response:
        return await asyncio.Future()

    with pytest.raises(UpstreamUnavailableError) as failure:
        await make_client(hang).charge(7, Decimal(1), "tok_visa", declined=0)
    assert failure.value.retry_after == 5


async def test_a_declined_payment_is_final(make_client: MakeClient) -> None:
    calls = 0

    async def decline(_: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        return httpx.Response(402)

    client = make_client(decline)
    for _ in range(10):
        with pytest.raises(PaymentDeclinedError):
            await client.charge(7, Decimal(1), "tok_visa", declined=0)
    assert calls == 10


LONGEST = "r" * 255


@pytest.mark.parametrize("reference", [None, "", 7, LONGEST + "r"])
async def test_a_reference_that_cannot_be_kept_is_no_reference(
    make_client: MakeClient, reference: object
) -> None:
    async def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"reference": reference})

    client = make_client(answer)
    with pytest.raises(ValidationError) as refused:
        await client.charge(7, Decimal(1), "tok_visa", declined=0)
    assert LONGEST not in str(refused.value)
    if reference is not None:
        with pytest.raises(ValidationError):
            await client.cancel(7, declined=0)


async def test_a_request_that_we_got_wrong_is_a_bug(make_client: MakeClient) -> None:
    async def refuse(_: httpx.Request) -> httpx.Response:
        return httpx.Response(400)

    with pytest.raises(httpx.HTTPStatusError):
        await make_client(refuse).charge(7, Decimal(1), "tok_visa", declined=0)
