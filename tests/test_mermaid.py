from __future__ import annotations

import re
from pathlib import Path

import pytest

from packlint.cli import main
from packlint.discovery.layout import Layout
from packlint.relations.graph import escaped
from tests.conftest import WritePack

AGENT = "---\nname: {}\ndescription: Reviews Python changes. Use after an edit.\ntools: Read\n---\n"
FILES = {
    "commands/go.md": "---\ndescription: Go\n---\nLaunch the back-end on $ARGUMENTS, then ask `shop:reviewer`, "
    "then the `ghost-one` agent. Read `patterns/gone.md`.\n",
    "agents/back-end.md": AGENT.format("back-end") + "Read `patterns/routers.md`. A reviewer is not named here.\n",
    "agents/reviewer.md": AGENT.format("reviewer") + "Ask the reviewer agent again, then the tester agent.\n",
    "agents/tester.md": AGENT.format("tester") + "<!-- Ask the reviewer agent. -->\n",
    "patterns/routers.md": "See [more](more/deep.md).\n",
    "patterns/more/deep.md": "# Deep\n",
    "patterns/alone.md": "# Alone\n",
}
NODE = re.compile(r'(?P<id>n\d+)(?:\(\["|\["|\[/")(?P<label>.*?)(?:"\]\)|"\]|"/\])(?P<absent>:::absent)?')


def graph(capsys: pytest.CaptureFixture[str], root: Path) -> list[str]:
    capsys.readouterr()
    assert main(["inspect", "--format", "mermaid", str(root)]) == 0
    return capsys.readouterr().out.splitlines()


def read(lines: list[str]) -> tuple[set[str], set[tuple[str, str]]]:
    """Labels, absent ones with a question mark, and arrows between them."""
    nodes, arrows = {}, set()
    for line in lines[1:-1]:
        if match := NODE.fullmatch(line.strip()):
            nodes[match["id"]] = match["label"] + ("?" if match["absent"] else "")
        else:
            start, arrow, end = line.split()
            assert (arrow == "-.->") is nodes[end].endswith("?")
            arrows.add((nodes[start], nodes[end]))
    return set(nodes.values()), arrows


def test_the_graph_of_a_plugin(write_pack: WritePack, capsys: pytest.CaptureFixture[str]) -> None:
    lines = graph(capsys, write_pack(FILES))
    assert lines[0] == "flowchart LR"
    nodes, arrows = read(lines)
    assert arrows == {
        ("/shop:go", "shop:back-end"),
        ("/shop:go", "shop:reviewer"),
        ("/shop:go", "ghost-one?"),
        ("/shop:go", "patterns/gone.md?"),
        ("shop:back-end", "patterns/routers.md"),
        ("shop:reviewer", "shop:tester"),
        ("patterns/routers.md", "patterns/more/deep.md"),
    }
    assert nodes == {name for arrow in arrows for name in arrow} | {"patterns/alone.md"}


def test_an_agent_that_the_client_drops_is_dashed(write_pack: WritePack, capsys: pytest.CaptureFixture[str]) -> None:
    files = {"agents/lost.md": "No frontmatter.\n", "agents/there.md": AGENT.format("there")}
    nodes, _ = read(graph(capsys, write_pack(files, Layout.PROJECT)))
    assert nodes == {".claude/agents/lost.md?", "there"}


def test_a_single_file_shows_what_it_reaches(write_pack: WritePack, capsys: pytest.CaptureFixture[str]) -> None:
    nodes, arrows = read(graph(capsys, write_pack(FILES) / "agents/back-end.md"))
    assert nodes == {"shop:back-end", "patterns/routers.md"}
    assert len(arrows) == 1


def test_several_packs_stay_apart(
    write_pack: WritePack, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pack(FILES, name="one")
    write_pack(FILES, name="two")
    monkeypatch.chdir(tmp_path)
    lines = graph(capsys, Path())
    assert [line.strip() for line in lines if "subgraph" in line] == [
        'subgraph p1["shop plugin one"]',
        'subgraph p2["shop plugin two"]',
    ]
    assert [line.strip() for line in lines].count("end") == 2
    assert len(lines) > 6
    assert len([line for line in lines if line.strip().startswith("p1n")]) == (len(lines) - 6) / 2


def test_the_graph_is_the_same_from_run_to_run(write_pack: WritePack, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_pack(FILES)
    assert graph(capsys, root) == graph(capsys, root)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("plain name/x-y.md:z", "plain name/x-y.md:z", id="nothing to escape"),
        pytest.param('"]; evil["', "#34;#93;#59; evil#91;#34;", id="an end of the label"),
        pytest.param("#35;&amp;<b>%%", "#35;35#59;#38;amp#59;#60;b#62;#37;#37;", id="entities and tags"),
        pytest.param("`__md__`", "#96;#95;#95;md#95;#95;#96;", id="Markdown"),
        pytest.param("1. one - two", "1#46; one #45; two", id="lists"),
        pytest.param("é日", "#233;#26085;", id="other scripts"),
        pytest.param("a\nb\x00\u202e\udcff", "a#65533;b#65533;#65533;#65533;", id="what nobody can show"),
    ],
)
def test_no_character_of_a_name_is_syntax(name: str, shown: str) -> None:
    assert escaped(name) == shown
