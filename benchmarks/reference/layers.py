from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

Stack = tuple[tuple[str, str], ...]

DATABASE, FRAMEWORK, THREADS, OBSERVED, REST = (
    "database",
    "framework, HTTP",
    "sync dependencies",
    "traces, log",
    "Redis, models, own code",
)
# Purposes come first and count wherever they are on the stack: a pre-ping is the pool's, whoever executes it.
PURPOSES = (
    ("request log", "/structlog/", ""),
    ("request log", "/src/app/core/logging.py", ""),
    ("threads for sync dependencies", "/starlette/concurrency.py", "run_in_threadpool"),
    ("connection, begin, commit", "/sqlalchemy/pool/", ""),
    ("connection, begin, commit", "/sqlalchemy/", "_commit_impl"),
    ("connection, begin, commit", "/sqlalchemy/", "_rollback_impl"),
    ("connection, begin, commit", "/sqlalchemy/", "_start_transaction"),
)
# Then the innermost frame of a package decides; what the standard library does, it does for its caller.
PACKAGES = (
    ("telemetry", "/opentelemetry/"),
    ("telemetry", "/fastapi/telemetry"),
    ("asyncpg", "/asyncpg/"),
    ("asyncpg", "/sqlalchemy/dialects/"),
    ("SQLAlchemy", "/sqlalchemy/"),
    ("Redis client", "/redis/"),
    ("token", "/jwt/"),
    ("FastAPI, Starlette", "/fastapi/"),
    ("FastAPI, Starlette", "/starlette/"),
    ("Pydantic", "/pydantic/"),
    ("HTTP server, event loop", "/uvicorn/"),
    ("own code", "/src/app/"),
)
OTHER = "unknown"
GROUPS = {
    "SQLAlchemy": DATABASE,
    "asyncpg": DATABASE,
    "connection, begin, commit": DATABASE,
    "FastAPI, Starlette": FRAMEWORK,
    "HTTP server, event loop": FRAMEWORK,
    "threads for sync dependencies": THREADS,
    "telemetry": OBSERVED,
    "request log": OBSERVED,
}
GROUP_ORDER = (DATABASE, FRAMEWORK, THREADS, OBSERVED, REST)


def layer(stack: Stack) -> str:
    """Name what a sample, innermost frame first, was busy with."""
    for name, place, function in PURPOSES:
        if any(place in filename and function in ("", called) for filename, called in stack):
            return name
    for filename, _ in stack:
        for name, place in PACKAGES:
            if place in filename:
                return name
    return OTHER


def shares(stacks: Mapping[Stack, int]) -> dict[str, float]:
    """The part of all samples that each layer has, largest first."""
    counts: Counter[str] = Counter()
    for stack, times in stacks.items():
        counts[layer(stack)] += times
    return {name: times / counts.total() for name, times in counts.most_common()}


def grouped(found: Mapping[str, float]) -> dict[str, float]:
    """The same shares in few enough parts to be told apart in a picture."""
    sums = dict.fromkeys(GROUP_ORDER, 0.0)
    for name, share in found.items():
        sums[GROUPS.get(name, REST)] += share
    return sums
