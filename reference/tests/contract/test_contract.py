from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck
from hypothesis import settings as examples
from schemathesis import Case
from schemathesis.config import SchemathesisConfig

from app.core.config import Settings
from app.main import create_app
from app.models import Order, OrderLine, Product, User
from app.resources import open_resources
from tests.unit.conftest import PLAIN_SETTINGS

KEY = "Idempotency-Key"
numbers = count()


# region: served-application
@pytest.fixture
def base_url(settings: Settings) -> Iterator[str]:
    """Serve the application on a loopback port, as in production."""
    # A socket that listens already queues what comes before the server is up.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(
            uvicorn.Config(create_app(settings), log_config=None, lifespan="on")
        )
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


# endregion: served-application


@pytest.fixture
def admin_token(settings: Settings) -> str:
    """Store an administrator, to whom most is open, and a row 1 of everything."""

    async def create() -> str:
        async with (
            open_resources(settings) as resources,
            resources.database.unit_of_work() as uow,
        ):
            user = User(
                email="admin@example.com",
                full_name="Admin",
                password_hash=await resources.hasher.hash("correct horse battery"),
                is_admin=True,
            )
            product = Product(sku="PEN", name="Pen", price=Decimal(1), stock=1000)
            uow.session.add_all([user, product])
            await uow.session.flush()
            line = OrderLine(
                product_id=product.id, quantity=1, unit_price=product.price
            )
            uow.session.add(Order(user_id=user.id, total=product.price, lines=[line]))
            return resources.tokens.issue(user.id)

    return asyncio.run(create())


# region: contract-test
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {
                # What a schema cannot know: whose password it is, whether a thing
                # exists, which version it has, whether a payment is covered.
                "expected-statuses": [
                    *("2xx", "304", "401", "402", "404", "409", "412")
                ]
            }
        }
    }
)
# No setting changes the document, and nothing is opened before the lifespan.
api = schemathesis.openapi.from_dict(
    create_app(PLAIN_SETTINGS).openapi(), config=CONFIG
)


# The server shares this process, and its thread may draw from `random` while Hypothesis
# watches it: the warning would blame the strategies for that.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
@api.parametrize()
@examples(
    max_examples=25,
    derandomize=True,
    database=None,
    deadline=None,
    # These judge how fast cases are made, which a busy machine decides.
    suppress_health_check=list(HealthCheck),
)
def test_the_application_keeps_its_contract(
    case: Case[Any], base_url: str, admin_token: str
) -> None:
    assert case.meta is not None
    if case.meta.generation.mode.is_positive and KEY in case.headers:
        # The generator repeats a key with other bodies, and 422 is the right answer.
        case.headers[KEY] = f"unique-{next(numbers)}"
    case.call_and_validate(
        base_url=base_url, headers={"Authorization": f"Bearer {admin_token}"}
    )


# endregion: contract-test
