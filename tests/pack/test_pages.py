"""The pattern and style pages: their code, their budget and the rules their code must keep."""

from __future__ import annotations

import ast
import re
import tomllib
from typing import Any

import pytest

from .documents import PAGES, PATTERNS, ROOT, STYLE, fences, prose, sections, text_of

LANGUAGES = {"bash", "json", "python", "text", "toml"}
BANNED = {
    "naive time": r"utcnow|now\(\)\.replace",
    "Pydantic v1": r"\.dict\(|\.parse_obj\(|class Config:",
    "legacy union": r"Optional\[|Union\[",
    "SQLAlchemy 1": r"\bColumn\(|\.query\(",
    "dependency as a default": r"=\s*Depends\(",
    "blind except": r"except( Exception)?:",
    "float money": r"\bfloat\b",
    "offset pagination": r"\.offset\(|\bskip\b",
    "own commit": r"\.commit\(",
    "print": r"\bprint\(",
}
SLICE = {
    "schema": "src/app/schemas/item.py",
    "model": "src/app/models/item.py",
    "domain errors": "src/app/core/errors.py",
    "problem details": "src/app/api/problems.py",
    "repository": "src/app/repositories/item.py",
    "service": "src/app/services/item.py",
    "unit of work": "src/app/api/deps.py",
    "router": "src/app/api/v1/routes/items.py",
    "test": "tests/integration/test_items.py",
}


def python_blocks() -> list[Any]:
    return [
        pytest.param(code, id=f"{page}-{number}")
        for page in PAGES
        for number, (language, code) in enumerate(fences(text_of(page)))
        if language == "python"
    ]


def block(part: str) -> str:
    """The code of one part of the slice."""
    blocks = [code for language, code in fences(text_of(PATTERNS)) if language == "python"]
    [code] = [code for code in blocks if code.startswith(f"# {SLICE[part]}\n")]
    return code


def names(code: str) -> set[str]:
    tree = ast.parse(code)
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return found | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def routes() -> list[tuple[str, str, ast.AsyncFunctionDef]]:
    """Method, path and function of each route."""
    found = []
    for node in ast.parse(block("router")).body:
        if not isinstance(node, ast.AsyncFunctionDef):
            continue
        found += [
            (decorator.func.attr, ast.literal_eval(decorator.args[0]), node)
            for decorator in node.decorator_list
            if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute)
        ]
    return found


@pytest.mark.parametrize("code", python_blocks())
def test_every_python_block_parses(code: str) -> None:
    assert ast.parse(code).body


@pytest.mark.parametrize("code", python_blocks())
def test_every_python_block_is_88_columns_wide_at_most(code: str) -> None:
    assert max(len(line) for line in code.splitlines()) <= 88


@pytest.mark.parametrize(("what", "pattern"), BANNED.items())
@pytest.mark.parametrize("code", python_blocks())
def test_no_block_shows_what_the_pack_refuses(code: str, what: str, pattern: str) -> None:
    assert not re.search(pattern, code), what


@pytest.mark.parametrize("page", PAGES)
def test_every_fence_is_closed_and_has_a_language(page: str) -> None:
    assert {language for language, _ in fences(text_of(page))} <= LANGUAGES
    assert "```" not in prose(text_of(page))


@pytest.mark.parametrize(("page", "tokens"), [(PATTERNS, 2_750), (STYLE, 1_400)])
def test_page_stays_within_its_token_budget(page: str, tokens: int) -> None:
    assert len(text_of(page)) / 4 < tokens


def test_the_slice_is_complete_and_nothing_else_is_shown() -> None:
    blocks = [code for language, code in fences(text_of(PATTERNS)) if language == "python"]
    assert [code.splitlines()[0] for code in blocks] == [f"# {path}" for path in SLICE.values()]


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        (page, heading)
        for page in PAGES
        for heading in sections(text_of(page))
        if heading not in {"Backend patterns", "Decisions", "Python style for backends"}
    ],
)
def test_each_section_says_what_it_prevents(page: str, heading: str) -> None:
    assert re.search(r"\b[Pp]revents?\b", prose(sections(text_of(page))[heading]))


@pytest.mark.parametrize("page", PAGES)
def test_no_dead_link(page: str) -> None:
    text = text_of(page)
    links = re.findall(r"\]\(([^)#]+)\)", text) + re.findall(r"`((?:patterns|styles|docs)/[\w./-]+)`", text)
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize(
    ("part", "foreign"),
    [
        (
            "service",
            {
                "HTTPException",
                "Request",
                "Response",
                "status_code",
                "select",
                "execute",
                "commit",
                "flush",
            },
        ),
        ("repository", {"HTTPException", "Request", "Response", "status_code", "commit"}),
        ("domain errors", {"HTTPException", "Request", "Response", "status_code"}),
        (
            "router",
            {
                "HTTPException",
                "select",
                "AsyncSession",
                "commit",
                "flush",
                "ItemService",
                "ItemRepository",
            },
        ),
    ],
)
def test_a_layer_knows_nothing_of_the_others(part: str, foreign: set[str]) -> None:
    assert names(block(part)) & foreign == set()


def test_commit_happens_before_the_response() -> None:
    calls = [node for node in ast.walk(ast.parse(block("unit of work"))) if isinstance(node, ast.Call)]
    [session] = [call for call in calls if [ast.unparse(argument) for argument in call.args] == ["get_session"]]
    assert {keyword.arg: ast.literal_eval(keyword.value) for keyword in session.keywords} == {"scope": "function"}


def test_the_router_is_crud_and_never_answers_with_a_row() -> None:
    assert sorted((method, path) for method, path, _ in routes()) == [
        ("delete", "/{item_id}"),
        ("get", ""),
        ("get", "/{item_id}"),
        ("patch", "/{item_id}"),
        ("post", ""),
    ]
    returned = {ast.unparse(function.returns) for _, _, function in routes() if function.returns}
    assert returned == {"ItemRead", "ItemPage", "None"}


def test_every_route_is_documented_and_typed() -> None:
    for _, _, function in routes():
        assert ast.get_docstring(function), function.name
        assert function.returns is not None, function.name
        assert all(argument.annotation for argument in function.args.args), function.name


def test_public_classes_and_functions_have_docstrings() -> None:
    for part in SLICE:
        for node in ast.parse(block(part)).body:
            if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if part != "test" and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{part}: {node.name}"


def classes(part: str) -> dict[str, ast.ClassDef]:
    return {node.name: node for node in ast.parse(block(part)).body if isinstance(node, ast.ClassDef)}


def test_the_table_is_named_keyed_and_bounded() -> None:
    model = block("model")
    assert '__tablename__ = "items"' in model
    assert "id: Mapped[int] = mapped_column(primary_key=True)" in model
    assert "name: Mapped[str] = mapped_column(String(100), unique=True)" in model


def test_the_read_schema_reads_attributes() -> None:
    read = classes("schema")["ItemRead"]
    assert [ast.unparse(keyword) for keyword in read.keywords] == ["from_attributes=True"]
    fields = [ast.unparse(node) for node in read.body if isinstance(node, ast.AnnAssign)]
    assert fields == ["id: int", "name: str", "price: Decimal", "created_at: datetime"]


def test_an_update_writes_only_what_was_sent() -> None:
    assert "data.model_dump(exclude_unset=True).items()" in block("service")


def test_create_is_201_and_delete_is_204() -> None:
    statuses = re.findall(r"@router\.(\w+)\([^)]*status_code=(\d+)\)", block("router"))
    assert statuses == [("post", "201"), ("delete", "204")]


def test_each_domain_error_has_its_status() -> None:
    assert "STATUS = {NotFoundError: 404, ConflictError: 409, StaleError: 412}" in block("problem details")
    assert "raise NotFoundError" in block("service")


def test_concurrent_writes_are_told_apart() -> None:
    assert "if_match: Annotated[str | None, Header()] = None" in block("router")
    assert '"version_id_col": version' in block("model")
    assert "await self.get(item_id, lock=True)" in block("service")
    assert "raise StaleError" in block("service")


def test_the_router_has_a_prefix_and_tags() -> None:
    assert 'router = APIRouter(prefix="/items", tags=["items"])' in block("router")


@pytest.mark.parametrize(
    ("part", "given"),
    [("service", "self._items = items"), ("repository", "self._session = session")],
)
def test_a_layer_keeps_what_it_was_given_private(part: str, given: str) -> None:
    assert given in block(part)


@pytest.mark.parametrize("part", ["router", "service", "repository"])
def test_every_method_that_does_io_is_asynchronous(part: str) -> None:
    plain = {node.name for node in ast.walk(ast.parse(block(part))) if isinstance(node, ast.FunctionDef)}
    assert plain <= {"__init__", "_read"}


def test_input_is_bounded_and_strict() -> None:
    for name in ("ItemCreate", "ItemUpdate", "PageQuery"):
        assert [ast.unparse(keyword.value) for keyword in classes("schema")[name].keywords] == ["'forbid'"], name
    assert "le=100" in ast.unparse(classes("schema")["PageQuery"])
    assert "None" not in ast.unparse(classes("schema")["ItemUpdate"])


def test_time_is_aware_and_money_exact() -> None:
    model = block("model")
    assert "DateTime(timezone=True), server_default=func.now()" in model
    assert "price: Mapped[Decimal] = mapped_column(Numeric(12, 2))" in model
    assert "price: Decimal" in block("schema")


def test_uniqueness_is_decided_by_the_constraint() -> None:
    handlers = [node for node in ast.walk(ast.parse(block("repository"))) if isinstance(node, ast.ExceptHandler)]
    assert [ast.unparse(handler.type) for handler in handlers if handler.type] == ["IntegrityError"]
    assert "uq_items_name" in block("repository")
    assert '"uq": "uq_%(table_name)s_%(column_0_name)s"' in block("model")


def test_pages_have_a_total_order_and_a_probe_row() -> None:
    assert ".order_by(Item.id).limit(limit)" in block("repository")
    assert "page.limit + 1" in block("service")


def test_errors_are_problem_details_that_echo_nothing() -> None:
    code = block("problem details")
    assert '"application/problem+json"' in code
    assert '{"loc": e["loc"], "msg": e["msg"]}' in code


@pytest.fixture(scope="module")
def configuration() -> dict[str, Any]:
    [code] = [code for language, code in fences(text_of(STYLE)) if language == "toml"]
    tool = tomllib.loads(code)["tool"]
    assert isinstance(tool, dict)
    return tool


@pytest.mark.parametrize(
    "family",
    [
        pytest.param(family, id=rule)
        for rule, family in {
            "annotations": "ANN",
            "blocking calls": "ASYNC",
            "blind except": "BLE",
            "bugbear": "B",
            "docstrings": "D",
            "aware time": "DTZ",
            "error text in a variable": "EM",
            "Annotated": "FAST",
            "logger arguments": "G",
            "import order": "I",
            "names": "N",
            "no print": "T20",
            "exceptions": "TRY",
            "modern syntax": "UP",
        }.items()
    ],
)
def test_ruff_enforces(configuration: dict[str, Any], family: str) -> None:
    assert family in configuration["ruff"]["lint"]["select"]


def test_imports_are_not_moved_under_type_checking(configuration: dict[str, Any]) -> None:
    assert not {"TC", "TCH", "ALL"} & set(configuration["ruff"]["lint"]["select"])


def test_future_import_and_google_docstrings(configuration: dict[str, Any]) -> None:
    lint = configuration["ruff"]["lint"]
    assert lint["isort"]["required-imports"] == ["from __future__ import annotations"]
    assert lint["pydocstyle"]["convention"] == "google"
    assert not {"D101", "D103"} & set(lint["ignore"])


def test_line_length_and_python_floor(configuration: dict[str, Any]) -> None:
    assert (configuration["ruff"]["line-length"], configuration["ruff"]["target-version"]) == (
        88,
        "py311",
    )


def test_types_are_strict(configuration: dict[str, Any]) -> None:
    assert configuration["mypy"]["strict"] is True
    assert configuration["mypy"]["plugins"] == ["pydantic.mypy"]


def test_coverage_is_90_percent_by_branch(configuration: dict[str, Any]) -> None:
    assert configuration["coverage"]["run"]["branch"] is True
    assert configuration["coverage"]["report"]["fail_under"] == 90
