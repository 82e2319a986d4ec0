"""`survey`: migrations, tests and layers, in the places where projects keep them."""

from __future__ import annotations

from pathlib import Path

import pytest

from .layouts import write
from .running import toolkit

MANIFEST = {"pyproject.toml": '[project]\nname = "shop"\ndependencies = ["fastapi", "sqlalchemy", "alembic"]\n'}
REVISIONS = {"a.py": "revision = 'a'\ndown_revision = None\n", "b.py": "revision = 'b'\ndown_revision = 'a'\n"}
MODEL = """from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase): ...


class Account(Base):
    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
"""


def survey(project: Path, *feature: str) -> list[str]:
    done = toolkit("survey", *feature, cwd=project)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("config", "location", "revisions"),
    [
        ("db/alembic/alembic.ini", ".", "db/alembic"),
        ("src/shop/alembic.ini", "shop:database/revisions", "src/shop/database/revisions"),
        ("src/shop/alembic.ini", "%(here)s/migrations", "src/shop/migrations"),
        (
            "src/shop/_internal/server/database/alembic.ini",
            "migrations",
            "src/shop/_internal/server/database/migrations",
        ),
        ("src/shop/alembic.ini", "shop:database:revisions", "src/shop/database/revisions"),
        ("src/shop/alembic.ini", "{filled_in_later}", "src/shop/versioned"),
    ],
)
def test_migrations_are_found_where_they_are(config: str, location: str, revisions: str, tmp_path: Path) -> None:
    files = {f"{revisions}/versions/{name}": text for name, text in REVISIONS.items()}
    files[config] = f"[alembic]\nscript_location = {location}\n"
    files[f"{revisions}/script.py.mako"] = ""
    lines = survey(write(tmp_path, MANIFEST | files))
    assert f"migrations: {revisions}/ ({config}), 2 revisions, head b" in lines
    assert f"tools: alembic ({config})" in lines


def test_each_section_that_alembic_takes_by_name_has_its_own_revisions(tmp_path: Path) -> None:
    lines = ["[main]", "script_location = shop:db", "version_locations = shop:db/main", ""]
    lines += [
        "[tenants]",
        "script_location = shop:db",
        "version_path_separator = os",
        "version_locations = shop/db/old",
    ]
    lines[-1] += ":shop/db/new"
    files = {"alembic.ini": "\n".join([*lines, "", "[loggers]", "keys = root", ""])}
    files |= {
        f"shop/db/{place}": text for place, text in zip(("main/a.py", "old/b.py"), REVISIONS.values(), strict=True)
    }
    files["shop/db/new/c.py"] = "revision = 'c'\ndown_revision = 'b'\n"
    found = "migrations: shop/db/ (alembic.ini [main]), 1 revision, head a; "
    found += "shop/db/ (alembic.ini [tenants]), 2 revisions, head c"
    assert found in survey(write(tmp_path, MANIFEST | files))


def test_migrations_that_the_code_alone_tells_alembic_of_are_found_and_not_judged(tmp_path: Path) -> None:
    files = {f"shop/migrations/versions/{name}": text for name, text in REVISIONS.items()}
    files |= {"shop/migrations/env.py": "from alembic import context\n", "shop/migrations/script.py.mako": ""}
    project = write(tmp_path, MANIFEST | files)
    lines = survey(project)
    assert "migrations: shop/migrations/ (no alembic.ini), 2 revisions, head b" in lines
    assert "tools: alembic (shop/migrations/env.py)" in lines
    done = toolkit("verify", "--only", "migrations,models", cwd=project)
    assert done.stdout.count("not configured: there is no alembic.ini: the code itself tells Alembic") == 2


def test_revisions_may_be_in_a_folder_for_each_year_and_their_tables_are_no_models(tmp_path: Path) -> None:
    files = {f"migrations/versions/202{number}/{name}": REVISIONS[name] for number, name in enumerate(REVISIONS)}
    files["migrations/versions/2020/a.py"] += "import sqlalchemy\n\nold = sqlalchemy.Table('old')\n"
    files["alembic.ini"] = "[alembic]\nscript_location = migrations\nrecursive_version_locations = true\n"
    lines = survey(write(tmp_path, MANIFEST | files))
    assert "migrations: migrations/ (alembic.ini), 2 revisions, head b" in lines
    assert "models: not found" in lines


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("aerich.ini", "[aerich]\ntortoise_orm = shop.db.CONFIG\nlocation = ./db/migrations\n"),
        ("pyproject.toml", f"{MANIFEST['pyproject.toml']}[tool.aerich]\nlocation = 'db/migrations'\n"),
    ],
)
def test_migrations_of_aerich_are_found_and_not_taken_for_those_of_alembic(
    file: str, text: str, tmp_path: Path
) -> None:
    names = ("0_20250101_init.py", "9_20250801_more.py", "10_20250901_last.py")
    files = {f"db/migrations/models/{name}": "async def upgrade(db): ...\n" for name in names} | {file: text}
    project = write(tmp_path, MANIFEST | files)
    assert f"migrations: db/migrations/ ({file}), 3 revisions, head 10_20250901_last" in survey(project)
    done = toolkit("verify", "--only", "migrations,models", cwd=project)
    assert done.stdout.count("not configured: the migrations are for aerich, and these gates know Alembic alone") == 2


def test_several_heads_are_told(tmp_path: Path) -> None:
    files = {f"migrations/versions/{name}": text for name, text in REVISIONS.items()}
    files["migrations/versions/c.py"] = REVISIONS["b.py"].replace("'b'", "'c'")
    files["alembic.ini"] = "[alembic]\nscript_location = migrations\n"
    assert "migrations: migrations/ (alembic.ini), 3 revisions, heads b, c" in survey(write(tmp_path, MANIFEST | files))


def test_migrations_of_another_project_are_its_own(tmp_path: Path) -> None:
    files = {"services/other/alembic.ini": "[alembic]\nscript_location = x\n"}
    files["services/other/pyproject.toml"] = MANIFEST["pyproject.toml"]
    assert "migrations: not found" in survey(write(tmp_path, MANIFEST | files))


def test_tests_of_a_feature_may_be_one_file(tmp_path: Path) -> None:
    lines = survey(write(tmp_path, MANIFEST | {"shop/orders/tests.py": "def test_orders(): ...\n"}))
    assert "tests: shop/orders/ 1; fixtures not found" in lines


BESIDE = {
    "pre-commit": (".pre-commit-config.yaml", "repos: []\n"),
    "tox": ("tox.ini", "[tox]\nenvlist = py\n"),
    "nox": ("noxfile.py", "import nox\n"),
    "pylint": (".pylintrc", "[MAIN]\n"),
    "make check": ("Makefile", "test-data:\n\ttrue\ncheck: lint-all\n\ttrue\nlint := no\n"),
    "just test": ("justfile", "lint := 'x'\ntest *args:\n    pytest {{args}}\n"),
}


@pytest.mark.parametrize("command", BESIDE)
def test_checks_that_no_gate_runs_are_told_of(command: str, tmp_path: Path) -> None:
    file, text = BESIDE[command]
    project = write(tmp_path, {**MANIFEST, file: text, "shop/main.py": ""})
    assert f"other checks: {command} ({file}); verify runs none of them" in survey(project)
    done = toolkit("verify", "--only", "format", cwd=project)
    line = f"not run here, the project has them beside these gates: {command} ({file})"
    assert done.stdout.splitlines()[-1] == line


@pytest.mark.parametrize(("file", "text"), [("tox.ini", "[flake8]\nmax-line-length = 99\n"), ("Makefile", "run:\n")])
def test_a_file_without_checks_is_none(file: str, text: str, tmp_path: Path) -> None:
    assert "other checks" not in "\n".join(survey(write(tmp_path, {**MANIFEST, file: text})))


def test_a_folder_of_an_architecture_is_no_thing_of_the_domain(tmp_path: Path) -> None:
    files = {
        "shop/iam/infra/models.py": MODEL,
        "shop/iam/infrastructure/repositories.py": "class AccountRepository: ...\n",
        "shop/iam/presentation/api.py": "from fastapi import APIRouter\n\nrouter = APIRouter()\n\n\n"
        "@router.get('/accounts')\ndef accounts() -> None: ...\n",
    }
    lines = survey(write(tmp_path, MANIFEST | files), "let iam administrators close accounts")
    start = next(number for number, line in enumerate(lines) if line.startswith("nearest to"))
    assert lines[start].endswith(": iam (matches iam)")
    assert lines[start + 1 : start + 5] == [
        "  router: shop/iam/presentation/api.py accounts",
        "  service: not found",
        "  repository: shop/iam/infrastructure/repositories.py AccountRepository",
        "  model: shop/iam/infra/models.py Account",
    ]


def test_schemas_of_libraries_are_schemas(tmp_path: Path) -> None:
    files = {
        "shop/users.py": "from fastapi_users import schemas\n\n\nclass UserRead(schemas.BaseUser[int]): ...\n\n\n"
        "class UserCreate(schemas.BaseUserCreate): ...\n",
        "shop/goods.py": "from pydantic import create_model\nfrom tortoise.contrib.pydantic import "
        "pydantic_model_creator\n\nGood = pydantic_model_creator(object, name='G')\nPart = create_model('Part')\n"
        "\n\nclass Whole(create_model('Half')): ...\n",
    }
    lines = survey(write(tmp_path, MANIFEST | files))
    assert "    goods.py Good, Part, Whole" in lines
    assert "    users.py UserRead, UserCreate" in lines


def test_models_inside_a_layer_are_no_part_of_it(tmp_path: Path) -> None:
    files = {
        "shop/services/database/models/account.py": f"{MODEL}\n\ndef is_open() -> bool: ...\n",
        "shop/services/billing.py": "def bill() -> None: ...\n",
    }
    lines = survey(write(tmp_path, MANIFEST | files))
    assert lines[lines.index("services:") + 1] == "  shop/services/billing.py bill"
    assert "  shop/services/database/models/account.py Account (accounts)" in lines
    assert not any("is_open" in line for line in lines)


@pytest.mark.parametrize("base", ["beanie.Document", "tortoise.models.Model"])
def test_models_without_tables_make_no_database_page(base: str, tmp_path: Path) -> None:
    module, _, name = base.rpartition(".")
    files = {"shop/models.py": f"from {module} import {name}\n\n\nclass Good({name}): ...\n"}
    project = write(tmp_path, MANIFEST | files)
    assert "  shop/models.py Good" in survey(project)
    done = toolkit("hub", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "database_schema.md: left out, the code defines no tables of SQLAlchemy" in done.stdout
    assert not (project / "docs/database_schema.md").exists()


def test_a_folder_of_an_architecture_is_no_feature(tmp_path: Path) -> None:
    schema = "from pydantic import BaseModel\n\n\nclass A(BaseModel): ...\n"
    files = {f"shop/{place}/schemas.py": schema for place in ("orders", "goods", "api", "x/api", "api/v1", "utils")}
    lines = survey(write(tmp_path, MANIFEST | files))
    assert lines[0] == "project: shop (a folder for each feature: goods, orders)"


def test_a_few_folders_with_layers_of_their_own_are_no_layout(tmp_path: Path) -> None:
    schema = "from pydantic import BaseModel\n\n\nclass A(BaseModel): ...\n"
    files = {f"shop/{place}/schemas.py": schema for place in ("billing", "search")}
    files |= {f"shop/schemas/{name}.py": schema for name in ("order", "good", "user")}
    lines = survey(write(tmp_path, MANIFEST | files))
    assert lines[0] == "project: shop (a folder for each of schemas and a file for each of schemas.py)"


def test_what_implements_a_protocol_is_of_its_layer_and_the_protocol_is_not(tmp_path: Path) -> None:
    files = {
        "shop/repositories/base.py": "from typing import Protocol\n\n\nclass AnyRepository(Protocol): ...\n\n\n"
        "class BaseRepository(AnyRepository): ...\n",
        "shop/repositories/user.py": "from shop.repositories.base import BaseRepository\n\n\n"
        "class UserRepository(BaseRepository): ...\n",
    }
    lines = survey(write(tmp_path, MANIFEST | files))
    assert "    base.py BaseRepository" in lines
    assert "    user.py UserRepository" in lines


def test_a_manager_of_users_is_about_users(tmp_path: Path) -> None:
    files = {
        "shop/models/user.py": MODEL.replace("Account", "User"),
        "shop/models/user_session.py": MODEL.replace("Account", "UserSession"),
        "shop/services/user_manager.py": "class UserManager: ...\n",
        "shop/services/user_session.py": "class UserSessionService: ...\n",
        "shop/repositories/user_session.py": "class UserSessionRepository: ...\n",
    }
    lines = survey(write(tmp_path, MANIFEST | files), "tags of users")
    assert 'nearest to "tags of users": user (matches user)' in lines
    assert "  service: shop/services/user_manager.py UserManager" in lines
    assert "  model: shop/models/user.py User" in lines


@pytest.mark.parametrize("base", ["tortoise.models.Model", "django.db.models.Model"])
def test_an_abstract_model_has_no_table(base: str, tmp_path: Path) -> None:
    module, _, name = base.rpartition(".")
    text = f"from {module} import {name}\n\n\nclass Base({name}):\n    class Meta:\n        abstract = True\n"
    files = {"shop/models.py": f"{text}\n\nclass Good(Base): ...\n"}
    assert "  shop/models.py Good" in survey(write(tmp_path, MANIFEST | files))


@pytest.mark.parametrize(("library", "base"), [("pydantic", "BaseModel"), ("tortoise", "Model")])
def test_a_package_that_is_called_like_a_library_does_not_take_its_place(
    library: str, base: str, tmp_path: Path
) -> None:
    places = ("src/shop", "src/shop/_internal", f"src/shop/_internal/{library}")
    files = {f"{place}/__init__.py": "" for place in places}
    files["src/shop/_internal/parts.py"] = f"from {library} import {base}\n\n\nclass Good({base}): ...\n"
    assert "  src/shop/_internal/parts.py Good" in survey(write(tmp_path, MANIFEST | files))


def test_a_template_of_another_project_is_not_taken_for_the_application(tmp_path: Path) -> None:
    factory = "from fastapi import FastAPI\n\n\ndef create() -> FastAPI:\n    return FastAPI()\n"
    main = "from shop.tool.serving import create\n\napp = create()\n"
    files = {"shop/tool/serving.py": factory, "templates/{{cookiecutter.name}}/main.py": main}
    lines = survey(write(tmp_path, {**MANIFEST, **files, "shop/__init__.py": "", "shop/tool/__init__.py": ""}))
    assert "entry point: shop.tool.serving:create() in shop/tool/serving.py (found in the code)" in lines
