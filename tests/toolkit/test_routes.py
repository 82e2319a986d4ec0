"""`survey`: the application, and every path under which a router answers, however the code puts them together."""

from __future__ import annotations

from pathlib import Path

import pytest

from .layouts import write
from .running import toolkit

MANIFEST = {"pyproject.toml": '[project]\nname = "shop"\ndependencies = ["fastapi"]\n'}
ROUTER = """from fastapi import APIRouter

router = APIRouter()


@router.get("/{name}")
def get(name: str) -> None: ...
"""
MOUNTED = {
    "a local variable": """
def create_app():
    app = FastAPI()
    inner = FastAPI()
    inner.include_router(users.router, prefix="/users")
    app.mount("/api", inner)
    return app
""",
    "what a factory returns": """
def make_inner() -> FastAPI:
    inner = FastAPI()
    inner.include_router(users.router, prefix="/users")
    return inner


def create_app():
    app = FastAPI()
    app.mount("/api", make_inner())
    return app
""",
    "a variable that holds what a factory returns": """
def make_inner():
    inner = FastAPI()
    inner.include_router(users.router, prefix="/users")
    return inner


inner = make_inner()


def configure(app: FastAPI) -> None:
    app.mount("/api", inner)


def create_app():
    app = FastAPI()
    configure(app)
    return app
""",
    "in a parameter that says no type": """
inner = FastAPI()
inner.include_router(users.router, prefix="/users")


def configure(app):
    app.mount("/api", inner)


def create_app():
    app = FastAPI()
    configure(app)
    return app
""",
    "below a factory's application that another factory changes": """
def make():
    return FastAPI()


def create_app():
    app = make()
    app.include_router(users.router, prefix="/api/users")
    return app
""",
    "in an object": """
class Server:
    def __init__(self):
        self.app = FastAPI()
        self.add()

    def add(self):
        self.app.include_router(users.router, prefix="/api/users")


def create_app():
    return Server().app
""",
    "in an object's own router": """
class Users:
    def __init__(self):
        self.router = APIRouter(prefix="/users")
        self.router.include_router(users.router)


class Other:
    def __init__(self):
        self.router = APIRouter(prefix="/other")


def create_app():
    app = FastAPI()
    app.include_router(Users().router, prefix="/api")
    other = Other()
    app.include_router(other.router, prefix="/api")
    return app
""",
}


def survey(project: Path) -> list[str]:
    done = toolkit("survey", cwd=project)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("way", MOUNTED)
def test_an_application_inside_another_one_is_a_part_of_it(way: str, tmp_path: Path) -> None:
    main = f"from fastapi import APIRouter, FastAPI\n\nfrom shop import users\n{MOUNTED[way]}"
    lines = survey(write(tmp_path, {**MANIFEST, "shop/users.py": ROUTER, "shop/main.py": main}))
    assert "entry point: shop.main:create_app() in shop/main.py (found in the code)" in lines
    assert "  shop/users.py /api/users: GET /{name}" in lines


def test_an_application_that_a_test_or_another_framework_mounts_stays_the_application(tmp_path: Path) -> None:
    files = {
        "shop/users.py": ROUTER,
        "shop/main.py": """from fastapi import FastAPI
from starlette.applications import Starlette

from shop import users

app = FastAPI()
app.include_router(users.router)
outer = Starlette()
outer.mount("/outer", app)
""",
        "tests/test_it.py": """from fastapi import FastAPI

from shop.main import app

outer = FastAPI()
outer.mount("/outer", app)
""",
    }
    lines = survey(write(tmp_path, {**MANIFEST, **files}))
    assert "entry point: shop.main:app in shop/main.py (found in the code)" in lines
    assert "  shop/users.py /: GET /{name}" in lines


def test_an_application_that_is_given_out_with_and_without_another_one_around_it_is_the_application(
    tmp_path: Path,
) -> None:
    main = """from fastapi import FastAPI

from shop import users

BASE = "/base"


def create_app():
    app = FastAPI()
    app.include_router(users.router)
    if BASE:
        outer = FastAPI()
        outer.mount(BASE, app)
        return outer
    return app
"""
    lines = survey(write(tmp_path, {**MANIFEST, "shop/users.py": ROUTER, "shop/main.py": main}))
    assert "entry point: shop.main:create_app() in shop/main.py (found in the code)" in lines
    assert "  shop/users.py /: GET /{name}" in lines
