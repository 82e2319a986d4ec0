"""No result is taken from the cache that another packlint of the same version number made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import packlint
from packlint.cache import witness

_RUN = 'import sys\nsys.argv = ["packlint", "check", "pack"]\nfrom packlint.cli import main\nmain()\n'
_AGENT = "---\nname: {}\ndescription: Use when reviewing\ntools: Raed\n---\ntext\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package in another folder, with a pack beside it."""
    shutil.copytree(Path(packlint.__file__).parent, tmp_path / "packlint", ignore=shutil.ignore_patterns("__pycache__"))
    agents = tmp_path / "pack" / "agents"
    agents.mkdir(parents=True)
    for name in ("a", "b"):
        (agents / f"{name}.md").write_text(_AGENT.format(name))
    return tmp_path


def told(copy: Path, place: Path, code: str = _RUN, *others: Path) -> str:
    """What the copy says of the pack, with a cache that all copies share; `others` hold libraries that come first."""
    variables = {
        "PYTHONPATH": os.pathsep.join(map(str, (*others, copy))),
        "XDG_CACHE_HOME": str(place / "cache"),
        "PYTHONSAFEPATH": "1",
    }
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=place, env=variables, capture_output=True, text=True, check=True).stdout


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_code_that_was_not_changed_just_now_is_known_by_its_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witness, "_UNSETTLED_NS", 0)
    found = witness._own_code()
    assert found is not None
    parts = {Path(path).name: content for path, content in found.items()}
    assert {"witness.py", "__init__.py", "client.json", "agent.json"} <= parts.keys()
    assert all(stamp is not None and content == b"" for stamp, content in parts.values())
    assert witness._again(found, witness._digest_of_file) is found
    path, (stamp, _) = found.popitem()
    assert stamp is not None
    found[path] = (*stamp[:4], stamp[4] - 1), b""
    with pytest.raises(ValueError, match=path):
        witness._again(found, witness._digest_of_file)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("rules/unknown_tool.py", "unknown tool '", "no such tool: '"),
        ("data/client.json", '"Read"', '"Raed"'),
    ],
)
def test_what_a_changed_packlint_says_is_said_at_once(path: str, old: str, new: str, copy: Path) -> None:
    before = told(copy, copy)
    assert told(copy, copy) == before
    change(copy / "packlint" / path, old, new)
    after = told(copy, copy)
    assert after != before
    assert told(copy, copy) == after
    # One changed file is judged alone, the other's result is taken from before, and neither from the old packlint.
    (copy / "pack" / "agents" / "b.md").write_text(_AGENT.format("b") + "more\n")
    assert told(copy, copy) == after


def test_what_changes_while_a_run_goes_on_leaves_no_result_of_what_was_before(copy: Path) -> None:
    path = str(copy / "packlint" / "rules" / "unknown_tool.py")
    during = (
        "import packlint.cli\n"
        "from packlint.rules import unknown_tool\n"
        f'text = open({path!r}).read().replace("unknown tool \'", "no such tool: \'")\n'
        f"open({path!r}, 'w').write(text)\n"
    )
    assert "unknown tool 'Raed'" in told(copy, copy, during + _RUN)
    assert "no such tool: 'Raed'" in told(copy, copy)


def test_another_packlint_has_results_of_its_own(copy: Path) -> None:
    other = copy / "other"
    shutil.copytree(copy / "packlint", other / "packlint")
    change(other / "packlint" / "rules" / "unknown_tool.py", "unknown tool '", "no such tool: '")
    for _ in range(2):
        assert "unknown tool 'Raed'" in told(copy, copy)
        assert "no such tool: 'Raed'" in told(other, copy)


def test_another_library_has_results_of_its_own(copy: Path, tmp_path: Path) -> None:
    """YAML errors are told in the words of whatever PyYAML there is, which may be replaced where it is as well."""
    (copy / "pack" / "agents" / "c.md").write_text('---\nname: "\\q"\n---\n')
    library = tmp_path / "library" / "yaml"
    shutil.copytree(Path(yaml.__file__).parent, library, ignore=shutil.ignore_patterns("__pycache__", "*.so", "*.pyd"))
    ours = told(copy, copy)
    theirs = told(copy, copy, _RUN, library.parent)
    assert "found unknown escape character" in ours
    assert theirs != ours
    change(library / "scanner.py", "found unknown escape character", "found no such escape")
    change(library / "__init__.py", "__version__ = '", "__version__ = '1")
    assert "found no such escape" in told(copy, copy, _RUN, library.parent)
    assert told(copy, copy) == ours
