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


def test_imports_may_begin_above_the_project(tmp_path: Path) -> None:
    files = {
        "users.py": ROUTER,
        "core/start.py": "from fastapi import FastAPI\n\nfrom shop.users import router\n\n\ndef make() -> FastAPI:\n"
        "    app = FastAPI()\n    app.include_router(router, prefix='/api')\n    return app\n",
        "main.py": "from shop.core.start import make\n\napp = make()\n",
    }
    lines = survey(write(tmp_path / "shop", {**MANIFEST, **files}))
    assert lines[0] == "project: shop (package shop, imported from the folder above, no layers)"
    assert "entry point: shop.main:app in main.py (found in the code)" in lines
    assert "  users.py /api: GET /{name}" in lines


def test_a_library_called_like_the_projects_folder_is_no_part_of_the_project(tmp_path: Path) -> None:
    files = {
        "models.py": "from tortoise import fields, models\n",
        "main.py": "from fastapi import FastAPI\nfrom tortoise.contrib.fastapi import register_tortoise\n"
        "\nimport models\n\napp = FastAPI()\n",
    }
    lines = survey(write(tmp_path / "tortoise", {**MANIFEST, **files}))
    assert "entry point: main:app in main.py (found in the code)" in lines


NAMESPACE = {
    "src/server/app.py": "from fastapi import FastAPI\n\nfrom .api.users import router\n\napp = FastAPI()\n",
    "src/server/api/users.py": f"from ..schemas import User\n{ROUTER}",
    "src/server/schemas.py": "class User: ...\n",
}
STARTERS = {
    "": ("", "server.app:app in src/server/app.py (found in the code)"),
    "main.py": (
        "import uvicorn\n\nuvicorn.run('src.server.app:app')\n",
        "src.server.app:app in src/server/app.py (started by main.py)",
    ),
    "docker/Dockerfile.prod": (
        'CMD ["uvicorn", \\\n  "--host", "0.0.0.0", \\\n  "server.app:app"]\n',
        "server.app:app in src/server/app.py (started by docker/Dockerfile.prod)",
    ),
    "Dockerfile": (
        'CMD ["fastapi", "run", "--workers", "4", "src/server/app.py"]\n',
        "src.server.app:app in src/server/app.py (started by Dockerfile)",
    ),
}


@pytest.mark.parametrize("starter", STARTERS)
def test_relative_imports_tell_the_package_and_whoever_starts_it_its_name(starter: str, tmp_path: Path) -> None:
    content, said = STARTERS[starter]
    files = {**MANIFEST, **NAMESPACE, "src/server/admin.py": "from fastapi import FastAPI\n\nother = FastAPI()\n"}
    lines = survey(write(tmp_path, {**files, **({starter: content} if starter else {})}))
    assert f"entry point: {said}" in lines


def test_the_most_telling_file_decides_what_is_started(tmp_path: Path) -> None:
    files = {
        "shop/admin.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
        "shop/web.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
        "Makefile": "admin:\n\tuvicorn shop.admin:app\n",
        "Dockerfile": "CMD uvicorn shop.web:app\n",
    }
    assert "entry point: shop.web:app in shop/web.py (started by Dockerfile)" in survey(
        write(tmp_path, MANIFEST | files)
    )


LOOPS = {
    "pairs": "for router, prefix in [(v1.router, '/v1'), (v2.router, '/v2')]:\n"
    "    app.include_router(router, prefix=f'/api{prefix}')\n",
    "a table": "for version, module in {'v1': v1, 'v2': v2}.items():\n"
    "    app.include_router(module.router, prefix='/api/' + version)\n",
    "its values": "PARTS = {'v1': (v1, '/api/v1'), 'v2': (v2, '/api/v2')}\n\nfor part in PARTS.values():\n"
    "    app.include_router(part[0].router, prefix=part[1])\n",
    "a list of another module": "from shop.parts import ROUTERS\n\nfor router in ROUTERS:\n"
    "    app.include_router(router)\n",
    "two lists side by side": "for router, prefix in zip([v1.router, v2.router], ('/v1', '/v2')):\n"
    "    app.include_router(router, prefix='/api' + prefix)\n",
    "a list with numbers": "for number, (module, prefix) in enumerate([(v1, '/api/v1'), (v2, '/api/v2')]):\n"
    "    app.include_router(module.router, prefix=prefix)\n",
    "what a function returns": "from shop.parts import all_routers\n\nfor router in all_routers():\n"
    "    app.include_router(router)  # ROUTERS\n",
    "something unknown, and one by one": "for router in find():\n    app.include_router(router, prefix='/other')\n\n"
    "app.include_router(v1.router, prefix='/api/v1')\napp.include_router(v2.router, prefix='/api/v2')\n",
}


@pytest.mark.parametrize("way", LOOPS)
def test_a_loop_includes_one_router_a_turn(way: str, tmp_path: Path) -> None:
    main = f"from fastapi import FastAPI\n\nfrom shop import v1, v2\n\napp = FastAPI()\n{LOOPS[way]}"
    parts = """from fastapi import APIRouter

from shop import v1, v2

first = APIRouter(prefix="/api")
first.include_router(v1.router, prefix="/v1")
second = APIRouter(prefix="/api/v2")
second.include_router(v2.router)
ROUTERS = [first, second]


def all_routers():
    return ROUTERS
"""
    parts = parts if "ROUTERS" in main else ""
    files = {"shop/v1.py": ROUTER, "shop/v2.py": ROUTER, "shop/main.py": main, "shop/parts.py": parts}
    lines = survey(write(tmp_path, MANIFEST | files))
    assert lines[lines.index("  shop/") + 1 :][:2] == [
        "    v1.py /api/v1: GET /{name}",
        "    v2.py /api/v2: GET /{name}",
    ]


def test_routes_are_added_by_position_and_by_name(tmp_path: Path) -> None:
    main = """from fastapi import FastAPI


class Goods:
    def __init__(self, app: FastAPI) -> None:
        app.add_api_route("/goods", self.goods)
        app.add_api_route(path="/goods", endpoint=self.add, methods=["POST"])
        app.add_api_websocket_route("/feed", self.feed)

    def goods(self) -> None: ...
    def add(self) -> None: ...
    async def feed(self, websocket) -> None: ...


app = FastAPI()
Goods(app)
"""
    project = write(tmp_path, MANIFEST | {"shop/main.py": main})
    assert "  shop/main.py /: GET,POST /goods; WEBSOCKET /feed" in survey(project)
    done = toolkit("survey", "sell more goods", cwd=project)
    assert "  router: shop/main.py goods, add" in done.stdout


def test_a_router_that_a_function_gives_out_is_included(tmp_path: Path) -> None:
    files = {
        "requirements.txt": "fastapi\n",
        "shop/goods.py": "from fastapi import APIRouter\n\nrouter = APIRouter()\n\n\n@router.get('/goods')\n"
        "def goods(): ...\n\n\ndef get_router():\n    return router\n",
        "shop/orders.py": "from fastapi import APIRouter\n\n\ndef make_router(limit):\n"
        "    made = APIRouter(prefix='/orders')\n\n    @made.get('')\n    def orders(): ...\n\n    return made\n",
        "shop/main.py": "from fastapi import FastAPI\n\nfrom shop import goods\nfrom shop.orders import make_router\n\n"
        "app = FastAPI()\napp.include_router(goods.get_router(), prefix='/api')\n"
        "orders = make_router(3)\napp.include_router(orders, prefix='/api')\n",
    }
    lines = survey(write(tmp_path, files))
    assert "    goods.py /api: GET /goods" in lines
    assert "    orders.py /api/orders: GET" in lines


def test_a_router_under_several_prefixes_is_one_line(tmp_path: Path) -> None:
    files = {
        "requirements.txt": "fastapi\n",
        "main.py": "from fastapi import APIRouter, FastAPI\n\napp = FastAPI()\nrouter = APIRouter(prefix='/goods')\n"
        "@router.get('')\ndef goods(): ...\n\n\napp.include_router(router, prefix='/v1')\n"
        "app.include_router(router, prefix='/latest')\n",
    }
    assert "  main.py /v1/goods and /latest/goods: GET" in survey(write(tmp_path, files))


@pytest.mark.parametrize(
    ("bound", "spec"), [("", "shop.server:create_app() in"), ("api = create_app()\n", "shop.web:api in")]
)
def test_a_helpers_application_is_not_taken_for_the_servers(bound: str, spec: str, tmp_path: Path) -> None:
    files = {
        "requirements.txt": "fastapi\n",
        "shop/login_page.py": "from fastapi import FastAPI\n\nlogin = FastAPI()\n" if not bound else "",
        "shop/server.py": "from fastapi import FastAPI\n\n\ndef create_app():\n    app = FastAPI()\n    return app\n",
        "shop/web.py": f"from shop.server import create_app\n\n{bound}",
    }
    [entry] = [line for line in survey(write(tmp_path, files)) if line.startswith("entry point")]
    assert entry.startswith(f"entry point: {spec}")


def test_a_factory_that_needs_arguments_is_the_application_and_is_not_called(tmp_path: Path) -> None:
    main = "from fastapi import FastAPI\n\n\ndef create_app(config, *, debug) -> FastAPI:\n    return FastAPI()\n"
    private = main.replace("create_app", "_make")
    packages = {"shop/__init__.py": "", "shop/more/__init__.py": ""}
    project = write(tmp_path, {**MANIFEST, **packages, "shop/more/main.py": main, "shop/main.py": private})
    spec = "shop.more.main:create_app(config, debug)"
    assert f"entry point: {spec} in shop/more/main.py (found in the code)" in survey(project)
    done = toolkit("verify", "--only", "openapi", cwd=project)
    assert f"not run: {spec} cannot be called by a server: it needs arguments" in done.stdout
    done = toolkit("hub", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"api_spec.md: left out, {spec} needs arguments" in done.stdout
    write(project, {"shop/serve.py": f"{main}\n\ndef start() -> FastAPI:\n    return create_app(None, debug=False)\n"})
    assert "entry point: shop.serve:start() in shop/serve.py (found in the code)" in survey(project)


def test_a_router_that_a_library_makes_is_named_by_its_maker(tmp_path: Path) -> None:
    files = {
        "requirements.txt": "fastapi\n",
        "shop/crud.py": "from crudrouter import CRUDRouter\n\ncrud = CRUDRouter(prefix='/goods')\n",
        "shop/main.py": "from fastapi import FastAPI\nfrom fastapi_users import FastAPIUsers\n\n"
        "from shop.crud import crud\n\nusers = FastAPIUsers()\napp = FastAPI()\n"
        "app.include_router(users.get_auth_router(1), prefix='/auth/jwt')\n"
        "app.include_router(crud, prefix='/api')\n"
        "for part in load():\n    app.include_router(getattr(part, 'router'), prefix='/parts')\n",
    }
    lines = survey(write(tmp_path, files))
    assert "    main.py /parts: what getattr(part, 'router') makes" in lines
    assert "    main.py /api/goods: what CRUDRouter() makes" in lines
    assert "    main.py /auth/jwt: what users.get_auth_router() makes" in lines


GIVEN = {
    "a router and a prefix": """
def mount(app, router, prefix="/api/v1"):
    app.include_router(router, prefix=prefix)


def create_app():
    app = FastAPI()
    mount(app, users.router, "/api/v1")
    mount(app, goods.router, prefix="/api/v1")
    return app
""",
    "a router, and the prefix that is usual": """
def mount(app, *, router: APIRouter, prefix: str = "/api/v1"):
    app.include_router(router, prefix=prefix)


app = FastAPI()
mount(app, router=users.router)
mount(app, router=goods.router)
""",
    "what includes, and a router": """
def put(outer: APIRouter, inner: APIRouter, prefix: str) -> None:
    outer.include_router(inner, prefix=f"/{prefix}")


v1 = APIRouter()
api = APIRouter()
put(v1, users.router, "v1")
put(v1, goods.router, "v1")
api.include_router(v1)
app = FastAPI()
app.include_router(api, prefix="/api")
""",
    "a module that has a router": """
def register(app: FastAPI, part) -> None:
    app.include_router(part.router, prefix="/api/v1")


app = FastAPI()
register(app, users)
register(app, goods)
""",
    "through two functions": """
def mount(app, router):
    app.include_router(router, prefix="/api/v1")


def add(app, one):
    mount(app, one)


app = FastAPI()
add(app, users.router)
add(app, goods.router)
""",
    "a list of routers": """
def include(app: FastAPI, routers: list[APIRouter]) -> None:
    for router in routers:
        app.include_router(router, prefix="/api/v1")


app = FastAPI()
include(app, [users.router, goods.router])
""",
    "a list of routers that is usual": """
ROUTERS = [users.router, goods.router]


def create_app(routers: list[APIRouter] = ROUTERS) -> FastAPI:
    app = FastAPI()
    for router in routers:
        app.include_router(router, prefix="/api/v1")
    return app
""",
    "by a method": """
class Server:
    def __init__(self) -> None:
        self.app = FastAPI()
        self.add(users.router)
        self.add(goods.router)

    def add(self, router: APIRouter) -> None:
        self.app.include_router(router, prefix="/api/v1")


app = Server().app
""",
}


@pytest.mark.parametrize("way", GIVEN)
def test_what_is_given_to_a_function_is_included(way: str, tmp_path: Path) -> None:
    main = f"from fastapi import APIRouter, FastAPI\n\nfrom shop import goods, users\n{GIVEN[way]}"
    files = {"shop/users.py": ROUTER, "shop/goods.py": ROUTER, "shop/main.py": main}
    lines = survey(write(tmp_path, MANIFEST | files))
    found = [line.strip() for line in lines if "GET /{name}" in line]
    assert found == ["goods.py /api/v1: GET /{name}", "users.py /api/v1: GET /{name}"]


def test_endpoints_are_where_their_functions_are(tmp_path: Path) -> None:
    add = 'def add(router):\n    @router.get("/{name}")\n    def get(name: str) -> None: ...\n'
    parts = "from fastapi import APIRouter\n\nfrom shop.api.users import add\n\nrouter = APIRouter()\nadd(router)\n"
    main = "from fastapi import FastAPI\n\nfrom shop import api\n\napp = FastAPI()\napp.include_router(api.router)\n"
    files = {"shop/api/__init__.py": parts, "shop/api/users.py": add, "shop/main.py": main}
    assert "  shop/api/users.py /: GET /{name}" in survey(write(tmp_path, MANIFEST | files))


BASE = """from fastapi import APIRouter


class Base:
    def __init__(self):
        self.router = APIRouter()
        self.add()


class Users(Base):
    def add(self):
        @self.router.get("/users")
        def get() -> None: ...


class Goods(Base):
    def add(self):
        @self.router.get("/goods")
        def get() -> None: ...
"""


HOLDING = """class Server:
    def __init__(self, users: Users, goods: Goods):
        self.users = users
        self.goods = goods
        self.app = FastAPI()
        self.app.include_router(self.users)
        self.app.include_router(self.goods)


app = Server().app
"""


@pytest.mark.parametrize(
    "main", ["app = FastAPI()\napp.include_router(Users().router)\napp.include_router(Goods().router)\n", HOLDING]
)
def test_a_class_has_the_router_that_its_parent_makes(main: str, tmp_path: Path) -> None:
    start = "from fastapi import FastAPI\n\nfrom shop.parts import Goods, Users\n\n"
    lines = survey(write(tmp_path, {**MANIFEST, "shop/parts.py": BASE, "shop/main.py": start + main}))
    assert [line.strip() for line in lines if "GET /" in line] == ["parts.py /: GET /goods", "parts.py /: GET /users"]
