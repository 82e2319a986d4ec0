from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.reference import layers
from benchmarks.reference.client import parse, request
from benchmarks.reference.figures import BARE, RAW, SERVICE, percentile, ratio, ratios, slow_reads, summary
from benchmarks.reference.page import page, table
from benchmarks.tables import markdown, ms

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("values", "part", "expected"),
    [
        pytest.param([7.0], 0.95, 7.0, id="one value is every percentile"),
        pytest.param([3.0, 1.0, 2.0], 0.5, 2.0, id="the order of the values does not matter"),
        pytest.param([1.0, 2.0, 3.0, 4.0], 0.5, 2.0, id="a percentile is one of the values and no mean of two"),
        pytest.param([float(n) for n in range(1, 101)], 0.95, 95.0, id="95 of 100 do not exceed the p95"),
        pytest.param([1.0] * 19 + [9.0], 0.95, 1.0, id="one outlier of twenty is above the p95"),
        pytest.param([1.0] * 18 + [9.0] * 2, 0.95, 9.0, id="two outliers of twenty are not"),
        pytest.param([5.0, 6.0], 0.0, 5.0, id="the lowest percentile is the smallest value"),
    ],
)
def test_percentile(values: list[float], part: float, expected: float) -> None:
    assert percentile(values, part) == expected


def test_nothing_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)


def test_a_bad_round_does_not_decide_a_percentile() -> None:
    found = summary([[1.0, 1.0], [2.0, 3.0], [900.0, 900.0]], [1.0, 0.5, 2.0])
    assert (found["p50"], found["p95"], found["per_second"]) == (2.0, 3.0, 2)
    assert found["rounds"][2] == {"p50": 900.0, "p95": 900.0}


def cell(case: str, *p50s: tuple[float, float, float], connections: int = 16, is_read: bool = True) -> dict[str, Any]:
    """A case whose rounds are given as the p50 of service, bare FastAPI and raw ASGI; every p95 is twice the p50."""
    targets = {
        name: summary([[each[n]] * 18 + [each[n] * 2] * 2 for each in p50s], [1.0] * len(p50s))
        for n, name in enumerate((SERVICE, BARE, RAW))
    }
    return {"case": case, "connections": connections, "is_read": is_read, "targets": targets}


def test_ratios_compare_only_what_ran_in_the_same_round() -> None:
    busy_in_the_second_round = cell("get", (10.0, 2.0, 1.0), (300.0, 50.0, 10.0), (8.0, 2.0, 1.0))
    assert ratios(busy_in_the_second_round, BARE, "p50") == [4.0, 5.0, 6.0]
    assert ratio(busy_in_the_second_round, BARE) == 5.0
    assert ratio(busy_in_the_second_round, RAW, "p95") == 10.0


@pytest.mark.parametrize(
    ("cells", "slow"),
    [
        pytest.param([cell("get", (99.0, 1.0, 1.0))], [], id="a p95 below 200 ms is fast enough"),
        pytest.param([cell("get", (100.0, 1.0, 1.0))], ["get"], id="a p95 of 200 ms is not"),
        pytest.param([cell("create", (500.0, 1.0, 1.0), is_read=False), cell("get", (1.0, 1.0, 1.0))], [], id="reads"),
        pytest.param([cell("get", (1.0, 1.0, 1.0)), cell("get", (500.0, 1.0, 1.0), connections=1)], [], id="16 only"),
    ],
)
def test_the_demand_is_on_reads_at_16_connections(cells: list[dict[str, Any]], slow: list[str]) -> None:
    assert slow_reads({"cells": cells}) == slow


def test_a_run_without_reads_does_not_meet_the_demand() -> None:
    with pytest.raises(ValueError, match="no read"):
        slow_reads({"cells": [cell("get", (1.0, 1.0, 1.0), connections=1)]})


def test_a_table_has_aligned_columns() -> None:
    assert markdown(("request", "p50", "p95"), [("get", "1.00", "12")]) == (
        "| request |  p50 | p95 |\n| ------- | ---: | --: |\n| get     | 1.00 |  12 |"
    )


def test_the_table_of_a_case_shows_its_middle_round_and_ratios() -> None:
    text = table({"cells": [cell("get", (10.0, 2.0, 1.0), (12.0, 2.0, 1.0), (14.0, 2.0, 1.0))]}, 16)
    columns = [column.strip() for column in text.splitlines()[2].strip("|").split("|")]
    assert columns == ["get", "12", "24", "20 - 28", "20", "2.00", "6.0 (6.0)", "5.0 - 7.0", "12 (12)"]


@pytest.mark.parametrize(("value", "text"), [(0.123, "0.12"), (9.876, "9.88"), (10.4, "10"), (163.6, "164")])
def test_milliseconds_have_the_digits_they_deserve(value: float, text: str) -> None:
    assert ms(value) == text


@pytest.mark.parametrize(
    ("stack", "layer"),
    [
        pytest.param(
            [("/lib/python3.11/json/encoder.py", "encode"), ("/site-packages/structlog/_base.py", "info")],
            "request log",
            id="the standard library works for its caller",
        ),
        pytest.param(
            [("/site-packages/asyncpg/connection.py", "fetchrow"), ("/site-packages/sqlalchemy/pool/base.py", "x")],
            "connection, begin, commit",
            id="a ping is the pool's, although the driver sends it",
        ),
        pytest.param(
            [("/site-packages/sqlalchemy/orm/loading.py", "_instance"), ("/site-packages/fastapi/routing.py", "app")],
            "SQLAlchemy",
            id="the innermost package counts",
        ),
        pytest.param(
            [("/site-packages/fastapi/routing.py", "app"), ("/site-packages/fastapi/telemetry/_asgi.py", "__call__")],
            "FastAPI, Starlette",
            id="the telemetry middleware is not charged for what it wraps",
        ),
        pytest.param(
            [("/lib/python3.11/asyncio/locks.py", "wait"), ("/site-packages/starlette/concurrency.py", "iterate")],
            "FastAPI, Starlette",
            id="only run_in_threadpool is a thread",
        ),
        pytest.param([("/lib/python3.11/runpy.py", "main")], "unknown", id="nothing known"),
    ],
)
def test_a_sample_belongs_to_one_layer(stack: list[tuple[str, str]], layer: str) -> None:
    assert layers.layer(tuple(stack)) == layer


def test_shares_are_those_of_all_samples_largest_first() -> None:
    found = layers.shares({(("/redis/client.py", "a"),): 1, (("/jwt/api.py", "b"),): 2, (("/redis/x.py", "c"),): 5})
    assert list(found.items()) == [("Redis client", 0.75), ("token", 0.25)]


def test_groups_lose_no_share() -> None:
    found = layers.grouped({"SQLAlchemy": 0.5, "asyncpg": 0.25, "token": 0.125, "telemetry": 0.125})
    assert found[layers.DATABASE] == 0.75
    assert found[layers.REST] == 0.125
    assert sum(found.values()) == 1.0


def test_every_grouped_layer_is_one_that_samples_can_have() -> None:
    assert set(layers.GROUPS) <= {name for name, *_ in (*layers.PURPOSES, *layers.PACKAGES)}


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        pytest.param(b"HTTP/1.1 200 OK\r\ncontent-len", None, id="no end of the headers"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc", None, id="a part of the body"),
        pytest.param(b"HTTP/1.1 201 Created\r\nContent-Length: 3\r\nx: y\r\n\r\nabc", (201, b"abc"), id="all of it"),
        pytest.param(b"HTTP/1.1 304 Not Modified\r\ncontent-length: 0\r\n\r\n", (304, b""), id="an empty body"),
    ],
)
def test_the_client_waits_for_whole_responses(received: bytes, expected: tuple[int, bytes] | None) -> None:
    response = parse(bytearray(received))
    assert (response and (response.status, response.body)) == expected


def test_the_client_refuses_a_response_without_a_length() -> None:
    with pytest.raises(ValueError, match="Content-Length"):
        parse(bytearray(b"HTTP/1.1 200 OK\r\n\r\n"))


def test_a_request_announces_its_body() -> None:
    head, _, body = request("POST", "/x", [("A", "b")], b"{}").partition(b"\r\n\r\n")
    assert (head.split(b"\r\n")[0], body) == (b"POST /x HTTP/1.1", b"{}")
    assert {b"A: b", b"Content-Length: 2", b"Content-Type: application/json"} < set(head.split(b"\r\n"))


def test_the_published_page_is_what_the_results_say() -> None:
    results = json.loads((ROOT / "benchmarks/reference/results.json").read_text())
    published = (ROOT / "docs/reference-performance.md").read_text()
    assert published == page(results), "run `python -m benchmarks.reference --render`"
    assert (ROOT / "docs/reference-performance.svg").is_file()


def test_the_published_results_meet_the_demand() -> None:
    assert slow_reads(json.loads((ROOT / "benchmarks/reference/results.json").read_text())) == []
