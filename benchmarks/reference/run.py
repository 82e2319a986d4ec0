from __future__ import annotations

import json
import os
import platform
import tempfile
from contextlib import ExitStack
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from benchmarks.pairing import rotated
from benchmarks.reference.cases import PRODUCTS, Case, cases
from benchmarks.reference.client import Batch, ask, measure, request
from benchmarks.reference.figures import BARE, RAW, SERVICE, summary
from benchmarks.reference.stage import EMAIL, PASSWORD, Stage, serving, staged

REQUESTS = {1: 200, 16: 480}
WARM_UP = 200
PROFILED = 2_000
PACKAGES = ("fastapi", "starlette", "pydantic", "sqlalchemy", "asyncpg", "redis", "uvicorn", "uvloop")
APPLICATIONS = {
    SERVICE: "app.asgi:app",
    BARE: "benchmarks.reference.baselines:bare",
    RAW: "benchmarks.reference.baselines:raw",
}


async def run(rounds: int) -> dict[str, Any]:
    """Measure everything; gives what is written to results.json."""
    load = [os.getloadavg()[0]]
    async with staged() as stage:
        with tempfile.TemporaryDirectory() as name:
            cells = await compare(stage, Path(name), rounds)
            profiles = await profile(stage, Path(name))
        versions = {"Python": platform.python_version(), **stage.versions, **{p: version(p) for p in PACKAGES}}
    load.append(os.getloadavg()[0])
    return {
        "machine": {**machine(), "load": [round(each, 1) for each in load]},
        "versions": versions,
        "products": PRODUCTS,
        "rounds": rounds,
        "requests": {str(connections): count for connections, count in REQUESTS.items()},
        "cells": cells,
        "profiles": profiles,
    }


async def compare(stage: Stage, directory: Path, rounds: int) -> list[dict[str, Any]]:
    with ExitStack() as stack:
        service = stack.enter_context(serving(APPLICATIONS[SERVICE], stage.environment, directory))
        measured = cases(await log_in(service), stage.deep_cursor)
        samples = {each.name: (await ask(service, next(each.requests), each.status)).decode() for each in measured}
        (directory / "samples.json").write_text(json.dumps(samples))
        environment = {**stage.environment, "BENCHMARK_SAMPLES": str(directory / "samples.json")}
        ports = {SERVICE: service} | {
            name: stack.enter_context(serving(APPLICATIONS[name], environment, directory)) for name in (BARE, RAW)
        }
        for case in measured:
            requests = take(case, WARM_UP)
            for port in ports.values():
                await measure(port, requests, max(REQUESTS), case.status)
        batches: dict[tuple[str, int, str], list[Batch]] = {}
        for number in range(rounds):
            for case in measured:
                for connections, count in REQUESTS.items():
                    requests = take(case, count)
                    for target in rotated(list(ports), number):
                        batch = await measure(ports[target], requests, connections, case.status)
                        batches.setdefault((case.name, connections, target), []).append(batch)
            print(f"round {number + 1} of {rounds}", flush=True)
    return [
        {
            "case": case.name,
            "is_read": case.is_read,
            "connections": connections,
            "bytes": len(samples[case.name]),
            "targets": {target: pooled(batches[case.name, connections, target]) for target in ports},
        }
        for connections in REQUESTS
        for case in measured
    ]


async def profile(stage: Stage, directory: Path) -> list[dict[str, Any]]:
    """Where the service's CPU time goes, in a process of its own that no latency is taken from."""
    found = []
    with serving("benchmarks.reference.profiled:app", stage.environment, directory) as port:
        for case in cases(await log_in(port), stage.deep_cursor, part=1):
            if not case.profiled:
                continue
            await measure(port, take(case, WARM_UP), max(REQUESTS), case.status)
            await ask(port, request("GET", "/profile/start"))
            await measure(port, take(case, PROFILED), max(REQUESTS), case.status)
            shares = json.loads(await ask(port, request("GET", "/profile/stop")))
            found.append({"case": case.name, "requests": PROFILED, **shares})
    return found


async def log_in(port: int) -> str:
    credentials = json.dumps({"email": EMAIL, "password": PASSWORD}).encode()
    answer = await ask(port, request("POST", "/api/v1/auth/token", body=credentials))
    return str(json.loads(answer)["access_token"])


def take(case: Case, count: int) -> list[bytes]:
    requests = list(islice(case.requests, count))
    assert len(requests) == count, f"{case.name} has run out of requests"
    return requests


def pooled(batches: list[Batch]) -> dict[str, Any]:
    return summary([batch.latencies for batch in batches], [batch.seconds for batch in batches])
