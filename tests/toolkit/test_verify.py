"""`verify`: each fault is named by the gate that is there for it, and nothing is called passed that was not seen."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from .layouts import build, write
from .projects import commit, committed, edit, git, listing, reference, stall, with_tool
from .running import REFERENCE, TOOLKIT, toolkit


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The miniature service, always at the same place, so that mypy's cache serves every test."""
    folder = tmp_path_factory.getbasetemp() / "stall"
    yield stall(folder)
    shutil.rmtree(folder)


class Run(NamedTuple):
    code: int
    gates: dict[str, dict[str, Any]]
    text: str

    def lines(self, gate: str) -> str:
        return "\n".join(self.gates[gate]["lines"])


def verify(project: Path, *arguments: str, **variables: str) -> Run:
    target = project.parent / f"{project.name}.json"
    done = toolkit("verify", "--json", str(target), *arguments, cwd=project, env=variables)
    assert done.stderr == ""
    gates = {gate["gate"]: gate for gate in json.loads(target.read_text())["gates"]}
    return Run(done.returncode, gates, done.stdout)


def add_column(project: Path) -> None:
    column = "    weight: Mapped[int | None]\n"
    (project / "stall/models.py").write_text((project / "stall/models.py").read_text() + column)


REVISION = """\
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("goods", sa.Column("weight", sa.Integer(), nullable=True))


def downgrade() -> None:
    DOWN
"""


def add_revision(project: Path, down: str) -> None:
    write(project, {"migrations/versions/0002_weight.py": REVISION.replace("DOWN", down)})


def unformat(project: Path) -> None:
    edit(project / "stall/billing.py", "return total(3, 2)", "return total( 3,2 )")


def unused_import(project: Path) -> None:
    edit(project / "stall/pricing.py", "def total", "import os\n\n\ndef total")


def other_signature(project: Path) -> None:
    edit(project / "stall/pricing.py", "count: int) -> int", "count: int, discount: int) -> int")


def failing_test(project: Path) -> None:
    edit(project / "tests/test_billing.py", "== 6", "== 7")


def uncovered_line(project: Path) -> None:
    edit(
        project / "stall/pricing.py",
        "    return price",
        "    if count < 0:\n        raise ValueError\n    return price",
    )


def model_without_revision(project: Path) -> None:
    add_column(project)


def revision_without_downgrade(project: Path) -> None:
    add_column(project)
    add_revision(project, "pass")


def refusing_downgrade(project: Path) -> None:
    add_column(project)
    add_revision(project, "raise NotImplementedError")


def removed_field(project: Path) -> None:
    edit(project / "stall/schemas.py", "    id: int\n    name: str\n", "    id: int\n")
    edit(project / "stall/routes.py", ", name=data.name", "")
    edit(project / "stall/routes.py", ', name="bread"', "")


def removed_endpoint(project: Path) -> None:
    edit(project / "stall/routes.py", '@router.get("/{good_id}")\n', "")


def new_required_field(project: Path) -> None:
    edit(project / "stall/schemas.py", "    count: int = 1\n", "    count: int\n")


def uncollected_tests(project: Path) -> None:
    edit(
        project / "pyproject.toml",
        "[tool.pytest.ini_options]\n",
        '[tool.pytest.ini_options]\npython_files = "x_*.py"\n',
    )


def broken_import(project: Path) -> None:
    edit(project / "stall/main.py", "from stall.routes", "from stall.roads")


class Fault(NamedTuple):
    plant: Callable[[Path], None]
    gate: str
    words: str
    asked: str = ""


FAULTS = [
    Fault(unformat, "format", "stall/billing.py:5:18"),
    Fault(unused_import, "lint", "stall/pricing.py:1:8: F401"),
    Fault(other_signature, "types", 'stall/billing.py:5: error: Missing positional argument "discount"'),
    Fault(failing_test, "tests", "FAILED tests/test_billing.py::test_bill - assert 6 == 7"),
    Fault(uncovered_line, "coverage", "stall/pricing.py: no test runs line 3", "tests,coverage"),
    Fault(model_without_revision, "models", "add_column", "migrations,models"),
    Fault(revision_without_downgrade, "migrations", "the downgrade of 0002 leaves column goods.weight"),
    Fault(refusing_downgrade, "migrations", "NotImplementedError"),
    Fault(removed_field, "openapi", "breaking: GET /goods/{good_id}: response 200.name: removed"),
    Fault(removed_endpoint, "openapi", "breaking: GET /goods/{good_id}: removed"),
    Fault(new_required_field, "openapi", "breaking: POST /goods: request body.count: now required"),
    Fault(broken_import, "openapi", "ModuleNotFoundError: No module named 'stall.roads'"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.plant.__name__ for fault in FAULTS])
def test_a_fault_is_named_by_its_gate_and_exit_1(fault: Fault, project: Path) -> None:
    fault.plant(project)
    found = verify(project, "--only", fault.asked or fault.gate)
    assert found.code == 1
    assert [gate for gate, one in found.gates.items() if one["verdict"] == "failed"] == [fault.gate]
    assert fault.words in found.lines(fault.gate)
    assert f"\nfailed: {fault.gate};" in found.text


def test_a_clean_project_passes_every_gate_and_is_left_as_it_was(project: Path) -> None:
    edit(project / "stall/pricing.py", "price * count", "count * price")
    before = listing(project), git(project, "status", "--porcelain", "--ignored")
    found = verify(project)
    assert {gate: one["verdict"] for gate, one in found.gates.items()} == dict.fromkeys(
        ("format", "lint", "types", "tests", "coverage", "migrations", "models", "openapi"), "passed"
    )
    assert found.code == 0
    assert found.gates["coverage"]["reason"].startswith("100 % of 1 changed line;")
    assert "built with placeholders for settings that are not set: secret" in found.lines("openapi")
    assert (listing(project), git(project, "status", "--porcelain", "--ignored")) == before


def test_coverage_is_left_to_pytest_where_the_project_has_it_so(project: Path) -> None:
    edit(project / "pyproject.toml", 'addopts = "', 'addopts = "--cov=stall ')
    uncovered_line(project)
    found = verify(project, "--only", "tests,coverage")
    assert "-m pytest --cov-branch" in found.gates["tests"]["command"]
    assert found.gates["tests"]["verdict"] == "passed"
    assert "stall/pricing.py: no test runs line 3" in found.lines("coverage")


def test_a_project_below_its_repository_keeps_its_settings_for_the_base(tmp_path: Path) -> None:
    """A file of settings that lies above the project, in no commit, is that of both revisions."""
    top = tmp_path / "repository"
    backend = build("stall", top / "backend")
    edit(backend / "stall/settings.py", "    secret:", "    prefix: str\n    secret:")
    edit(
        backend / "stall/settings.py",
        "class Settings(BaseSettings):",
        'class Settings(BaseSettings, env_file="../.env"):',
    )
    edit(backend / "stall/main.py", "include_router(router)", "include_router(router, prefix=settings.prefix)")
    write(top, {".gitignore": ".env\n.venv\n"})
    committed(top)
    write(top, {".env": "PREFIX=/v7\n"})
    removed_endpoint(backend)
    found = verify(backend, "--only", "openapi,lint")
    assert found.gates["lint"]["command"].startswith("../.venv/bin/python")
    breaking = [line for line in found.gates["openapi"]["lines"] if line.startswith("breaking")]
    assert breaking == ["breaking: GET /v7/goods/{good_id}: removed"]


def test_tests_that_pytest_is_told_not_to_collect_are_a_fault(project: Path) -> None:
    uncollected_tests(project)
    found = verify(project, "--only", "tests,coverage")
    gate = found.gates["tests"]
    assert (found.code, gate["verdict"]) == (1, "failed")
    assert found.gates["coverage"]["verdict"] == "not run"
    assert (gate["exit_code"], gate["reason"]) == (5, "none of the tests in 2 files was collected")


def test_a_project_without_tests_is_told_so(project: Path) -> None:
    for path in project.glob("tests/test_*.py"):
        path.unlink()
    found = verify(project, "--only", "tests,coverage")
    gate = found.gates["tests"]
    assert (found.code, gate["verdict"], gate["reason"]) == (0, "not run", "there are no tests")
    assert found.gates["coverage"]["verdict"] == "not run"


@pytest.mark.parametrize("mark", ["skip", "xfail"])
def test_a_suite_in_which_no_test_passed_is_no_evidence(mark: str, project: Path) -> None:
    text = f"import pytest\n\n\n@pytest.mark.{mark}\ndef test_nothing():\n    assert False\n"
    for path in project.glob("tests/test_*.py"):
        path.write_text(text)
    gate = verify(project, "--only", "tests").gates["tests"]
    assert gate["verdict"] == "not run"
    assert gate["reason"].startswith(f"no test passed: 2 {mark}")


@pytest.mark.parametrize(("package", "value"), [(True, 1), (False, 1), (False, 2)])
def test_tests_for_unittest_are_run_by_it_where_pytest_is_not_wanted(package: bool, value: int, tmp_path: Path) -> None:
    case = (
        "import unittest\n\nimport main\n\n\nclass Goods(unittest.TestCase):\n    def test_goods(self):\n"
        f"        self.assertEqual({value}, main.one())\n"
    )
    files = {"tests/test_goods.py": case, "main.py": "def one():\n    return 1\n", "requirements.txt": "fastapi\n"}
    project = write(tmp_path / "shop", files | ({"tests/__init__.py": ""} if package else {}))
    venv.create(project / ".venv", with_pip=False)
    gate = verify(project, "--only", "tests").gates["tests"]
    start = "" if package else " --start-directory tests"
    assert gate["command"] == f".venv/bin/python -m unittest discover{start}"
    assert gate["verdict"] == ("passed" if value == 1 else "failed")
    assert gate["reason"].startswith("Ran 1 test in ")


def test_cases_of_unittest_that_are_all_skipped_are_no_evidence(tmp_path: Path) -> None:
    case = (
        "import unittest\n\n\nclass Goods(unittest.TestCase):\n    @unittest.skip('later')\n"
        "    def test_goods(self):\n        self.fail()\n"
    )
    files = {"tests/__init__.py": "", "tests/test_goods.py": case, "main.py": "", "requirements.txt": "fastapi\n"}
    project = write(tmp_path / "shop", files)
    venv.create(project / ".venv", with_pip=False)
    gate = verify(project, "--only", "tests").gates["tests"]
    assert (gate["verdict"], gate["exit_code"]) == ("not run", 0)
    assert re.fullmatch(r"no test passed: Ran 1 test in [\d.]+ s, skipped=1", gate["reason"])


def a_tool(folder: Path, module: str, code: int) -> None:
    """Put a tool that says its arguments into a project's environment."""
    [site] = (folder / ".venv/lib").glob("python*/site-packages")
    program = f"import sys\n\nprint('{module}', *sys.argv[1:])\nsys.exit({code})\n"
    write(site, {f"{module}/__init__.py": "", f"{module}/__main__.py": program})


@pytest.mark.parametrize("code", [0, 1])
@pytest.mark.parametrize(
    ("gate", "tools", "settings"),
    [
        ("lint", ["flake8"], {".flake8": "[flake8]\n"}),
        ("lint", ["flake8"], {"setup.cfg": "[flake8]\nmax-line-length = 99\n"}),
        ("lint", ["ruff", "flake8"], {"ruff.toml": "", ".flake8": "[flake8]\n"}),
        ("format", ["black", "isort"], {"tox.ini": "[isort]\nprofile = black\n"}),
        ("types", ["pyright"], {}),
        ("types", ["mypy", "basedpyright"], {"mypy.ini": "[mypy]\nfiles = .\n"}),
    ],
)
def test_every_tool_that_a_project_brings_has_its_say(
    gate: str, tools: list[str], settings: dict[str, str], code: int, tmp_path: Path
) -> None:
    lists = {"requirements.txt": "\n".join(["fastapi", *tools, ""]), "main.py": ""}
    project = write(tmp_path / "shop", lists | settings)
    venv.create(project / ".venv", with_pip=False)
    for tool in tools:
        a_tool(project, tool, code if tool == tools[-1] else 0)
    found = verify(project, "--only", gate).gates[gate]
    assert (found["verdict"], found["exit_code"]) == ("failed" if code else "passed", code)
    assert [part.split()[2] for part in found["command"].split(" && ")] == tools


def test_a_tool_that_looks_at_no_file_proves_nothing(project: Path) -> None:
    (project / "ruff.toml").write_text('exclude = ["**/*.py"]\n')
    found = verify(project, "--only", "format,lint")
    for gate in ("format", "lint"):
        assert (found.gates[gate]["verdict"], found.gates[gate]["exit_code"]) == ("not run", 0)
        assert found.gates[gate]["reason"] == "its settings, or git's, leave out every Python file"


def test_settings_for_a_tool_that_the_project_does_not_bring_are_no_gate(tmp_path: Path) -> None:
    settings = {"pyrightconfig.json": "{}", ".flake8": "[flake8]\n", "requirements.txt": "fastapi\n", "main.py": ""}
    project = write(tmp_path / "shop", settings)
    venv.create(project / ".venv", with_pip=False)
    found = verify(project, "--only", "lint,types")
    assert found.code == 0
    for gate, tool, place in (("lint", "flake8", ".flake8"), ("types", "pyright", "pyrightconfig.json")):
        reason = f"{tool} is configured ({place}), and the project does not depend on it"
        assert (found.gates[gate]["verdict"], found.gates[gate]["reason"]) == ("not configured", reason)


def test_a_tool_that_is_configured_and_not_installed_fails(tmp_path: Path) -> None:
    project = build("stall", tmp_path / "stall")
    venv.create(project / ".venv", with_pip=False)
    found = verify(project)
    assert found.code == 1
    for gate, tool in (("format", "ruff"), ("types", "mypy"), ("tests", "pytest"), ("migrations", "alembic")):
        assert found.gates[gate]["verdict"] == "failed"
        assert f"{tool} is configured (" in found.gates[gate]["reason"]
        assert "and not installed in .venv" in found.gates[gate]["reason"]


def test_what_a_project_does_not_have_is_not_configured(tmp_path: Path) -> None:
    project = write(
        tmp_path / "bare",
        {
            "pyproject.toml": '[project]\nname = "bare"\ndependencies = ["fastapi"]\n',
            "main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
        },
    )
    found = verify(committed(project))
    assert found.code == 0
    verdicts = {gate: one["verdict"] for gate, one in found.gates.items()}
    assert verdicts.pop("openapi") == "passed"
    assert set(verdicts.values()) == {"not configured"}


@pytest.mark.parametrize("declared", [True, False], ids=["a dependency alone", "not even that"])
def test_a_project_without_mypy_says_not_configured(declared: bool, project: Path) -> None:
    text = (project / "pyproject.toml").read_text()
    start, end = text.index("[tool.mypy]"), text.index("[tool.pytest")
    text = text[:start] + text[end:]
    (project / "pyproject.toml").write_text(text if declared else text.replace('"mypy", ', ""))
    found = verify(project, "--only", "types")
    assert found.code == 0
    assert found.gates["types"]["verdict"] == "not configured"
    assert ("depends on mypy" in found.gates["types"]["reason"]) == declared


def test_the_quick_gates_run_nothing_of_the_project(project: Path) -> None:
    failing_test(project)
    broken_import(project)
    unformat(project)
    found = verify(project, "--quick")
    assert list(found.gates) == ["format", "lint", "types"]
    assert [one["verdict"] for one in found.gates.values()] == ["failed", "passed", "failed"]


def test_breaking_changes_can_be_meant(project: Path) -> None:
    removed_endpoint(project)
    found = verify(project, "--only", "openapi", "--allow-breaking")
    assert found.code == 0
    assert "breaking: GET /goods/{good_id}: removed" in found.lines("openapi")


def test_the_base_is_where_the_branch_began_or_what_is_given(project: Path) -> None:
    assert verify(project, "--only", "lint").text.count("(HEAD)") == 1
    git(project, "switch", "--quiet", "--create", "feature")
    removed_endpoint(project)
    commit(project)
    commands = ("--only", "openapi")
    found = verify(project, *commands)
    assert "where HEAD left main" in found.text
    assert found.code == 1
    assert verify(project, *commands, "--base", "HEAD").code == 0
    git(project, "switch", "--quiet", "main")
    git(project, "merge", "--quiet", "feature")
    found = verify(project, *commands)
    assert "HEAD^, because nothing is uncommitted" in found.text
    assert found.code == 1


def test_without_a_base_nothing_is_claimed(project: Path) -> None:
    shutil.rmtree(project / ".git")
    found = verify(project, "--only", "coverage,openapi")
    assert found.code == 0
    for gate in ("coverage", "openapi"):
        assert found.gates[gate]["verdict"] == "not run"
        assert "in no git repository" in found.gates[gate]["reason"]


def test_what_cannot_be_done_is_a_usage_error_before_anything_runs(project: Path) -> None:
    for arguments, words in (
        (["--base", "nowhere"], "no such revision"),
        (["--only", "tets"], "no gate is called tets"),
        (["--only", "format", "--json", "gone/x.json"], "--json gone/x.json: there is no folder gone"),
        (["--only", "format", "--limit", "0"], "'0' is no number of seconds above 0"),
    ):
        done = toolkit("verify", *arguments, cwd=project)
        assert done.returncode == 2
        assert done.stdout == ""
        assert words in done.stderr


def test_one_is_not_written_as_many(project: Path) -> None:
    with (project / "stall/routes.py").open("a") as routes:
        routes.write('\n\n@router.get("/of/today")\nasync def today() -> str:\n    return "bread"\n')
    found = verify(project, "--only", "openapi")
    assert found.gates["openapi"]["reason"] == "0 breaking, 1 other change"
    assert found.text.endswith("nothing failed; 1 of 1 gate passed\n")


def test_a_terminal_is_told_what_runs_and_left_as_it_was(project: Path) -> None:
    ours, theirs = os.openpty()
    with os.fdopen(ours, "rb", 0) as terminal:
        command = [sys.executable, str(TOOLKIT), "verify", "--only", "format,lint"]
        done = subprocess.run(command, cwd=project, stdout=subprocess.PIPE, stderr=theirs, text=True, timeout=300)
        os.close(theirs)
        told = terminal.read(4096).decode()
    assert done.returncode == 0
    assert "running" not in done.stdout
    first, second = "running format ...", "running lint ..."
    assert told == f"{first}\r{' ' * len(first)}\r{second}\r{' ' * len(second)}\r"


def test_a_syntax_error_is_placed_and_hides_no_application(project: Path) -> None:
    with (project / "stall/routes.py").open("a") as routes:
        routes.write("\n\ndef x(:\n")
    line = len((project / "stall/routes.py").read_text().splitlines())
    found = verify(project, "--only", "openapi")
    assert found.gates["openapi"]["reason"].endswith(f"SyntaxError: invalid syntax (stall/routes.py:{line})")
    assert found.lines("openapi").endswith(f"stall/routes.py:{line} def x(:")
    with (project / "stall/main.py").open("a") as main:
        main.write("\n\ndef x(:\n")
    found = verify(project, "--only", "openapi")
    reason = "no application was found in the code; this Python cannot parse stall/main.py"
    assert found.gates["openapi"]["reason"] == reason


def test_code_of_another_copy_is_not_judged_in_its_place(tmp_path: Path) -> None:
    """An environment may have another checkout installed; the tests must import this one."""
    other = stall(tmp_path / "other")
    project = stall(tmp_path / "stall")
    (project / ".venv").unlink()
    venv.create(project / ".venv", with_pip=False)
    [site] = (project / ".venv/lib").glob("python*/site-packages")
    [shared] = (other / ".venv/lib").glob("python*/site-packages")
    (site / "installed.pth").write_text(f"{shared.resolve()}\n{other}\n")
    edit(project / "stall/billing.py", "total(3, 2)", "total(3, 3)")
    found = verify(project, "--only", "tests")
    assert "assert 9 == 6" in found.lines("tests")


HANG = """
import os, pathlib, subprocess, time
child = subprocess.Popen(["sleep", "1000"])
pathlib.Path("pids").write_text(f"{os.getpid()} {child.pid} ")
time.sleep(1000)
"""


def is_running(pid: str) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_command_that_hangs_is_ended_with_everything_it_started(tmp_path: Path) -> None:
    project = with_tool(build("stall", tmp_path / "stall"), "ruff", HANG)
    found = verify(project, "--only", "lint", "--limit", "3")
    assert found.code == 1
    assert "stopped after 3 s" in found.lines("lint")
    pids = (project / "pids").read_text().split()
    assert [pid for pid in pids if is_running(pid)] == []


def test_an_interrupted_run_leaves_nothing_running(tmp_path: Path) -> None:
    project = with_tool(build("stall", tmp_path / "stall"), "ruff", HANG)
    command = [sys.executable, str(TOOLKIT), "verify", "--only", "lint"]
    process = subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not (project / "pids").exists() or not (project / "pids").read_text().endswith(" "):
        assert time.monotonic() < deadline
        os.sched_yield()
    process.terminate()
    assert process.wait(30) == 130
    assert [pid for pid in (project / "pids").read_text().split() if is_running(pid)] == []


def test_a_database_on_another_machine_is_not_touched(project: Path) -> None:
    address = "mysql+pymysql://app:secret@db.example.com/shop"
    found = verify(project, "--only", "migrations,models", DATABASE_URL=address)
    assert found.code == 0
    for gate in ("migrations", "models"):
        assert found.gates[gate]["verdict"] == "not run"
        assert "mysql+pymysql://app@db.example.com/shop is on another machine" in found.gates[gate]["reason"]
    assert "secret" not in found.text


def test_each_section_that_alembic_takes_by_name_is_walked_through(project: Path) -> None:
    text = (project / "alembic.ini").read_text().partition("[loggers]")[0]
    sections = [text.replace("[alembic]", f"[{name}]") for name in ("shop", "archive")]
    (project / "alembic.ini").write_text("\n".join(sections))
    add_revision(project, "raise NotImplementedError")
    found = verify(project, "--only", "migrations,models")
    chain = found.gates["migrations"]
    assert (chain["verdict"], chain["reason"]) == ("failed", "alembic -n shop downgrade 0001 failed")
    assert "alembic -n shop upgrade head" in chain["command"]
    assert "alembic -n archive upgrade head" in chain["command"]
    (project / "migrations/versions/0002_weight.py").unlink()
    found = verify(project, "--only", "migrations,models")
    assert [found.gates[gate]["verdict"] for gate in ("migrations", "models")] == ["passed", "passed"], found.text


def test_the_projects_own_sqlite_file_is_not_touched(project: Path) -> None:
    (project / "stall.db").write_bytes(b"precious")
    assert verify(project, "--only", "migrations,models").code == 0
    assert (project / "stall.db").read_bytes() == b"precious"


def test_the_reference_service_passes_with_a_server_of_its_own(tmp_path: Path) -> None:
    slow = ("tests/integration", "tests/contract", "tests/unit/test_payment_client.py", "tests/unit/test_security.py")
    project = reference(tmp_path / "reference", *slow)
    lend_types(project)
    before = listing(project)
    found = verify(project)
    assert found.code == 0, found.text
    verdicts = {gate: one["verdict"] for gate, one in found.gates.items()}
    assert verdicts.pop("coverage") == "not run"
    assert set(verdicts.values()) == {"passed"}
    assert listing(project) == before


def lend_types(project: Path) -> None:
    """Give a copy of the reference service what mypy found out before, if it did: most of the time goes there."""
    if (REFERENCE / ".mypy_cache").exists():
        name = hashlib.sha256(str(project.resolve()).encode()).hexdigest()[:16]
        target = Path(os.environ["XDG_CACHE_HOME"], "fastapi-pack", name, "mypy")
        shutil.copytree(REFERENCE / ".mypy_cache", target)


REFERENCE_FAULTS = {
    "a column without a revision": (
        "src/app/models/user.py",
        "    version: Mapped[int]",
        "    nick: Mapped[str | None] = mapped_column(default=None)\n    version: Mapped[int]",
        "models",
        "nick",
    ),
    "a downgrade that forgets a table": (
        "migrations/versions/0001_initial.py",
        '    op.drop_table("users")\n',
        "",
        "migrations",
        "the downgrade of 0001 leaves table users",
    ),
    "a field that is gone": (
        "src/app/schemas/user.py",
        "    full_name: str\n",
        "",
        "openapi",
        "breaking: GET /api/v1/users/me: response 200.full_name: removed",
    ),
}


@pytest.mark.parametrize("fault", REFERENCE_FAULTS)
def test_a_fault_of_the_reference_service_is_named(fault: str, tmp_path: Path) -> None:
    path, old, new, gate, words = REFERENCE_FAULTS[fault]
    project = reference(tmp_path / "reference", "tests")
    edit(project / path, old, new)
    found = verify(project, "--only", "openapi" if gate == "openapi" else "migrations,models")
    assert found.code == 1
    assert [name for name, one in found.gates.items() if one["verdict"] == "failed"] == [gate]
    assert words in found.lines(gate)


def test_a_project_that_is_the_package_itself_is_compared_and_documented(tmp_path: Path) -> None:
    """Its imports begin in the folder above, also those of the base revision."""
    files = {
        "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["fastapi", "sqlalchemy", "pytest"]\n',
        "__init__.py": '"""The shop."""\n',
        "main.py": "from fastapi import FastAPI\n\nfrom shop.models import Good\n\napp = FastAPI()\n\n\n"
        "@app.get('/goods')\ndef goods() -> list[str]:\n    return [Good.__tablename__]\n",
        "models.py": "from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n\n\n"
        "class Base(DeclarativeBase): ...\n\n\nclass Good(Base):\n    __tablename__ = 'goods'\n"
        "    id: Mapped[int] = mapped_column(primary_key=True)\n",
        "tests/test_main.py": "from shop.main import goods\n\n\ndef test_goods():\n    assert goods() == ['goods']\n",
    }
    project = committed(write(tmp_path / "shop", files))
    edit(project / "main.py", "'/goods'", "'/all'")
    found = verify(project, "--only", "tests,openapi")
    assert found.gates["tests"]["verdict"] == "passed"
    assert found.lines("openapi").startswith("breaking: GET /goods: removed")
    done = toolkit("hub", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "GET `/all`" in (project / "docs/api_spec.md").read_text()
    assert "### goods" in (project / "docs/database_schema.md").read_text()
    assert "`shop/__init__`" in (project / "docs/systemArchitecture.md").read_text()
