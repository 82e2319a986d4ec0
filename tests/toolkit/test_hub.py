"""`hub`: the three documents say what the code says, keep what people wrote, and are stale when the code moves on."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from .layouts import build, write
from .projects import ENVIRONMENT, committed, edit, listing, reference
from .running import toolkit

FILES = ("systemArchitecture.md", "api_spec.md", "database_schema.md")
PATH = "`/v1/shelves/{shelf_id}`"
INPUT = "path `shelf_id` integer, query `deep`? boolean, header `trace`? string or null"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A service without documents."""
    if not ENVIRONMENT.exists():
        pytest.skip("reference/.venv is not there: `make reference-installed` makes it")
    folder = build("warehouse", tmp_path / "warehouse")
    (folder / ".venv").symlink_to(ENVIRONMENT)
    return folder


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Its documents, written once for all tests."""
    if not ENVIRONMENT.exists():
        pytest.skip("reference/.venv is not there: `make reference-installed` makes it")
    folder = build("warehouse", tmp_path_factory.mktemp("pages"))
    (folder / ".venv").symlink_to(ENVIRONMENT)
    done = hub(folder)
    assert done.returncode == 0, done.stderr
    return written(folder)


@pytest.fixture
def documented(project: Path, pages: dict[str, str]) -> Path:
    """The service with its documents."""
    return write(project, {f"docs/{name}": text for name, text in pages.items()})


def hub(project: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return toolkit("hub", *arguments, cwd=project, env=variables)


def written(project: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in (project / "docs").iterdir()}


def section(text: str, name: str) -> list[str]:
    """The lines of a generated section."""
    match = re.search(rf"<!-- generated:begin {name} -->\n(.*?)<!-- generated:end {name} -->", text, re.DOTALL)
    assert match, name
    return [line for line in match[1].splitlines() if line]


def test_the_documents_are_written_and_nothing_else(project: Path, pages: dict[str, str]) -> None:
    before = listing(project)
    done = hub(project, PYTHONHASHSEED="1")
    assert done.stdout.splitlines() == [f"docs/{name}: the file is missing; now written" for name in FILES]
    assert set(listing(project)) - set(before) == {"docs", *(f"docs/{name}" for name in FILES)}
    assert written(project) == pages


@pytest.mark.parametrize("arguments", [[], ["--check"]], ids=["written again", "checked"])
def test_a_second_run_changes_nothing(arguments: list[str], documented: Path, pages: dict[str, str]) -> None:
    done = hub(documented, *arguments, PYTHONHASHSEED="2", TITLE="another")
    assert done.returncode == 0
    assert done.stdout.startswith("up to date: systemArchitecture.md, api_spec.md, database_schema.md in docs")
    assert written(documented) == pages


def test_the_api_is_what_the_application_says(pages: dict[str, str]) -> None:
    text = pages["api_spec.md"]
    assert section(text, "endpoints")[2:] == [
        f"| GET {PATH} | Show one shelf. | - | {INPUT} | 200 ShelfRead, 422 HTTPValidationError |",
        f"| DELETE {PATH} | Clear (deprecated) | - | path `shelf_id` integer | 204, 422 HTTPValidationError |",
    ]
    lines = section(text, "schemas")
    start = lines.index("### ShelfRead")
    assert lines[start + 1 : start + 7] == [
        "What stands where.",
        "| field | type | required | limits |",
        "| --- | --- | --- | --- |",
        "| `id` | integer | yes | - |",
        "| `code` | string | yes | at most `8` characters, matches `` ^[A-Z\\|`]+$ `` |",
        "| `kind` | `cold` or `dry` | no | default `dry` |",
    ]


def test_the_tables_are_what_the_models_say(pages: dict[str, str]) -> None:
    text = pages["database_schema.md"]
    lines = section(text, "tables")
    assert lines[lines.index("### shelves") :][1:12] == [
        "| column | type | null | key | default |",
        "| --- | --- | --- | --- | --- |",
        "| `id` | INTEGER | no | primary key | - |",
        "| `row` | INTEGER | no | - | - |",
        "| `code` | VARCHAR(8) | no | - | - |",
        "| `height` | NUMERIC(5, 2) | no | - | - |",
        "| `kind` | ENUM(COLD, DRY) | no | - | - |",
        "| `built` | DATETIME WITH TIME ZONE | no | - | `now()` |",
        "- check (height > 0)",
        "- unique (row, code)",
        "- index (row)",
    ]
    assert "| `shelf_id` | INTEGER | no | primary key, references shelves.id on delete cascade | - |" in lines
    assert "| `token` | UUID | no | - | - |" in lines
    diagram = section(text, "diagram")
    assert diagram[:2] == ["```mermaid", "erDiagram"]
    assert '  "shelves" ||--o| "style" : "shelf_id"' in diagram
    assert '  "shelves" |o--o{ "style" : "printer"' in diagram
    assert "    INTEGER shelf_id PK, FK" in diagram


def test_the_architecture_is_what_the_imports_say(pages: dict[str, str]) -> None:
    text = pages["systemArchitecture.md"]
    assert section(text, "processes")[2:] == [
        "| HTTP | `warehouse.main:build()` |",
        "| command `restock` | `warehouse.commands:main` |",
    ]
    assert "| PostgreSQL | asyncpg | - |" in section(text, "systems")
    assert "| `routers` | `shelves` |" in section(text, "modules")
    arrows = [line.strip() for line in section(text, "imports") if "-->" in line]
    assert arrows == [
        "m_commands --> m_services",
        "m_main --> m_routers",
        "m_routers --> m_services",
        "m_services --> m_models",
    ]


CHANGES = [
    ("commands.py", "from warehouse.services", "from warehouse.models import Shelf\nfrom warehouse.services"),
    ("routers/shelves.py", "@router.delete", '@router.get("")\ndef every() -> None: ...\n\n\n@router.delete'),
    ("models.py", "    row: Mapped[int]\n", "    row: Mapped[int]\n    weight: Mapped[int]\n"),
]
STALE = """\
docs/systemArchitecture.md: section imports is stale: it lacks m_commands --> m_models
docs/api_spec.md: section endpoints is stale: it lacks | GET `/v1/shelves` | Every | - | - | 200 |
docs/database_schema.md: section diagram is stale: it lacks INTEGER weight
docs/database_schema.md: section tables is stale: it lacks | `weight` | INTEGER | no | - | - |
"""


def test_what_became_stale_is_named_and_nothing_is_written(documented: Path, pages: dict[str, str]) -> None:
    for path, old, new in CHANGES:
        edit(documented / "warehouse" / path, old, new)
    done = hub(documented, "--check")
    assert done.returncode == 1
    assert done.stdout == STALE
    assert written(documented) == pages
    assert hub(documented).stdout == STALE.replace("\n", "; now written\n")
    assert hub(documented, "--check").returncode == 0


def test_what_is_gone_is_stale_too(documented: Path) -> None:
    edit(documented / "warehouse/models.py", "height: Mapped[float] = mapped_column(Numeric(5, 2))", "height = 1")
    done = hub(documented, "--check")
    assert done.returncode == 1
    assert "tables is stale: it still has | `height` | NUMERIC(5, 2) | no | - | - |" in done.stdout


def test_a_library_without_an_application_has_modules(tmp_path: Path) -> None:
    manifest = '[project]\nname = "kit"\ndependencies = ["fastapi"]\n'
    service = "from kit.store import put\n"
    write(tmp_path, {"pyproject.toml": manifest, "src/kit/store.py": "def put(): ...\n", "src/kit/web/api.py": service})
    assert hub(tmp_path).returncode == 0
    page = written(tmp_path)["systemArchitecture.md"]
    assert section(page, "processes") == ["None."]
    assert "| `src/kit/web` | `api` |" in section(page, "modules")
    assert "  m_src_kit_web --> m_src_kit" in section(page, "imports")


def test_an_environment_that_is_not_there_is_named(tmp_path: Path) -> None:
    main = "import no_such_library\nfrom fastapi import FastAPI\n\napp = FastAPI()\n"
    done = hub(write(tmp_path, {"requirements.txt": "fastapi\n", "main.py": main}))
    assert done.stderr.endswith(", for the project's environment was not found)\n")


def test_what_cannot_be_written_is_not_said_to_be(tmp_path: Path) -> None:
    write(tmp_path, {"requirements.txt": "fastapi\n", "docs": "a file\n", "shop.py": ""})
    done = hub(tmp_path)
    assert done.returncode == 2
    assert "now written" not in done.stdout
    assert "docs: File exists" in done.stderr


def test_missing_documents_are_stale(project: Path) -> None:
    done = hub(project, "--check")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [f"docs/{name}: the file is missing" for name in FILES]
    assert not (project / "docs").exists()


def test_what_people_wrote_survives(documented: Path) -> None:
    path = documented / "docs/database_schema.md"
    text = path.read_text()
    text = text.replace(
        "# Database\n", "# Our tables\r\n\r\nWhy shelves have no colour: nobody asked.\n".replace("\r", "")
    )
    text = (
        text.replace("## Tables\n\n", "## Every table\n\nRead this first.\n\n").rstrip() + "\n\n## History\n\nLong.\n"
    )
    path.write_text(text)
    assert hub(documented, "--check").returncode == 0
    edit(
        documented / "warehouse/models.py", "    row: Mapped[int]\n", "    row: Mapped[int]\n    weight: Mapped[int]\n"
    )
    hub(documented)
    changed = path.read_text()
    assert [line for line in changed.splitlines() if "weight" not in line] == text.splitlines()
    assert changed != text


def test_line_ends_of_the_file_stay(documented: Path) -> None:
    path = documented / "docs/api_spec.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    edit(documented / "warehouse/routers/shelves.py", "Show one shelf.", "Show a shelf.")
    assert hub(documented).returncode == 0
    data = path.read_bytes()
    assert b"Show a shelf." in data
    assert data.count(b"\n") == data.count(b"\r\n")


def test_a_section_may_be_moved_and_comes_back_when_it_is_deleted(documented: Path) -> None:
    path = documented / "docs/api_spec.md"
    text = path.read_text()
    start = text.index("<!-- generated:begin schemas -->")
    end = text.index("<!-- generated:end schemas -->") + len("<!-- generated:end schemas -->")
    path.write_text(f"{text[start:end]}\n\n# API\n\n{text[:start].partition('# API')[2].strip()}\n{text[end:]}")
    assert hub(documented, "--check").returncode == 0
    path.write_text(f"# Mine\n\n{text[start:end]}\n")
    assert "docs/api_spec.md: section endpoints is missing" in hub(documented, "--check").stdout
    hub(documented)
    assert path.read_text().startswith("# Mine\n\n<!-- generated:begin schemas -->")
    assert "\n\n## Endpoints\n\n<!-- generated:begin endpoints -->" in path.read_text()


def test_markers_that_do_not_pair_are_an_error_and_nothing_is_lost(documented: Path) -> None:
    path = documented / "docs/api_spec.md"
    text = path.read_text().replace("<!-- generated:end endpoints -->", "")
    path.write_text(text)
    done = hub(documented)
    assert done.returncode == 2
    assert "api_spec.md:7: the markers of section endpoints do not pair" in done.stderr
    assert path.read_text() == text


def test_documents_are_kept_where_they_are(project: Path, tmp_path: Path) -> None:
    write(project, {"handbook/hub/api_spec.md": "# API\n"})
    assert hub(project, "--adopt").returncode == 0
    assert sorted(path.name for path in (project / "handbook/hub").iterdir()) == sorted(FILES)
    assert hub(project, "--folder", str(tmp_path / "elsewhere")).returncode == 0
    assert sorted(path.name for path in (tmp_path / "elsewhere").iterdir()) == sorted(FILES)


BY_HAND = """\
docs/api_spec.md: left alone, it has no markers and so is written by hand (--adopt adds sections)
docs/systemArchitecture.md: not written, a document beside it is written by hand (--adopt writes it)
docs/database_schema.md: not written, a document beside it is written by hand (--adopt writes it)
"""


@pytest.mark.parametrize("arguments", [[], ["--check"]], ids=["written", "checked"])
def test_a_hub_that_is_kept_by_hand_is_left_alone(arguments: list[str], project: Path) -> None:
    write(project, {"docs/api_spec.md": "# Our API\n"})
    edit(project / "warehouse/main.py", "import os\n", "import os\n\nimport oss\n")  # nothing is imported, either
    done = hub(project, *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, BY_HAND, "")
    assert written(project) == {"api_spec.md": "# Our API\n"}


def test_beside_a_file_by_hand_the_others_stay_up_to_date(documented: Path, pages: dict[str, str]) -> None:
    for path, old, new in CHANGES:
        edit(documented / "warehouse" / path, old, new)
    write(documented, {"docs/api_spec.md": "# Our API\n"})
    (documented / "docs/database_schema.md").unlink()
    checked, done = hub(documented, "--check"), hub(documented)
    assert (checked.returncode, done.returncode) == (1, 0)
    for said in (checked.stdout, done.stdout):
        assert "api_spec.md: left alone" in said
        assert "database_schema.md: not written" in said
        assert "section imports is stale" in said
    again = hub(documented, "--check")
    assert again.returncode == 0
    assert again.stdout.splitlines()[-1] == "up to date: systemArchitecture.md in docs"
    found = written(documented)
    assert set(found) == {"systemArchitecture.md", "api_spec.md"}
    assert found["api_spec.md"] == "# Our API\n"
    assert found["systemArchitecture.md"] != pages["systemArchitecture.md"]


def test_a_hub_by_hand_is_taken_over_when_asked(project: Path, pages: dict[str, str]) -> None:
    write(project, {"docs/api_spec.md": "# Our API\n"})
    checked = hub(project, "--check", "--adopt")
    assert checked.returncode == 1
    assert "docs/api_spec.md: section endpoints is missing" in checked.stdout
    assert "docs/database_schema.md: the file is missing" in checked.stdout
    assert hub(project, "--adopt").returncode == 0
    found = written(project)
    assert found["api_spec.md"].startswith("# Our API\n\n## Endpoints\n\n<!-- generated:begin endpoints -->")
    assert found["database_schema.md"] == pages["database_schema.md"]
    assert hub(project, "--check").returncode == 0, "it has markers now"


def test_a_file_that_is_gone_from_a_generated_hub_comes_back(documented: Path, pages: dict[str, str]) -> None:
    (documented / "docs/api_spec.md").unlink()
    assert hub(documented, "--check").returncode == 1
    assert hub(documented).returncode == 0
    assert written(documented) == pages


def test_help_says_what_becomes_of_files_by_hand(tmp_path: Path) -> None:
    text = " ".join(toolkit("hub", "--help", cwd=tmp_path).stdout.split())
    assert "A file without such markers is written by hand. It is named and left alone" in text
    assert "--adopt" in text


def test_code_that_cannot_be_imported_is_an_error_that_says_why(project: Path) -> None:
    edit(project / "warehouse/main.py", "import os\n", "import os\n\nimport oss\n")
    done = hub(project)
    assert done.returncode == 2
    assert "api_spec.md cannot be made: ModuleNotFoundError: No module named 'oss'" in done.stderr
    assert hub(project, "--check").returncode == 2


AT_IMPORT = """\
import os

from sqlalchemy import create_engine

from warehouse.models import Base

engine = create_engine("sqlite:///./made.db")
Base.metadata.create_all(engine)
"""


def test_a_database_is_neither_made_nor_connected_to(project: Path) -> None:
    edit(project / "warehouse/main.py", "import os\n", AT_IMPORT)
    before = listing(project)
    done = hub(project, "--folder", str(project.parent / "pages"))
    assert done.returncode == 0, done.stderr
    edit(project / "warehouse/main.py", "create_all(engine)", "create_all(engine)\nengine.connect()")
    done = hub(project)
    assert done.returncode == 2
    assert "importing the code connects to a database" in done.stderr
    assert [path for path in listing(project) if not path.startswith("docs")] == before


def test_a_placeholder_never_gets_into_a_document(project: Path) -> None:
    edit(
        project / "warehouse/routers/shelves.py",
        'kind: Literal["cold", "dry"] = "dry"',
        "kind: str = os.environ['KIND']",
    )
    edit(project / "warehouse/routers/shelves.py", "from typing", "import os\nfrom typing")
    done = hub(project)
    assert done.returncode == 2
    assert "schemas shows settings that have no value: set KIND, SHELF_LIMIT" in done.stderr
    assert hub(project, KIND="dry").returncode == 0


def test_without_tables_there_is_no_database_page(project: Path) -> None:
    (project / "warehouse/models.py").write_text(
        "class Shelf:\n    __tablename__ = 'x'\n".replace("__tablename__", "name")
    )
    edit(project / "warehouse/services/stock.py", "Shelf.__tablename__", "Shelf.name")
    done = hub(project)
    assert done.returncode == 0
    assert "database_schema.md: left out, the code defines no tables" in done.stdout
    assert set(written(project)) == {"systemArchitecture.md", "api_spec.md"}


ENDPOINTS = {
    "src_is_the_package": """\
GET /api/v1/posts/{post_id}/comments
GET /api/v1/users/
POST /api/v1/users/
GET /api/v1/users/{user_id}""",
    "routers_in_src_app": """\
GET /resources
POST /resources
DELETE /resources/{resource_id}
PATCH /resources/{resource_id}
GET /stock/levels/{sku}
PUT /stock/levels/{sku}""",
    "pydantic_models_and_db_models": """\
POST /api/v1/products/
GET /api/v1/products/{product_id}""",
    "one_folder_a_feature": """\
GET /internal/articles
POST /internal/billing/refunds
GET /ping""",
}
TABLES = {
    "src_is_the_package": ["posts", "users"],
    "routers_in_src_app": ["resources"],
    "pydantic_models_and_db_models": ["products"],
    "one_folder_a_feature": ["articles"],
}


@pytest.mark.parametrize("name", ENDPOINTS)
def test_every_layout_has_its_endpoints_and_tables(name: str, tmp_path: Path) -> None:
    project = build(name, tmp_path)
    (project / ".venv").symlink_to(ENVIRONMENT)
    done = hub(project)
    assert done.returncode == 0, done.stderr
    found = re.findall(r"^\| ([A-Z]+) `(/.*?)`", written(project)["api_spec.md"], re.MULTILINE)
    assert [" ".join(one) for one in found] == ENDPOINTS[name].splitlines()
    assert re.findall(r"^### (.*)", written(project)["database_schema.md"], re.MULTILINE) == TABLES[name]


def test_the_reference_service_without_any_setting(tmp_path: Path) -> None:
    project = reference(tmp_path / "reference", "tests")
    done = hub(project)
    assert done.returncode == 0, done.stderr
    pages = written(project)
    assert "POST `/api/v1/orders/{order_id}/payment`" in pages["api_spec.md"]
    assert '  "users" ||--o{ "orders" : "user_id"' in pages["database_schema.md"]
    assert "m_api_v1_routes --> m_schemas" in pages["systemArchitecture.md"]
    assert "m_repositories --> m_services" not in pages["systemArchitecture.md"]
    edit(
        project / "src/app/models/product.py",
        "    stock: Mapped[int]",
        "    weight: Mapped[int] = mapped_column(default=0)\n    stock: Mapped[int]",
    )
    done = hub(project, "--check")
    assert done.returncode == 1
    assert "docs/database_schema.md: section tables is stale: it lacks | `weight` | INTEGER" in done.stdout


@pytest.mark.parametrize("file", ["main.py", "models.py"])
def test_no_document_is_made_of_code_that_was_not_understood(
    file: str, documented: Path, pages: dict[str, str]
) -> None:
    [path] = documented.rglob(file)
    path.write_text(f"{path.read_text()}\n\ndef x(:\n")
    done = hub(documented)
    assert done.returncode == 2
    shown = path.relative_to(documented).as_posix()
    for page in ("systemArchitecture.md", "api_spec.md" if file == "main.py" else "database_schema.md"):
        assert f"{page} cannot be made: this Python cannot parse {shown}" in done.stderr
    assert written(documented) == pages


def test_models_are_imported_by_the_name_the_application_is_started_by(tmp_path: Path) -> None:
    """Without an `__init__.py`, relative imports alone do not tell where the package begins."""
    files = {
        "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["fastapi", "sqlalchemy"]\n',
        "main.py": "import uvicorn\n\nuvicorn.run('src.server.app:app')\n",
        "src/server/app.py": "from fastapi import FastAPI\n\nfrom .db import models\n\napp = FastAPI()\n",
        "src/server/db/models.py": "from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n\nfrom ..names "
        "import NAME\n\n\nclass Base(DeclarativeBase): ...\n\n\nclass Good(Base):\n    __tablename__ = NAME\n"
        "    id: Mapped[int] = mapped_column(primary_key=True)\n",
        "src/server/names.py": "NAME = 'goods'\n",
    }
    project = committed(write(tmp_path / "shop", files))
    done = toolkit("hub", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "### goods" in (project / "docs/database_schema.md").read_text()


@pytest.mark.parametrize("around", ["GZipMiddleware(app)", "GZipMiddleware(GZipMiddleware(app))", "Wrapper(app)"])
def test_an_application_with_something_around_it_is_documented(around: str, tmp_path: Path) -> None:
    files = {
        "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["fastapi"]\n',
        "main.py": "from fastapi import FastAPI\nfrom starlette.middleware.gzip import GZipMiddleware\n\n\n"
        "class Wrapper:\n    def __init__(self, app):\n        self.inside = [app]\n        self.inner = app\n\n\n"
        "app = FastAPI()\n\n\n@app.get('/goods')\ndef goods() -> list[str]:\n    return []\n\n\n"
        f"app = {around}\n",
    }
    project = committed(write(tmp_path / "shop", files))
    done = toolkit("hub", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "GET `/goods`" in (project / "docs/api_spec.md").read_text()
