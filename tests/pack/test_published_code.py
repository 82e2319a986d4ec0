"""The code that the pages show: the rules of the pack that each block must keep."""

from __future__ import annotations

import ast
import re

import pytest

from .documents import ROOT
from .snippets import PYTHON, Snippet, label

BANNED = {
    "naive time": r"utcnow|now\(\)\.replace",
    "Pydantic v1": r"\.dict\(|\.parse_obj\(|class Config:",
    "legacy union": r"Optional\[|Union\[",
    "SQLAlchemy 1": r"\bColumn\(|\.query\(",
    "dependency as a default": r"=\s*Depends\(",
    "blind except": r"except( Exception)?:",
    "float money": r"\b(?:price|total|amount): (?:Mapped\[)?float\b",
    "offset pagination": r"\.offset\(|\bskip\b",
    "print": r"\bprint\(",
}
APP = "reference/src/app"
ROUTES, SERVICES, REPOSITORIES = f"{APP}/api/v1/routes/", f"{APP}/services/", f"{APP}/repositories/"
HTTP = {"HTTPException", "Request", "Response", "status_code"}
EVERY_BLOCK = pytest.mark.parametrize("snippet", PYTHON, ids=label)


def code_below(prefix: str) -> list[Snippet]:
    """The published blocks of the files whose path starts like this, each once."""
    found = {(one.path, one.region): one for one in PYTHON if one.path.startswith(prefix)}
    assert found, f"nothing of {prefix} is published"
    return list(found.values())


def modules_below(prefix: str) -> dict[str, str]:
    """The source of the file of this path, or of each one below it, published or not."""
    place = ROOT / prefix
    paths = [place] if place.is_file() else sorted(place.rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def block(path: str, region: str) -> str:
    """A published region of the application."""
    [snippet] = [one for one in code_below(f"{APP}/{path}") if one.region == region]
    return snippet.code


def names(code: str) -> set[str]:
    tree = ast.parse(code)
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return found | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def functions(code: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def routes(prefix: str = ROUTES) -> list[tuple[str, ast.Call, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Method, decorator and function of each published route."""
    return [
        (decorator.func.attr, decorator, function)
        for snippet in code_below(prefix)
        for function in functions(snippet.code)
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute)
    ]


def classes(code: str) -> dict[str, ast.ClassDef]:
    return {node.name: node for node in ast.parse(code).body if isinstance(node, ast.ClassDef)}


@EVERY_BLOCK
def test_every_python_block_parses(snippet: Snippet) -> None:
    assert ast.parse(snippet.code).body


@EVERY_BLOCK
def test_every_python_block_is_88_columns_wide_at_most(snippet: Snippet) -> None:
    assert max(len(line) for line in snippet.code.splitlines()) <= 88


@pytest.mark.parametrize(("what", "pattern"), BANNED.items())
@EVERY_BLOCK
def test_no_block_shows_what_the_pack_refuses(snippet: Snippet, what: str, pattern: str) -> None:
    assert not re.search(pattern, snippet.code), what


@EVERY_BLOCK
def test_a_silenced_rule_is_named_and_explained(snippet: Snippet) -> None:
    for line in snippet.code.splitlines():
        if re.search(r"# (?:noqa|type: ignore)", line):
            assert re.search(r"# noqa: [A-Z]+\d+ - \w|# type: ignore\[[\w-]+\] - \w", line), line


@pytest.mark.parametrize(
    ("prefix", "foreign"),
    [
        (SERVICES, HTTP | {"select", "execute", "scalar", "scalars", "commit", "flush"}),
        (REPOSITORIES, HTTP | {"commit"}),
        (f"{APP}/core/errors.py", HTTP),
        (ROUTES, {"HTTPException", "select", "AsyncSession", "commit", "flush", "ProductService", "ProductRepository"}),
        (f"{APP}/tasks/", {"commit", "HTTPException"}),
        (f"{APP}/cli.py", {"commit", "HTTPException"}),
    ],
)
def test_a_layer_knows_nothing_of_the_others(prefix: str, foreign: set[str]) -> None:
    assert code_below(prefix)
    for path, code in modules_below(prefix).items():
        assert names(code) & foreign == set(), path


@pytest.mark.parametrize("prefix", [ROUTES, SERVICES, f"{APP}/tasks/", f"{APP}/cli.py"])
def test_a_session_is_handed_to_repositories_and_used_by_nobody_else(prefix: str) -> None:
    assert modules_below(prefix)
    for path, code in modules_below(prefix).items():
        used = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Attribute)]
        calls = [ast.unparse(node) for node in used if ast.unparse(node.value).endswith("session")]
        assert calls == [], path


def test_commit_happens_before_the_response() -> None:
    code = block("api/deps.py", "transaction-dependency")
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    [opened] = [call for call in calls if [ast.unparse(argument) for argument in call.args] == ["get_unit_of_work"]]
    assert {keyword.arg: ast.literal_eval(keyword.value) for keyword in opened.keywords} == {"scope": "function"}


def test_the_router_is_crud_and_never_answers_with_a_row() -> None:
    products = routes(f"{ROUTES}products.py")
    assert sorted((method, ast.literal_eval(call.args[0])) for method, call, _ in products) == [
        ("delete", "/{product_id}"),
        ("get", ""),
        ("get", "/{product_id}"),
        ("patch", "/{product_id}"),
        ("post", ""),
    ]
    returned = {ast.unparse(function.returns) for _, _, function in products if function.returns}
    assert returned == {"ProductRead", "PageRead[ProductRead]", "ProductRead | Response", "None"}


def test_every_route_is_documented_and_typed() -> None:
    for _, call, function in routes():
        assert ast.get_docstring(function), function.name
        assert function.returns is not None, function.name
        assert all(argument.annotation for argument in function.args.args), function.name
        assert "responses" in {keyword.arg for keyword in call.keywords}, function.name


@pytest.mark.parametrize("snippet", code_below(f"{APP}/"), ids=label)
def test_public_classes_functions_and_methods_have_docstrings(snippet: Snippet) -> None:
    top = ast.parse(snippet.code).body
    for node in [*top, *(each for one in top if isinstance(one, ast.ClassDef) for each in one.body)]:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


def test_the_table_is_named_keyed_and_bounded() -> None:
    model = block("models/product.py", "product-model")
    assert '__tablename__ = "products"' in model
    assert "sku: Mapped[str] = mapped_column(String(40), unique=True)" in model
    assert "primary_key=True" in block("models/base.py", "declarative-base")


def test_the_read_schema_reads_attributes() -> None:
    assert "from_attributes=True" in ast.unparse(classes(block("schemas/base.py", "base-schemas"))["ReadModel"])
    read = classes(block("schemas/product.py", "product-schemas"))["ProductRead"]
    assert [ast.unparse(base) for base in read.bases] == ["ReadModel"]
    fields = [ast.unparse(node) for node in read.body if isinstance(node, ast.AnnAssign)]
    assert {"id: int", "price: Money", "version: int", "created_at: datetime"} <= set(fields)


def test_an_update_writes_only_what_was_sent() -> None:
    assert "changes.model_dump(exclude_unset=True).items()" in block("services/product.py", "product-service")


def test_create_is_201_and_delete_is_204() -> None:
    statuses = {
        method: ast.unparse(keyword.value)
        for method, call, _ in routes(f"{ROUTES}products.py")
        for keyword in call.keywords
        if keyword.arg == "status_code"
    }
    assert statuses == {"post": "status.HTTP_201_CREATED", "delete": "status.HTTP_204_NO_CONTENT"}


def test_each_domain_error_has_its_status() -> None:
    table = block("api/problems.py", "domain-to-http")
    for line in ("NotFoundError: HTTPStatus.NOT_FOUND", "ConflictError: HTTPStatus.CONFLICT"):
        assert line in table
    assert "StaleVersionError: HTTPStatus.PRECONDITION_FAILED" in table
    assert set(classes(block("core/errors.py", "domain-errors"))) >= {"NotFoundError", "ConflictError"}
    assert "raise NotFoundError" in block("services/product.py", "not-found")


def test_concurrent_writes_are_told_apart() -> None:
    assert '"version_id_col": version' in block("models/product.py", "product-model")
    assert "require_version(product.version, expected" in block("services/product.py", "product-service")
    assert "raise StaleVersionError" in block("services/versions.py", "require-version")
    assert "if_match" in block("api/deps.py", "expected-versions")


def test_the_router_has_a_prefix_and_tags() -> None:
    code = block("api/v1/routes/products.py", "list-products")
    assert 'router = APIRouter(prefix="/products", tags=["products"])' in code


def test_what_routes_depend_on_has_one_home() -> None:
    """Aliases of dependencies, those of the caller and the transaction among them, come from one module."""
    homes = {}
    for snippet in code_below(f"{APP}/"):
        for node in ast.parse(snippet.code).body:
            if isinstance(node, ast.Assign) and re.match(r"Annotated\[.*\bDepends\(", ast.unparse(node.value)):
                homes[ast.unparse(node.targets[0])] = snippet.path
    assert {"UnitOfWorkDep", "ProductServiceDep", "CurrentUser"} <= homes.keys()
    assert set(homes.values()) == {f"{APP}/api/deps.py"}


@pytest.mark.parametrize(
    ("path", "region", "name"),
    [
        ("core/config.py", "settings", "Settings"),
        ("core/security.py", "tokens", "TokenIssuer"),
        ("core/security.py", "passwords", "PasswordHasher"),
        ("core/errors.py", "domain-errors", "DomainError"),
    ],
)
def test_settings_security_and_errors_are_in_core(path: str, region: str, name: str) -> None:
    assert name in classes(block(path, region))


def test_a_dependency_builds_the_service_of_a_request() -> None:
    code = block("api/deps.py", "service-dependencies")
    assert "return ProductService(uow, resources.product_cache)" in code
    assert "ProductServiceDep = Annotated[ProductService, Depends(get_product_service)]" in code


def test_a_service_is_given_its_unit_of_work() -> None:
    """Or its one repository, where it needs neither a second one nor to wait for the commit."""
    assert "def __init__(self, uow: UnitOfWork, " in block("services/product.py", "service-class")
    assert "return UserService(UserRepository(uow.session), " in block("api/deps.py", "service-dependencies")


def test_a_look_up_returns_one_row_or_nothing() -> None:
    [look_up] = [one for one in functions(block("repositories/product.py", "product-reads")) if one.name == "get"]
    assert look_up.returns
    assert ast.unparse(look_up.returns) == "Product | None"


def test_a_new_row_is_typed_and_written_at_once() -> None:
    [add] = [one for one in functions(block("repositories/product.py", "product-writes")) if one.name == "add"]
    assert [ast.unparse(argument) for argument in add.args.args] == ["self", "product: Product"]
    assert not add.args.kwarg
    assert "async with conflict_when(" in ast.unparse(add), "which ends a savepoint, and so flushes"


def test_middleware_is_pure_asgi() -> None:
    middleware = classes(block("api/request_context.py", "request-context"))["RequestContextMiddleware"]
    assert not middleware.bases
    signature = "async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:"
    assert signature in ast.unparse(middleware)
    assert signature in block("api/idempotency.py", "idempotency-middleware")


def test_a_relationship_is_declared_on_both_sides_and_loads_by_neither() -> None:
    for region, other in (("order-model", "order"), ("order-line-model", "lines")):
        calls = [node for node in ast.walk(ast.parse(block("models/order.py", region))) if isinstance(node, ast.Call)]
        [call] = [each for each in calls if ast.unparse(each.func) == "relationship"]
        given = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
        assert (given["back_populates"], given["lazy"]) == (repr(other), repr("raise"))


def test_a_schedule_starts_a_task_by_its_name() -> None:
    code = block("tasks/celery_app.py", "beat-schedule")
    assert re.search(r'"task": [A-Z_]+,\n +"schedule": timedelta\(', code)
    assert "beat_schedule=BEAT_SCHEDULE" in block("tasks/celery_app.py", "celery-settings")


def test_a_task_returns_a_documented_status() -> None:
    code = block("tasks/confirmation.py", "confirmation-task")
    result = classes(code)["Delivery"]
    assert ast.get_docstring(result)
    assert "status: Literal[" in ast.unparse(result)
    [task] = [one for one in functions(code) if one.name == "send_confirmation"]
    assert task.returns
    assert ast.unparse(task.returns) == "Delivery"


def test_what_may_be_lost_runs_after_the_response() -> None:
    code = block("api/v1/routes/users.py", "may-be-lost")
    assert "background: BackgroundTasks" in code
    assert "background.add_task(welcome, " in code


def test_the_probes_are_routes() -> None:
    [live, ready] = [ast.literal_eval(call.args[0]) for _, call, _ in routes(f"{APP}/api/health.py")]
    assert (live.rpartition("/")[2], ready.rpartition("/")[2]) == ("live", "ready")


def test_a_password_is_hashed_in_a_thread() -> None:
    assert "await asyncio.to_thread(self._hasher.hash, password)" in block("core/security.py", "passwords")


@pytest.mark.parametrize(
    ("code", "given"),
    [
        (block("services/product.py", "service-class"), "self._products = ProductRepository(uow.session)"),
        (
            block("repositories/product.py", "product-reads"),
            "def __init__(self, session: AsyncSession) -> None:\n        self._session = session",
        ),
    ],
)
def test_a_layer_keeps_what_it_was_given_private(code: str, given: str) -> None:
    assert given in code


def test_every_method_that_does_io_is_asynchronous() -> None:
    assert {type(function) for _, _, function in routes()} == {ast.AsyncFunctionDef}
    for snippet in [*code_below(SERVICES), *code_below(REPOSITORIES)]:
        for function in functions(snippet.code):
            if isinstance(function, ast.FunctionDef):
                body = {node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)}
                assert not body & {"execute", "flush", "get", "scalar", "scalars"}, function.name


def test_input_is_bounded_and_strict() -> None:
    assert 'extra="forbid"' in block("schemas/base.py", "base-schemas")
    products = classes(block("schemas/product.py", "product-schemas"))
    page = classes(block("schemas/page.py", "page-query"))["PageQuery"]
    for schema in (products["ProductCreate"], products["ProductUpdate"], page):
        assert [ast.unparse(base) for base in schema.bases] == ["InputModel"], schema.name
    assert "le=100" in ast.unparse(page)
    nullable = [
        node.target.id
        for node in products["ProductUpdate"].body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and "None" in ast.unparse(node)
    ]
    assert nullable == ["description"], "only what the table lets be null"
    assert "description: Mapped[str | None]" in block("models/product.py", "product-model")


def test_a_field_type_is_named_once_with_its_validators() -> None:
    text, numbers = block("schemas/base.py", "text-types"), block("schemas/base.py", "number-types")
    assert re.search(r"^Email = Annotated\[.*AfterValidator\(str\.lower\)", text, re.MULTILINE | re.DOTALL)
    assert re.search(r"^Money = Annotated\[.*BeforeValidator\(_money\)", numbers, re.MULTILINE | re.DOTALL)
    schemas = classes(block("schemas/product.py", "product-schemas"))
    fields = {name: ast.unparse(schema) for name, schema in schemas.items()}
    assert all("    price: Money" in field for field in fields.values()), fields


def test_time_is_aware_and_money_exact() -> None:
    base = block("models/base.py", "declarative-base")
    assert "datetime: DateTime(timezone=True)" in base
    assert "created_at: Mapped[datetime] = mapped_column(server_default=func.now()" in base
    assert "price: Mapped[Decimal] = mapped_column(Numeric(12, 2))" in block("models/product.py", "product-model")
    assert 'WithJsonSchema({"type": "string"' in block("schemas/base.py", "number-types")


def test_uniqueness_is_decided_by_the_constraint() -> None:
    code = block("repositories/errors.py", "write-conflicts")
    handlers = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ExceptHandler)]
    caught = [ast.unparse(handler.type) for handler in handlers if handler.type]
    assert caught == ["IntegrityError", "StaleDataError"]
    assert "session.begin_nested()" in code
    assert "async with conflict_when(" in block("repositories/product.py", "product-writes")
    assert '"uq": "uq_%(table_name)s_' in block("models/base.py", "declarative-base")


def test_pages_have_a_total_order_and_a_probe_row() -> None:
    code = block("repositories/page.py", "keyset-page")
    assert ".order_by(created_at.desc(), row_id.desc()).limit(limit + 1)" in code


def test_errors_are_problem_details_that_echo_nothing() -> None:
    assert '"application/problem+json"' in block("api/problems.py", "problem-response")
    assert 'error["input"]' not in block("api/problems.py", "validation-problem")
    assert 'detail=error["msg"]' in block("api/problems.py", "validation-problem")
