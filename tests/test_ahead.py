"""What is made ahead is what Python would make itself, or is not used."""

from __future__ import annotations

import importlib
import marshal
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import packlint
from packlint import ahead, record, regex
from packlint.ahead import __main__ as everything
from packlint.ahead import expressions, functions, kept, modules

EXPRESSIONS = [
    ("a(?P<name>b)|(c)", re.IGNORECASE),
    (r"(?x) a  # one", 0),
    (r"^\s*(?:é|[^\w-])++$", re.MULTILINE | re.DOTALL),
]
KEY = (expressions.KIND, (EXPRESSIONS[0][0], int(EXPRESSIONS[0][1])))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where things are kept during one test."""
    found = tmp_path / "kept"
    monkeypatch.setattr(kept, "_place", lambda: str(found))
    for each in (expressions, functions, modules):
        monkeypatch.setattr(each, "missed", [])
    kept._file.cache_clear()
    yield found
    kept._file.cache_clear()


def keep(*patterns: tuple[str, int]) -> None:
    kept.keep(
        {(expressions.KIND, (pattern, int(flags))): expressions.made((pattern, flags)) for pattern, flags in patterns}
    )
    kept._file.cache_clear()


@pytest.mark.usefixtures("place")
def test_everything_of_the_package_is_what_python_makes_of_it() -> None:
    assert everything.main() == 0
    kept._file.cache_clear()
    functions.missed.clear()
    assert len(regex.expressions) > 100
    for each in regex.expressions:
        found = expressions.find(each.pattern, each.flags)
        assert found is not None
        assert found == re.compile(each.pattern, each.flags)
        assert found.groupindex == re.compile(each.pattern, each.flags).groupindex
    sources = list(record.sources())
    assert all(functions.code(source) == compile(source, "<string>", "exec", dont_inherit=True) for source in sources)
    for module in pkgutil.walk_packages(packlint.__path__, "packlint."):
        if module.name.endswith("__main__"):
            continue
        spec = modules.Finder.find_spec(module.name)
        assert spec is not None
        usual = importlib.util.find_spec(module.name)
        assert usual is not None
        assert spec.submodule_search_locations == usual.submodule_search_locations
        assert spec.origin == usual.origin
        ours: Any = spec.loader
        theirs: Any = usual.loader
        assert ours.get_code(module.name) == theirs.get_code(module.name)
    assert not expressions.missed
    assert not functions.missed
    assert not modules.missed


@pytest.mark.parametrize(("pattern", "flags"), EXPRESSIONS)
@pytest.mark.usefixtures("place")
def test_an_expression_that_is_not_kept_is_not_found(pattern: str, flags: int) -> None:
    assert expressions.find(pattern, flags) is None
    keep(*EXPRESSIONS)
    assert expressions.find(pattern, flags) == re.compile(pattern, flags)
    assert expressions.find(pattern, flags | re.ASCII) is None


def _file(made_by: Any, *values: tuple[Any, bytes]) -> bytes:
    begin = 0
    table: dict[Any, tuple[int, int, bytes]] = {}
    for key, blob in values:
        table[key] = begin, len(blob), kept._hash(blob)
        begin += len(blob)
    head = marshal.dumps((made_by, table))
    return len(head).to_bytes(8, "little") + kept._hash(head) + head + b"".join(blob for _, blob in values)


def _of_head(value: Any) -> bytes:
    head = marshal.dumps(value)
    return len(head).to_bytes(8, "little") + kept._hash(head) + head


_WHOLE = _file(kept._made_by(), (KEY, marshal.dumps(expressions.made(EXPRESSIONS[0]))))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no table, but more than eight bytes",
        b"\x03\0\0\0\0\0\0\0",
        _of_head(3),
        _of_head((1, 2, 3)),
        _WHOLE[:20] + bytes([_WHOLE[20] ^ 1]) + _WHOLE[21:],
        _WHOLE[:-9] + bytes([_WHOLE[-9] ^ 1]) + _WHOLE[-8:],
        (1 << 62).to_bytes(8, "little"),
        _file("another Python", (KEY, marshal.dumps(expressions.made(EXPRESSIONS[0])))),
        _file((sys.version, "/another/folder"), (KEY, marshal.dumps(expressions.made(EXPRESSIONS[0])))),
        _file(kept._made_by(), (KEY, b"?")),
        _file(kept._made_by(), (KEY, b"")),
        _WHOLE[:-9],
        _file(kept._made_by(), (KEY, marshal.dumps((0, [99])))),
        _file(kept._made_by(), (KEY, marshal.dumps((0, [99], 0, {}, (None,))))),
    ],
)
def test_what_is_damaged_or_somebody_elses_is_not_used(content: bytes, place: Path) -> None:
    place.write_bytes(content)
    pattern, flags = EXPRESSIONS[0]
    assert expressions.find(pattern, flags) is None
    assert regex.lazy(pattern, flags).fullmatch("AB")
    keep(EXPRESSIONS[0])
    assert expressions.find(pattern, flags) is not None


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_file_is_never_waited_for(make: Callable[[Path], None], place: Path) -> None:
    make(place)
    assert expressions.find(*EXPRESSIONS[0]) is None
    ahead.keep_missed()
    assert [each.name for each in place.parent.iterdir()] == ["kept"]


def test_what_is_damaged_is_made_anew_and_the_rest_is_kept(place: Path) -> None:
    keep(*EXPRESSIONS)
    raw = place.read_bytes()
    for at in (-1, 24):  # of the last thing, of the table
        place.write_bytes(raw[:at] + bytes([raw[at] ^ 255]) + raw[at:][1:])
        kept._file.cache_clear()
        keep(EXPRESSIONS[0])
        assert expressions.find(*EXPRESSIONS[0]) is not None
        assert (expressions.find(*EXPRESSIONS[1]) is None) is (at == 24)
        assert expressions.find(*EXPRESSIONS[2]) is None


@pytest.mark.parametrize("value", [b"?", marshal.dumps(None), marshal.dumps("a text")])
def test_the_code_of_a_function_is_made_anew_where_something_else_is_kept(value: bytes, place: Path) -> None:
    place.write_bytes(_file(kept._made_by(), ((functions.KIND, "a = 1"), value)))
    scope: dict[str, int] = {}
    exec(functions.code("a = 1"), scope)  # noqa: S102
    assert scope["a"] == 1
    assert functions.missed == ["a = 1"]


def test_what_a_run_had_to_make_is_kept_where_bytecode_is(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for writes_none in (True, False):
        monkeypatch.setattr(sys, "dont_write_bytecode", writes_none)
        assert all(expressions.find(pattern, flags) is None for pattern, flags in EXPRESSIONS)
        ahead.keep_missed()
        assert place.exists() is not writes_none
    kept._file.cache_clear()
    assert all(expressions.find(pattern, flags) == re.compile(pattern, flags) for pattern, flags in EXPRESSIONS)
    monkeypatch.setattr(kept, "_place", lambda: str(place / "no" / "folder"))
    expressions.missed.extend(EXPRESSIONS)
    ahead.keep_missed()


def test_a_place_that_cannot_be_written_is_told(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(kept, "_place", lambda: str(place / "no" / "folder"))
    assert everything.main() == 0
    assert "nothing is made ahead" in capsys.readouterr().err


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package in another folder, without bytecode."""
    shutil.copytree(Path(packlint.__file__).parent, tmp_path / "packlint", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "pack" / "agents").mkdir(parents=True)
    (tmp_path / "pack" / "agents" / "a.md").write_text("---\nname: a\ndescription: d\ntools: Raed\n---\ntext\n")
    return tmp_path


_RUN = """
import sys
sys.argv = ["packlint", "check", "--no-cache", "pack/agents/a.md"]
from packlint.cli import main
main()
from packlint.rules import unknown_tool
print(type(unknown_tool.__spec__.loader).__name__, unknown_tool.__file__)
"""


def _loaded_by(copy: Path) -> tuple[str, str]:
    """What loads a rule's module in a run of the copy, and what the rule says."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", _RUN]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=True)
    said, *_, (loader, file) = [done.stdout, *map(str.split, done.stdout.splitlines()[-1:])]
    assert file == str(copy / "packlint" / "rules" / "unknown_tool.py")
    return loader, said


def test_a_module_is_kept_by_the_first_run_and_used_until_its_source_changes(copy: Path) -> None:
    assert _loaded_by(copy)[0] == "SourceFileLoader"
    loader, said = _loaded_by(copy)
    assert loader == "Finder"
    assert "'Raed'" in said
    source = copy / "packlint" / "rules" / "unknown_tool.py"
    source.write_text(source.read_text().replace("unknown tool '", "no such tool: '"))
    loader, said = _loaded_by(copy)
    assert loader == "SourceFileLoader"
    assert "no such tool: 'Raed'" in said
    assert _loaded_by(copy) == ("Finder", said.replace("SourceFileLoader", "Finder"))


def test_modules_that_were_moved_are_looked_for_where_they_are_now(copy: Path, tmp_path: Path) -> None:
    assert _loaded_by(copy)[0] == "SourceFileLoader"
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for each in ("packlint", "pack"):
        (copy / each).rename(moved / each)
    assert _loaded_by(moved)[0] == "SourceFileLoader"
    assert _loaded_by(moved)[0] == "Finder"
