"""Demands met by prose: the words are there, under the heading that docs/seeds.md names."""

from __future__ import annotations

import pytest

from .documents import PROMPTS, flat, prompt, sections, text_of

# Identifier: (file, heading, words).  "frontmatter" and "opening" are the parts without a heading.
DEMANDS = {
    "role-feature": (
        "agents/feature-developer.md",
        "opening",
        "from the schema to the test, and leave nothing for somebody else to finish",
    ),
    "proactive": (
        "agents/feature-developer.md",
        "frontmatter",
        (
            "from a written spec or approved plan: schemas, tables and migration, repository, service, routes, "
            "background tasks, tests. Use PROACTIVELY when a spec adds a resource end to end"
        ),
    ),
    "python-floor": (
        "styles/backend-python.md",
        "What a reviewer enforces",
        "Newer syntax than 3.11 only when `requires-python` allows it",
    ),
    "layout": (
        "patterns/backend-patterns.md",
        "Decisions",
        (
            "`src/app/` with `api/v1/routes`, `services`, `repositories`, `models` (ORM), `schemas` (Pydantic), "
            "`core`, `tasks`; `tests/unit`, `tests/integration`"
        ),
    ),
    "layout-project-wins": (
        "agents/feature-developer.md",
        "Understand",
        "Only a new service takes the layout of the patterns document",
    ),
    "settings": (
        "patterns/backend-patterns.md",
        "Decisions",
        "`pydantic-settings`; secrets are `SecretStr`",
    ),
    "auth": (
        "patterns/backend-patterns.md",
        "Decisions",
        "principal from a dependency: 401 unknown, 403 forbidden; hash passwords in a thread",
    ),
    "password": (
        "agents/feature-developer.md",
        "Build",
        "Passwords are `SecretStr` with a maximum length and never come back",
    ),
    "email": (
        "agents/feature-developer.md",
        "Build",
        "e-mail is the `Email` type of the schemas page, or `EmailStr` where the project has it, lower-cased",
    ),
    "field-text": (
        "agents/feature-developer.md",
        "Build",
        "bounds on every field, and a description where its name does not say what it is",
    ),
    "hashing": (
        "agents/feature-developer.md",
        "Build",
        "password hashing included, runs in a thread",
    ),
    "relationships": (
        "patterns/backend-patterns.md",
        "Decisions",
        '`lazy="raise"`; the query names its `selectinload`',
    ),
    "load-strategy": (
        "agents/backend-developer.md",
        "While writing",
        "a load strategy for every relationship you read",
    ),
    "no-base-class": ("patterns/repositories.md", "When not", "no generic CRUD base class"),
    "no-list": (
        "styles/backend-python.md",
        "What a reviewer enforces",
        "No method called `list`, `type` or `id`",
    ),
    "one-query": ("agents/feature-developer.md", "Build", "One method per query, typed arguments"),
    "modern-syntax": (
        "agents/feature-developer.md",
        "Build",
        "union types with `|`, `match` for closed sets with a failing default, `:=`",
    ),
    "match": (
        "styles/backend-python.md",
        "What a reviewer enforces",
        "with a failing default; `:=` where it removes a repeated call",
    ),
    "fstrings": (
        "styles/backend-python.md",
        "What a reviewer enforces",
        "f-strings for text; a log call has an event and fields",
    ),
    "database": (
        "patterns/backend-patterns.md",
        "Decisions",
        "PostgreSQL; SQLAlchemy 2 async, or SQLModel where the project has it",
    ),
    "migrations": (
        "patterns/backend-patterns.md",
        "Decisions",
        "a reversible Alembic revision per change",
    ),
    "migration-with-schema": (
        "agents/backend-developer.md",
        "While writing",
        "Change the schema and its Alembic revision together",
    ),
    "pytest": ("styles/backend-python.md", "How to run it", "uv run pytest --cov"),
    "real-tests": (
        "patterns/testing.md",
        "When to use",
        "Through HTTP on a migrated PostgreSQL; unit tests for rules alone",
    ),
    "build-tests": ("agents/feature-developer.md", "Build", "One for each behaviour in the list"),
    "build-errors": (
        "agents/feature-developer.md",
        "Build",
        "Every refusal in the list reaches the client in the project's one error format",
    ),
    "build-service": (
        "agents/feature-developer.md",
        "Build",
        "The rules, and domain errors where they say no. It knows no HTTP and no SQL",
    ),
    "build-routes": ("agents/feature-developer.md", "Build", "the right status for each outcome"),
    "awaited": ("agents/feature-developer.md", "Build", "All I/O is awaited"),
    "background": (
        "agents/feature-developer.md",
        "Build",
        "Celery when it must not be lost: named retryable errors, backoff, a time limit",
    ),
    "background-choice": (
        "patterns/backend-patterns.md",
        "Decisions",
        "if it must not be lost, Typer for operators, else `BackgroundTasks`",
    ),
    "behaviours": (
        "agents/feature-developer.md",
        "Understand",
        "a list of behaviours that a test can show",
    ),
    "quality-role": (
        "agents/fastapi-backend-feature.md",
        "opening",
        "make them fit for production",
    ),
    "quality-scope": (
        "agents/fastapi-backend-feature.md",
        "frontmatter",
        "Raises the service quality of working /api/v1 endpoints",
    ),
    "extend": (
        "agents/fastapi-backend-feature.md",
        "opening",
        "every published path, field and status keeps its meaning",
    ),
    "idempotency": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        "`Idempotency-Key` in Redis, scoped to the user, method and path",
    ),
    "idempotency-money": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        "Money needs a unique row in the transaction, or a key at the provider, too",
    ),
    "idempotency-rule": (
        "patterns/backend-patterns.md",
        "Decisions",
        "claim `Idempotency-Key` per user in Redis, replay the answer",
    ),
    "problem-details": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        "RFC 9457 problem details from one handler",
    ),
    "coverage-quality": (
        "agents/fastapi-backend-feature.md",
        "Prove it",
        "Cover at least 90 % of new code, by branch",
    ),
    "coverage-feature": (
        "agents/feature-developer.md",
        "Build",
        "Cover at least 90 % of new code, by branch",
    ),
    "p95": ("agents/fastapi-backend-feature.md", "Prove it", "the aim is p95 < 200 ms"),
    "p95-pattern": ("patterns/backend-patterns.md", "Decisions", "hot paths p95 < 200 ms"),
    "caching": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        "Then cache-aside in the service, with a bounded lifetime, deleted after the commit",
    ),
    "metrics": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        "**Metrics and traces.** FastAPI's own OpenTelemetry where the installed version has it",
    ),
    "route-labels": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        (
            "Whole route templates as labels, never ids: its `http.route` is one; since FastAPI 0.137 "
            '`scope["route"].path` lacks `/api/v1`'
        ),
    ),
    "contract": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        "Zero contract failures",
    ),
    "contract-drive": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        "Drive the endpoints from the schema with Schemathesis",
    ),
    "contract-diff": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        "Compare the OpenAPI document with the base revision and name every breaking change",
    ),
    "usage-example": (
        "agents/fastapi-backend-feature.md",
        "Report",
        (
            "one request and answer as a usage example per endpoint, with the headers, retry rules and settings that a "
            "caller needs"
        ),
    ),
    "described": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        "Describe each field and parameter whose name does not say what it is",
    ),
    "logs": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        "Structured logs with the request id, never secrets",
    ),
    "health": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        (
            "Liveness touches nothing; readiness checks the dependencies, with a short timeout, and takes a busy pool "
            "for no outage"
        ),
    ),
    "twelve-factor": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        (
            "The twelve factors: configuration from the environment, logs to standard output, state in backing "
            "services, one-off administration as commands, a graceful stop"
        ),
    ),
    "breaker": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        "a circuit breaker per dependency",
    ),
    "outgoing": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        "A timeout on each, retries with jitter for named errors only",
    ),
    "pools": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        "an index for each filter and order, pool size and timeout from settings",
    ),
    "measure": (
        "agents/fastapi-backend-feature.md",
        "Prove it",
        (
            "Measure hot paths before and after with the same load, give p95 with the command that measured it, and "
            "say which change moved it"
        ),
    ),
    "quality-tests": (
        "agents/fastapi-backend-feature.md",
        "Prove it",
        "Every concern you add gets a test that fails without it",
    ),
    "quality-expectations": (
        "agents/fastapi-backend-feature.md",
        "Read first",
        "The expectations: traffic, consistency, which dependencies may fail",
    ),
    "quality-questions": (
        "agents/fastapi-backend-feature.md",
        "Report",
        "write questions about business rules or expected load",
    ),
    "ask": (
        "commands/implement.md",
        "Phase 1: Analysis",
        (
            "Ask about business rules and, where the design turns on it, data and expected load; never about what the "
            "code answers"
        ),
    ),
    "observability": (
        "patterns/backend-patterns.md",
        "Decisions",
        "FastAPI's native OpenTelemetry; JSON logs with request id; liveness apart from readiness",
    ),
    "migration-both-ways": (
        "agents/feature-developer.md",
        "Build",
        "takes the revision up, down and up again on a disposable database",
    ),
    "role-backend": (
        "agents/backend-developer.md",
        "opening",
        "it looks as if the people who wrote the rest had made it",
    ),
    "existing": (
        "agents/backend-developer.md",
        "frontmatter",
        (
            "Changes one layer of an existing FastAPI code base by matching its patterns: a router, service, "
            "repository, model, schema"
        ),
    ),
    "dataclasses": (
        "styles/backend-python.md",
        "What a reviewer enforces",
        "Plain values that never cross HTTP are frozen dataclasses",
    ),
    "lifespan": (
        "patterns/project-structure.md",
        "Pattern",
        "Open nothing at import. Server, worker and command open the same resources",
    ),
    "middleware": (
        "agents/fastapi-backend-feature.md",
        "Decide what applies",
        "in ASGI middleware so that only a committed answer is stored",
    ),
    "runner": (
        "agents/backend-developer.md",
        "Before writing any code",
        "the runner (uv, Poetry, a plain virtual environment)",
    ),
    "uv": (
        "styles/backend-python.md",
        "How to run it",
        "project's runner (`uv run`, `poetry run`, or its virtual environment)",
    ),
    "index": (
        "patterns/backend-patterns.md",
        "Decisions",
        "count queries, index filters and sort keys, size the pool",
    ),
    "no-pyproject": (
        "agents/backend-developer.md",
        "Before writing any code",
        "or the requirements and configuration files that stand for it: the Python floor",
    ),
    "nearest": (
        "agents/backend-developer.md",
        "Before writing any code",
        "Search for the nearest existing example of each layer you will touch, and read it whole",
    ),
    "no-new-pattern": (
        "agents/backend-developer.md",
        "Before writing any code",
        "A new pattern, dependency or layer needs an explicit instruction",
    ),
    "route-rules": (
        "agents/backend-developer.md",
        "While writing",
        "Give each route a typed signature, a docstring, the right status and a response schema",
    ),
    "inject": (
        "agents/backend-developer.md",
        "While writing",
        "Inject with `Annotated[..., Depends()]`",
    ),
    "partial": (
        "agents/backend-developer.md",
        "While writing",
        "In a partial update, write only the fields that were sent",
    ),
    "mapped": (
        "agents/backend-developer.md",
        "While writing",
        "Use `Mapped[]` and `mapped_column()`, timezone-aware timestamps set by the database, explicit lengths",
    ),
    "celery-retry": (
        "agents/backend-developer.md",
        "While writing",
        "Retry a Celery task only on named, transient errors; make running it twice harmless",
    ),
    "keyword-only": (
        "styles/backend-python.md",
        "What a reviewer enforces",
        "Optional arguments are keyword-only when a call would not explain them",
    ),
    "v2-names": (
        "styles/backend-python.md",
        "What a reviewer enforces",
        "Pydantic v2 names only: `model_dump`, `model_validate`, `model_config`",
    ),
    "sa2": (
        "styles/backend-python.md",
        "What a reviewer enforces",
        "SQLAlchemy 2 only: `Mapped[]`, `mapped_column`, `select()`",
    ),
    "constants": (
        "styles/backend-python.md",
        "What a reviewer enforces",
        "Values with a meaning are constants or settings",
    ),
    "names": (
        "styles/backend-python.md",
        "What a tool enforces",
        "`snake_case`, `PascalCase`, `SCREAMING_SNAKE_CASE`",
    ),
    "generics": (
        "styles/backend-python.md",
        "What a tool enforces",
        "`X \\| None`, `list[X]`, `dict[K, V]`",
    ),
    "columns": (
        "styles/backend-python.md",
        "What a tool enforces",
        "88 columns; standard library, third party, local imports",
    ),
    "return-none": (
        "styles/backend-python.md",
        "What a tool enforces",
        "types on every parameter and result, `-> None` included",
    ),
    "error-text": (
        "styles/backend-python.md",
        "What a tool enforces",
        "error text in a variable, not inside `raise`",
    ),
    "blind": ("styles/backend-python.md", "What a tool enforces", "no bare or blind `except`"),
    "async-io": (
        "styles/backend-python.md",
        "What a tool enforces",
        "no blocking call in `async def`",
    ),
    "backend-gates": (
        "agents/backend-developer.md",
        "Before you report",
        "over the whole tree, because a changed signature breaks files you did not touch",
    ),
    "not-complete": (
        "agents/backend-developer.md",
        "Before you report",
        "While a check fails, the work is not complete",
    ),
    "remaining": (
        "agents/backend-developer.md",
        "Report",
        "each command with its exit code, and what remains",
    ),
    "narrow": (
        "agents/backend-developer.md",
        "While writing",
        "Catch the narrowest exception you can name",
    ),
    "module-logger": (
        "agents/backend-developer.md",
        "While writing",
        "Log through the module's logger, with ids and without secrets",
    ),
    "integrity": (
        "agents/backend-developer.md",
        "While writing",
        "turn its `IntegrityError` into the project's conflict error",
    ),
    "logger-style": (
        "styles/backend-python.md",
        "What a reviewer enforces",
        "One logger per module, `structlog.get_logger(__name__)`",
    ),
    "project-wins": (
        "agents/backend-developer.md",
        "Before writing any code",
        "a project that commits in its services, or puts `HTTPException` there, keeps doing so",
    ),
    "understand": (
        "commands/implement.md",
        "Phase 1: Analysis",
        "nearest existing router, service, repository, model, schema and test",
    ),
    "libraries": (
        "commands/implement.md",
        "Phase 1: Analysis",
        "Check that every library the feature needs is installed",
    ),
    "add-library": (
        "commands/implement.md",
        "Phase 1: Analysis",
        "add an approved one with the project's own manager, lock file included",
    ),
    "hub-first": (
        "commands/implement.md",
        "Phase 1: Analysis",
        (
            "Read the Documentation Hub where the project keeps one: `systemArchitecture.md`, `api_spec.md`, "
            "`database_schema.md`"
        ),
    ),
    "order": (
        "commands/implement.md",
        "Phase 2: Implementation",
        "schemas, model and migration, repository, service, routes, tests",
    ),
    "openapi": (
        "commands/implement.md",
        "Phase 3: Verification",
        "Each new operation has its response model, statuses and summary in the OpenAPI document",
    ),
    "breaking": (
        "commands/implement.md",
        "Phase 3: Verification",
        "A breaking change of the API is repaired",
    ),
    "rerun": (
        "commands/implement.md",
        "Phase 3: Verification",
        "Repair and rerun until every configured gate passes",
    ),
    "done": (
        "commands/implement.md",
        "Phase 4: Report",
        "While a configured gate fails, the feature is not done, and the first line says so",
    ),
    "rules-in-service": (
        "patterns/services.md",
        "When to use",
        "For rules; no HTTP, SQL or commit",
    ),
    "thin-router": (
        "patterns/routers.md",
        "When to use",
        "To parse, call one service method, build the response; no rules, no queries",
    ),
    "blocking": (
        "patterns/backend-patterns.md",
        "Decisions",
        "plain `def` or a thread, never inside `async def`",
    ),
    "coverage-command": (
        "commands/implement.md",
        "Phase 3: Verification",
        "Branch coverage of changed lines is at least 90 %",
    ),
    "expert-role": (
        "agents/python-fastapi-expert.md",
        "opening",
        "Treat the OpenAPI document as the product",
    ),
    "expert-before": (
        "agents/python-fastapi-expert.md",
        "frontmatter",
        "Use before a large change to get a plan (endpoints, schemas, errors, migration, tests)",
    ),
    "expert-switch": (
        "agents/python-fastapi-expert.md",
        "opening",
        "You are launched for a plan or for a review; do that one",
    ),
    "stateless": ("agents/python-fastapi-expert.md", "opening", "You carry no memory between runs"),
    "hub": (
        "agents/python-fastapi-expert.md",
        "Read first",
        "`api_spec.md` (or a committed `openapi.json`) and `database_schema.md`",
    ),
    "expert-async": (
        "agents/python-fastapi-expert.md",
        "Plan",
        "I/O is `async`, blocking calls leave the event loop",
    ),
    "expert-di": (
        "agents/python-fastapi-expert.md",
        "Plan",
        "services come from `Depends()`, never built in a route",
    ),
    "expert-separation": (
        "agents/python-fastapi-expert.md",
        "Plan",
        "API schemas are separate classes, and no response is a database model",
    ),
    "expert-status": (
        "agents/python-fastapi-expert.md",
        "Plan",
        "its status (401, 403, 404, 409, 412, 422)",
    ),
    "expert-path": (
        "agents/python-fastapi-expert.md",
        "Plan",
        "router (HTTP), service (rules), repository (queries)",
    ),
    "expert-plan": (
        "agents/python-fastapi-expert.md",
        "Plan",
        "every endpoint: method, path, parameters with bounds, request schema, response schema",
    ),
    "expert-service": (
        "agents/python-fastapi-expert.md",
        "Plan",
        "every service method: its rules in order, what it calls, what it raises",
    ),
    "expert-tests": (
        "agents/python-fastapi-expert.md",
        "Plan",
        "the tests that will fail if a rule is left out",
    ),
    "expert-thin": (
        "agents/python-fastapi-expert.md",
        "Review",
        "Are routers thin, queries only in repositories, transactions ended in one place, or as the project has them?",
    ),
    "expert-own-code": (
        "agents/python-fastapi-expert.md",
        "Plan",
        "Keep these in every plan, unless the project's own code decided otherwise, which you then name",
    ),
    "typer": (
        "agents/python-fastapi-expert.md",
        "Plan",
        "a Typer command when an operator starts it",
    ),
    "expert-lint": (
        "agents/python-fastapi-expert.md",
        "Review",
        "Run the linter, the type checker and the tests over the whole tree yourself",
    ),
    "expert-openapi": (
        "agents/python-fastapi-expert.md",
        "Review",
        "Does the generated OpenAPI document show the right response models and statuses?",
    ),
    "task-report": (
        "agents/python-fastapi-expert.md",
        "Report",
        "A review, not a plan, ends with a task update report: API changes (added, changed, removed)",
    ),
    "commit": (
        "commands/implement.md",
        "Phase 4: Report",
        (
            "Commit only when the user asked: stage the paths of this feature by name, with a conventional message: "
            "`feat(api): add refunds`"
        ),
    ),
    "expert-relations": ("agents/python-fastapi-expert.md", "Plan", "how relationships are loaded"),
    "expert-migration": (
        "agents/python-fastapi-expert.md",
        "Plan",
        "the migration in both directions",
    ),
    "concurrency": (
        "agents/python-fastapi-expert.md",
        "Plan",
        "what may run concurrently with what",
    ),
    "expert-background": (
        "agents/python-fastapi-expert.md",
        "Plan",
        "`BackgroundTasks` when losing it is harmless",
    ),
}


def part(path: str, heading: str) -> str:
    """The text under a heading of a prompt or a page."""
    if heading == "frontmatter":
        return " ".join(map(str, prompt(path).frontmatter.values()))
    text = prompt(path).body if path in PROMPTS else text_of(path)
    return text.split("\n## ")[0] if heading == "opening" else sections(text)[heading]


@pytest.mark.parametrize(("path", "heading", "phrase"), DEMANDS.values(), ids=DEMANDS)
def test_demand(path: str, heading: str, phrase: str) -> None:
    assert phrase in flat(part(path, heading))


def test_no_demand_is_met_by_the_same_words_twice() -> None:
    assert len(set(DEMANDS.values())) == len(DEMANDS)
