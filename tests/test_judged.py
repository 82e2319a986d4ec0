"""Only files that changed are judged again, and what is taken over from an earlier run changes no result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from packlint import lint
from packlint.cache.judged import Judged
from packlint.cache.witness import Witness
from packlint.cli import main
from packlint.client import client
from packlint.discover import discover
from packlint.file import File
from packlint.files.disk import Disk
from packlint.pack import Pack
from tests.planted.defects import DEFECTS
from tests.planted.plain import BASE, BOTH, Sample

_AGENT = "---\nname: {name}\ndescription: Reviews {name} changes. Use after an edit.\n---\nRead {documents}.\n"
_PACK = {
    ".claude-plugin/plugin.json": '{"name": "shop", "version": "1.0.0"}',
    "agents/a.md": _AGENT.format(name="a", documents="`${CLAUDE_PLUGIN_ROOT}/patterns/x.md`"),
    "agents/b.md": _AGENT.format(name="b", documents="[the rules](../patterns/y.md#rules)"),
    "commands/go.md": "---\ndescription: Goes\n---\nStart the `a` agent.\n",
    "patterns/x.md": "# X\n\n<!-- snippet: src/x.py#x -->\n```python\nx = 1\n```\n",
    "patterns/y.md": "# Y\n\n## Rules\n",
    "src/x.py": "# region: x\nx = 1\n# endregion: x\n",
    "pyproject.toml": "[tool.packlint]\nignore = ['DS001']\n",
}


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by the name of each file that is really judged."""
    names: list[str] = []
    judge: Callable[[lint._Run, File], Judged] = lint._Run._judge_alone

    def noted(run: lint._Run, file: File) -> Judged:
        names.append(file.shown)
        return judge(run, file)

    monkeypatch.setattr(lint._Run, "_judge_alone", noted)
    return names


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in _PACK.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("path", "old", "new", "again"),
    [
        ("agents/a.md", "Read", "Always read", ["agents/a.md"]),
        ("agents/a.md", "name: a", "name: c", ["agents/a.md"]),
        ("agents/b.md", "[the rules]", "[the `x` agent's rules]", ["agents/b.md"]),
        ("commands/go.md", "`a` agent", "`ab` agent", ["commands/go.md"]),
        ("patterns/y.md", "## Rules", "## Laws", ["patterns/y.md"]),
        ("patterns/x.md", "x = 1", "x = 2", ["patterns/x.md"]),
        ("src/x.py", "x = 1", "x = 2", "all"),
        (".claude-plugin/plugin.json", "shop", "store", "all"),
        ("pyproject.toml", "DS001", "RF008", "all"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_change_is_judged_and_nothing_else(
    path: str, old: str, new: str, again: list[str] | str, jobs: str, pack: Path, judged: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    main(["check", "--jobs", jobs])
    capsys.readouterr()
    everything = len(_PACK) - 2
    (pack / path).write_text(_PACK[path].replace(old, new))
    judged.clear()
    code, found = main(["check", "--jobs", jobs]), capsys.readouterr().out
    if jobs == "1":
        assert judged == again if isinstance(again, list) else len(judged) == everything
    assert (main(["check", "--no-cache"]), capsys.readouterr().out) == (code, found)
    (pack / path).write_text(_PACK[path])
    judged.clear()
    main(["check", "--jobs", jobs])
    if jobs == "1":
        assert judged == again if isinstance(again, list) else len(judged) == everything


def test_a_file_that_comes_or_goes_has_all_judged_again(pack: Path, judged: list[str]) -> None:
    main(["check"])
    (pack / "agents/new.md").write_text(_AGENT.format(name="new", documents="nothing"))
    judged.clear()
    main(["check"])
    assert len(judged) == len(_PACK) - 1


@pytest.mark.parametrize("layout", BOTH)
def test_a_defect_that_comes_and_goes_is_seen_to_come_and_go(
    layout: str, tmp_path: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*options: str) -> tuple[int, str, int]:
        judged.clear()
        return main(["check", *options]), capsys.readouterr().out, len(judged)

    taken_over = 0
    for number, defect in enumerate([each for each in DEFECTS if layout in each.layouts and not each.links][::4]):
        clean = Sample(
            "the base pack", {path: "" for path, content in defect.changed.items() if content is not None} | BASE
        )
        root = clean.write(tmp_path / str(number), layout)
        monkeypatch.chdir(root)
        before = run()
        defect.write(root, layout)
        *found, count = run()
        *expected, whole = run("--no-cache")
        assert found == expected, defect.id
        taken_over += count < whole
        clean.write(root, layout)
        assert run()[:2] == before[:2], defect.id
    assert taken_over > 50


@pytest.mark.parametrize("ask", [lambda pack, file: file.agent(pack.client), lambda pack, file: pack.references(file)])
def test_what_is_made_of_a_kept_text_is_made_once_and_known_to_depend_on_it(
    ask: Callable[[Pack, File], object], pack: Path
) -> None:
    witness = Witness()
    shop = Pack(discover([pack], disk=Disk(witness))[0], client(), pack)
    file = next(each for each in shop.agents if each.role.stem == "a")
    witness.subject = file.location
    made = ask(shop, file)
    file.release()
    assert file.location not in witness.shared
    witness.subject = "another file"
    assert ask(shop, file) is made
    assert file.location in witness.shared
