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
    ],
)
def test_migrations_are_found_where_they_are(config: str, location: str, revisions: str, tmp_path: Path) -> None:
    files = {f"{revisions}/versions/{name}": text for name, text in REVISIONS.items()}
    files[config] = f"[alembic]\nscript_location = {location}\n"
    lines = survey(write(tmp_path, MANIFEST | files))
    assert f"migrations: {revisions}/ ({config}), 2 revisions, head b" in lines
    assert f"tools: alembic ({config})" in lines


def test_migrations_of_another_project_are_its_own(tmp_path: Path) -> None:
    files = {"services/other/alembic.ini": "[alembic]\nscript_location = x\n"}
    files["services/other/pyproject.toml"] = MANIFEST["pyproject.toml"]
    assert "migrations: not found" in survey(write(tmp_path, MANIFEST | files))


def test_tests_of_a_feature_may_be_one_file(tmp_path: Path) -> None:
    lines = survey(write(tmp_path, MANIFEST | {"shop/orders/tests.py": "def test_orders(): ...\n"}))
    assert "tests: shop/orders/ 1; fixtures not found" in lines


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
