"""`survey`: right about the layouts it knows and those it does not, within its budget, and inventing nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from toolkit.project.likeness import singular, words

from .layouts import NAMES, build, write
from .running import REFERENCE, toolkit

FEATURE = "add reviews to products"
LAYERS = ("routers", "schemas", "models", "services", "repositories")


def survey(project: Path, *arguments: str) -> list[str]:
    done = toolkit("survey", *arguments, cwd=project)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def answer(lines: list[str], title: str) -> str:
    """What a line says, or all lines of a section in one."""
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{title}:"))
    found = [lines[start].removeprefix(f"{title}:").strip()]
    for line in lines[start + 1 :]:
        if not line.startswith(" "):
            break
        found.append(line.strip())
    return " ".join(part for part in found if part)


EXPECTED = {
    "src_is_the_package": {
        "project": "blog (package src in the project folder, a folder for each of models, repositories, routes, "
        "schemas, services)",
        "python": ">=3.11 (pyproject.toml); environment not found",
        "entry point": "src.main:app in src/main.py (found in the code)",
        "routers": "src/api/v1/routes/ posts.py /api/v1/posts: GET /{post_id}/comments users.py /api/v1/users: "
        "GET,POST /; GET /{user_id}",
        "schemas": "src/schemas/ post.py PostRead user.py UserBase, UserCreate, UserRead",
        "models": "src/models/ post.py Post (posts) user.py User (users)",
        "services": "src/services/ post.py PostService user.py UserService",
        "repositories": "src/repositories/ base.py BaseRepository user.py UserRepository",
        "commits in": "src/api/deps.py",
        "migrations": "alembic/ (alembic.ini), 2 revisions, head b2",
        "tests": "tests/ 2; fixtures not found",
        "tools": "ruff (pyproject.toml [tool.ruff]), alembic (alembic.ini), pytest (dependency pytest)",
    },
    "routers_in_src_app": {
        "project": "warehouse (package app in src/, a folder for each of models, routers, schemas, services)",
        "python": "^3.12 (pyproject.toml); environment not found",
        "versions": "fastapi 0.115.6, sqlalchemy 2.0.36, celery 5.4.0 (poetry.lock)",
        "entry point": "app.web:api in src/app/web.py (started by Dockerfile)",
        "routers": "src/app/routers/ resources.py /resources: GET,POST; PATCH,DELETE /{resource_id} "
        "stock.py /stock/levels: GET,PUT /{sku}",
        "schemas": "src/app/schemas/resource.py ResourceCreate, ResourceRead",
        "models": "src/app/models/resource.py Resource (resources)",
        "services": "src/app/services/resource.py ResourceService",
        "repositories": "not found",
        "commits in": "src/app/services/resource.py",
        "migrations": "not found",
        "tests": "tests/unit/ 1; fixtures client",
        "tools": "mypy (pyproject.toml [tool.mypy]), pytest (pyproject.toml [tool.pytest])",
    },
    "pydantic_models_and_db_models": {
        "python": "range not found; environment not found",
        "versions": "fastapi ==0.115.6, pydantic >=2, sqlalchemy >=2.0, pytest (declared)",
        "entry point": "app.main:app in app/main.py (found in the code)",
        "routers": "app/api/v1/endpoints/products.py /api/v1/products: POST /; GET /{product_id}",
        "schemas": "app/models/product.py ProductCreate, ProductRead",
        "models": "app/db/models/product.py Product (products)",
        "services": "app/services/product_service.py ProductService",
        "repositories": "not found",
        "tests": "tests/integration/api/ 2, tests/unit/services/ 1; fixtures not found",
        "tools": "ruff (dependency ruff), pytest (dependency pytest)",
    },
    "full_stack_template": {
        "project": "app (package app in the project folder, a folder for each of routes and a file for each of "
        "crud.py, models.py)",
        "folder": "backend/, and every path below is relative to it",
        "python": ">=3.10,<4.0 (pyproject.toml); environment not found",
        "versions": "fastapi 0.115.5, pydantic 2.9.2, sqlalchemy 2.0.36, sqlmodel 0.0.22 (uv.lock)",
        "entry point": "app.main:app in app/main.py (found in the code)",
        "routers": "app/api/routes/ items.py /api/v1/items: GET,POST /; GET /{id} login.py /api/v1: POST "
        "/login/access-token private.py /api/v1/private: POST /users/ users.py /api/v1/users: GET /me",
        "schemas": "app/api/routes/private.py PrivateUserCreate app/models.py UserBase, UserCreate, UserPublic, "
        "ItemBase, ItemCreate, ItemPublic, ItemsPublic, Token",
        "models": "app/models.py User (user), Item (item)",
        "services": "not found",
        "repositories": "app/crud.py create_user, get_user_by_email, authenticate, create_item",
        "commits in": "app/api/routes/items.py, app/crud.py",
        "migrations": "app/alembic/ (alembic.ini), 3 revisions, head 1a31ce608336",
        "tests": "app/tests/api/routes/ 2, app/tests/crud/ 1; fixtures db, client",
    },
    "one_folder_a_feature": {
        "project": "shop (package shop in the project folder, a folder for each feature: billing, catalog)",
        "entry point": "shop.app:application in shop/app.py (found in the code)",
        "routers": "shop/app.py /: GET /ping shop/billing/ router.py (inclusion not found): POST /invoices router.py "
        "/forgotten (inclusion not found): GET /page router.py /internal/billing: POST /refunds "
        "shop/catalog/router.py /internal/articles: GET",
        "schemas": "shop/catalog/schemas.py Article shop/schemas.py Strict",
        "models": "shop/catalog/models.py articles (articles)",
        "services": "shop/billing/service.py InvoiceService shop/catalog/service.py list_articles",
        "commits in": "not found",
        "tests": "not found",
        "tools": "not found",
    },
}


@pytest.mark.parametrize("name", NAMES)
def test_a_layout_is_described_as_it_is(name: str, tmp_path: Path) -> None:
    lines = survey(build(name, tmp_path))
    assert {title: answer(lines, title) for title in EXPECTED[name]} == EXPECTED[name]


def test_the_reference_service_is_described_as_it_is() -> None:
    lines = survey(REFERENCE)
    assert answer(lines, "project").startswith("reference-service (package app in src/")
    assert answer(lines, "entry point") == "app.asgi:app in src/app/asgi.py (pyproject.toml [tool.fastapi])"
    assert "products.py /api/v1/products: GET,POST; GET,PATCH,DELETE /{product_id}" in answer(lines, "routers")
    assert answer(lines, "commits in") == "src/app/core/database.py"
    assert answer(lines, "migrations") == "migrations/ (pyproject.toml), 1 revision, head 0001"
    for layer, suffix in (("models", ""), ("services", "Service"), ("repositories", "Repository")):
        said = answer(lines, layer)
        assert all(f"{name}{suffix}" in said for name in ("Product", "Order", "User"))


def test_every_endpoint_of_the_reference_service_is_found() -> None:
    decorated = 0
    for path in (REFERENCE / "src/app/api").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                decorated += sum("router." in ast.unparse(one) for one in node.decorator_list)
    said = answer(survey(REFERENCE), "routers")
    methods = [word for part in said.split() for word in part.strip(";").split(",")]
    assert sum(word in ("GET", "POST", "PUT", "PATCH", "DELETE") for word in methods) == decorated > 0


NEAREST = [
    ("pydantic_models_and_db_models", FEATURE, "product (matches product)", "app/db/models/product.py Product"),
    ("full_stack_template", "let people share an item", "item (matches item)", "app/models.py Item"),
    ("full_stack_template", "add reviews", "item (no name matches; the most complete resource)", "app/models.py Item"),
    ("src_is_the_package", "comments on blog posts", "post (matches post)", "src/models/post.py Post"),
    (
        "routers_in_src_app",
        "transfer a resource to another owner",
        "resource (matches resource)",
        "src/app/models/reso",
    ),
    ("routers_in_src_app", "find out who is the owner", "resource (matches owner)", "src/app/models/resource.py"),
]


@pytest.mark.parametrize(("name", "feature", "reason", "model"), NEAREST)
def test_a_feature_resembles_what_it_names(name: str, feature: str, reason: str, model: str, tmp_path: Path) -> None:
    lines = survey(build(name, tmp_path), feature)
    assert answer(lines, f'nearest to "{feature}"').startswith(reason)
    assert next(line for line in lines if line.startswith("  model: ")).startswith(f"  model: {model}")


def test_a_layer_that_the_nearest_resource_lacks_is_shown_from_another_one(tmp_path: Path) -> None:
    lines = survey(build("src_is_the_package", tmp_path), "comments on posts")
    assert "  service: src/services/post.py PostService" in lines
    assert "  repository: not found" in lines
    lines = survey(tmp_path, "comments of users on posts")
    assert "  repository: src/repositories/user.py UserRepository (of user)" in lines


@pytest.mark.parametrize(
    ("layout", "most"), [("features", 1000), ("layers", 1000)], ids=["a folder a feature", "a folder a layer"]
)
def test_a_service_of_50_modules_fits_the_budget(layout: str, most: int, tmp_path: Path) -> None:
    things = (
        "product",
        "order",
        "customer",
        "invoice",
        "shipment",
        "warehouse",
        "supplier",
        "discount",
        "refund",
        "tax",
    )
    files = {"pyproject.toml": '[project]\nname = "big"\ndependencies = ["fastapi"]\n', "app/__init__.py": ""}
    app = "from fastapi import FastAPI\n\napp = FastAPI()\n"
    for thing in things:
        place = {
            kind: f"app/{thing}s/{kind}.py" if layout == "features" else f"app/{kind}/{thing}.py" for kind in LAYERS
        }
        title = thing.title()
        dotted = place["routers"].removesuffix(".py").replace("/", ".")
        app += f"from {dotted} import router as {thing}s\n\napp.include_router({thing}s, prefix='/api/v1')\n"
        files[place["routers"]] = (
            f"from fastapi import APIRouter\n\nrouter = APIRouter(prefix='/{thing}s')\n"
            + "".join(
                f"\n\n@router.{method}('{path}')\ndef {method}_{thing}(): ...\n"
                for method, path in (
                    ("get", ""),
                    ("post", ""),
                    ("patch", "/{id}"),
                    ("delete", "/{id}"),
                    ("put", "/{id}/lock"),
                )
            )
        )
        files[place["schemas"]] = "from pydantic import BaseModel\n" + "".join(
            f"\n\nclass {title}{role}(BaseModel): ...\n" for role in ("Create", "Update", "Read", "Filter")
        )
        files[place["models"]] = (
            f"from sqlalchemy.orm import declarative_base\n\n\nclass {title}(declarative_base()):\n"
            f"    __tablename__ = '{thing}s'\n"
        )
        files[place["services"]] = f"class {title}Service: ...\n"
        files[place["repositories"]] = f"class {title}Repository: ...\n"
    files["app/main.py"] = app
    assert sum(path.endswith(".py") for path in files) > 50
    done = toolkit("survey", "let suppliers send an invoice", cwd=write(tmp_path, files))
    assert len(done.stdout) <= most * 4
    assert "/api/v1/products: GET,POST" in done.stdout
    assert 'nearest to "let suppliers send an invoice": invoice (matches supplier, invoice)' not in done.stdout
    assert all(f"{kind}: app/" in done.stdout for kind in ("router", "schema", "model", "service", "repository"))


def test_less_detail_is_shown_for_less_money(tmp_path: Path) -> None:
    project = build("full_stack_template", tmp_path)
    for tokens in (600, 450, 100):
        assert len("\n".join(survey(project, "--tokens", str(tokens)))) <= tokens * 4
    assert "cut off" in survey(project, "--tokens", "100")[-1]


@pytest.mark.parametrize("tokens", ["0", "-1", "many"])
def test_a_budget_that_is_none_is_a_usage_error(tokens: str, tmp_path: Path) -> None:
    done = toolkit("survey", f"--tokens={tokens}", cwd=build("full_stack_template", tmp_path))
    assert done.returncode == 2
    assert f"'{tokens}' is no number of tokens above 0" in done.stderr


def test_nothing_is_imported(tmp_path: Path) -> None:
    project = build("routers_in_src_app", tmp_path)
    for path in project.rglob("*.py"):
        path.write_text(path.read_text() + "\nraise SystemExit('imported')\n")
    assert answer(survey(project), "entry point").startswith("app.web:api")


def test_a_file_that_does_not_parse_is_named(tmp_path: Path) -> None:
    project = write(build("routers_in_src_app", tmp_path), {"src/app/broken.py": "def ("})
    assert answer(survey(project), "unparsed") == "src/app/broken.py"


def test_versions_are_those_of_the_virtual_environment(tmp_path: Path) -> None:
    project = build("routers_in_src_app", tmp_path)
    site = ".venv/lib/python3.12/site-packages"
    write(project, {".venv/pyvenv.cfg": "home = /usr\nversion = 3.12.4\n", ".venv/bin/python": ""})
    write(project, {f"{site}/{name}.dist-info/METADATA": "" for name in ("fastapi-0.120.0", "celery-5.5.1")})
    lines = survey(project)
    assert answer(lines, "python") == "^3.12 (pyproject.toml); 3.12.4 in .venv"
    assert answer(lines, "versions") == "fastapi 0.120.0, celery 5.5.1 (.venv)"


def test_several_projects_are_a_question(tmp_path: Path) -> None:
    for name in ("one", "two"):
        build("routers_in_src_app", tmp_path / name)
    done = toolkit("survey", cwd=tmp_path)
    assert done.returncode == 2
    assert "2 FastAPI projects below" in done.stderr
    assert "one, two" in done.stderr


def test_a_folder_that_is_there_to_build_an_image_is_no_project(tmp_path: Path) -> None:
    write(tmp_path, {"docker/requirements.txt": "fastapi\n", "setup.py": "", "shop/main.py": "import fastapi\n"})
    assert "folder:" not in "\n".join(survey(tmp_path))


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("categories", "category"),
        ("addresses", "address"),
        ("statuses", "status"),
        ("status", "status"),
        ("boxes", "box"),
        ("users", "user"),
        ("news", "new"),
        ("series", "sery"),
        ("bus", "bus"),
        ("warehouses", "warehouse"),
        ("heroes", "hero"),
        ("movies", "movie"),
        ("caches", "cache"),
        ("shoes", "shoe"),
        ("quizzes", "quiz"),
        ("analysis", "analysis"),
        ("apis", "api"),
    ],
)
def test_two_forms_of_a_noun_meet(plural: str, one: str) -> None:
    assert singular(plural) == one
    assert singular(one) == one


def test_identifiers_are_taken_apart() -> None:
    assert words("OAuthTokens_of HTTPServer2") == ["o", "auth", "token", "of", "http", "server", "2"]
