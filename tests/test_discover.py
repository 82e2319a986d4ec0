from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from packlint.discover import PathError, discover
from packlint.discovery.layout import Layout
from packlint.discovery.root import Root
from tests.planted.checking import check

# Layout, name, folder, agents and commands of a pack.
Described = tuple[str, str, str, list[str], list[str]]

AGENT = "---\nname: {0}\ndescription: Does {0}. Use for {0}.\n---\nBody\n"


def write(root: Path, *paths: str, **texts: str) -> None:
    for path in paths:
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(texts.get(path) or AGENT.format(place.stem))


def described(root: Root, start: Path) -> Described:
    base = Path(root.root).relative_to(start).as_posix()
    agents = ["/".join(entry.parts) for entry in root.agents]
    return root.layout.value, root.name, base, agents, ["/".join(entry.parts) for entry in root.commands]


def packs(start: Path, *paths: Path, layout: Layout | None = None) -> list[Described]:
    return [described(root, start) for root in discover(paths or [start], layout)]


def test_a_plugin_by_its_manifest(tmp_path: Path) -> None:
    write(tmp_path, "agents/a.md", "agents/sub/b.md", "agents/c.MD", "agents/d.txt", "commands/sub/go.md", "notes/e.md")
    write(tmp_path, ".claude-plugin/plugin.json", **{".claude-plugin/plugin.json": '{"name": "shop"}'})
    assert packs(tmp_path) == [("plugin", "shop", ".", ["a.md", "c.MD", "sub/b.md"], ["sub/go.md"])]


def test_a_project(tmp_path: Path) -> None:
    write(tmp_path, ".claude/agents/a.md", ".claude/agents/c.MD", ".claude/commands/go.md", "src/x.md")
    expected = [("project", tmp_path.name, ".", ["a.md"], ["go.md"])]
    assert packs(tmp_path) == expected
    assert packs(tmp_path, tmp_path / ".claude") == expected


def test_plain_folders_are_a_plugin_unless_said_otherwise(tmp_path: Path) -> None:
    write(tmp_path, "agents/a.md")
    assert packs(tmp_path) == [("plugin", tmp_path.name, ".", ["a.md"], [])]
    assert packs(tmp_path, layout=Layout.PROJECT) == [("project", tmp_path.name, ".", ["a.md"], [])]


def test_both_in_one_repository(tmp_path: Path) -> None:
    write(tmp_path, "agents/a.md", ".claude-plugin/plugin.json", **{".claude-plugin/plugin.json": '{"name": "shop"}'})
    (tmp_path / ".claude").mkdir()
    (tmp_path / ".claude/agents").symlink_to("../agents")
    assert [pack[0] for pack in packs(tmp_path)] == ["plugin", "project"]


def test_a_layout_that_is_said_goes_before_what_lies_there(tmp_path: Path) -> None:
    manifest = {".claude-plugin/plugin.json": '{"name": "shop"}'}
    write(tmp_path, "agents/a.md", ".claude/agents/b.md", *manifest, **manifest)
    as_plugin: Described = ("plugin", "shop", ".", ["a.md"], [])
    in_project: Described = ("project", tmp_path.name, ".", ["b.md"], [])
    as_project: Described = ("project", tmp_path.name, ".", ["a.md"], [])
    assert packs(tmp_path) == [as_plugin, in_project]
    assert packs(tmp_path, layout=Layout.PLUGIN) == [as_plugin]
    assert packs(tmp_path, layout=Layout.PROJECT) == [as_project, in_project]
    inside = tmp_path / ".claude"
    assert packs(tmp_path, inside) == packs(tmp_path, inside, layout=Layout.PROJECT) == [in_project]
    assert packs(tmp_path, inside, layout=Layout.PLUGIN) == [("plugin", ".claude", ".claude", ["b.md"], [])]


def test_a_marketplace_of_two_plugins(tmp_path: Path) -> None:
    catalogue = {
        "name": "market",
        "owner": {"name": "x"},
        "plugins": [
            {"name": "one", "source": "./plugins/one"},
            {"name": "two", "source": "./plugins/two", "agents": ["./team/x.md"]},
            {"name": "far", "source": {"source": "github", "repo": "a/b"}},
        ],
    }
    write(tmp_path, "plugins/one/agents/a.md", "plugins/two/agents/b.md", "plugins/two/team/x.md")
    write(tmp_path, ".claude-plugin/marketplace.json", **{".claude-plugin/marketplace.json": json.dumps(catalogue)})
    assert packs(tmp_path) == [
        ("plugin", "one", "plugins/one", ["a.md"], []),
        ("plugin", "two", "plugins/two", ["b.md", "x.md"], []),
    ]


def test_a_marketplace_whose_plugins_are_all_elsewhere_is_judged(tmp_path: Path) -> None:
    text = '{"name": "m", "owner": {"name": "n"}, "plugins": [{"name": "a", "source": {"source": "github"}}]}'
    (tmp_path / ".claude-plugin").mkdir()
    (tmp_path / ".claude-plugin/marketplace.json").write_text(text)
    [problem] = check(tmp_path)
    assert (problem.code, problem.message) == ("PL007", "'plugins.0.source' lacks 'repo'")


def test_paths_declared_in_the_manifest_replace_the_folder(tmp_path: Path) -> None:
    manifest = {
        "name": "shop",
        "agents": ["./team/x.md", "./team/none.md"],
        "commands": {"go": {"source": "./run/go.md"}},
    }
    write(tmp_path, "agents/a.md", "team/x.md", "run/go.md", "commands/left.md")
    write(tmp_path, ".claude-plugin/plugin.json", **{".claude-plugin/plugin.json": json.dumps(manifest)})
    [root] = discover([tmp_path])
    assert described(root, tmp_path) == ("plugin", "shop", ".", ["x.md"], ["go.md"])
    assert [fault.text for fault in root.faults] == ["the agents path './team/none.md' does not exist"]


@pytest.mark.parametrize("text", ["{", "[]", '"x"', "\ufeff{", ""])
def test_a_broken_manifest_is_a_fault_and_not_the_end(text: str, tmp_path: Path) -> None:
    write(tmp_path, "agents/a.md")
    (tmp_path / ".claude-plugin").mkdir()
    (tmp_path / ".claude-plugin/plugin.json").write_text(text)
    [root] = discover([tmp_path])
    assert len(root.agents) == 1
    assert len(root.faults) == 1


def test_a_manifest_that_is_not_utf8_is_read_as_the_client_reads_it(tmp_path: Path) -> None:
    write(tmp_path, "agents/a.md")
    (tmp_path / ".claude-plugin").mkdir()
    (tmp_path / ".claude-plugin/plugin.json").write_bytes(b'{"name": "shop", "description": "Caf\xe9"}')
    [root] = discover([tmp_path])
    assert (root.name, root.faults) == ("shop", [])
    assert "TX002" in {problem.code for problem in check(tmp_path)}


def test_nested_plugins_without_a_marketplace(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path, f"{name}/agents/a.md", f"{name}/.claude-plugin/plugin.json")
        (tmp_path / name / ".claude-plugin/plugin.json").write_text(json.dumps({"name": name}))
    write(tmp_path, "node_modules/x/agents/a.md", ".venv/agents/a.md")
    assert [pack[1] for pack in packs(tmp_path)] == ["one", "two"]


def test_nested_plain_folders_where_there_is_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, "components/agents/a.md", "src/agents/code.py")
    assert packs(tmp_path) == [("plugin", "components", "components", ["a.md"], [])]


def test_excluded_folders_are_not_entered(tmp_path: Path) -> None:
    write(tmp_path, "fixtures/agents/a.md")
    assert discover([tmp_path], exclude=["fixtures"]) == []


@pytest.mark.parametrize("pattern", ["in/fixtures/**", "in/fixtures/*", "{}/in/fixtures", "{}/in/*", "./in/fixtures/"])
def test_folders_are_excluded_by_all_that_is_in_them_and_by_whole_paths(pattern: str, tmp_path: Path) -> None:
    write(tmp_path, "in/fixtures/agents/a.md", "in/fixtures/.claude-plugin/plugin.json", ".claude/agents/b.md")
    assert [root.layout for root in discover([tmp_path])] == [Layout.PROJECT, Layout.PLUGIN]
    assert [root.layout for root in discover([tmp_path], exclude=[pattern.format(tmp_path)])] == [Layout.PROJECT]


def test_folders_of_skills_are_no_packs(tmp_path: Path) -> None:
    write(tmp_path, "kit/skills/audit/SKILL.md", "kit/skills/audit/agents/critic.md", "kit/skills/agents/dev.md")
    write(tmp_path, "kit/skills/team/agents/lead.md")
    assert [(root.name, len(root.entries)) for root in discover([tmp_path])] == [("kit", 1), ("team", 1)]


def test_one_file_or_folder_of_a_pack_narrows_it(tmp_path: Path) -> None:
    write(tmp_path, "agents/a.md", "agents/b.md", "commands/go.md", "patterns/p.md")
    for path, wanted in (
        ("agents/a.md", {"a.md"}),
        ("agents", {"a.md", "b.md"}),
        ("patterns/p.md", {"p.md"}),
    ):
        [root] = discover([tmp_path / path])
        assert {Path(each).name for each in root.only or ()} == wanted
    [both] = discover([tmp_path / "agents/a.md", tmp_path / "commands/go.md"])
    assert {Path(each).name for each in both.only or ()} == {"a.md", "go.md"}
    [whole] = discover([tmp_path / "agents/a.md", tmp_path])
    assert whole.only is None


def test_links_are_followed_as_the_client_does(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write(outside, "x.md")
    plugin = tmp_path / "plugin"
    write(plugin, "agents/a.md")
    (plugin / "agents/x.md").symlink_to(outside / "x.md")
    (plugin / "agents/sub").symlink_to(outside)
    project = tmp_path / "project"
    write(project, ".claude/agents/a.md")
    (project / ".claude/agents/x.md").symlink_to(outside / "x.md")
    (project / ".claude/agents/loop").symlink_to(project / ".claude")
    assert packs(tmp_path, plugin)[0][3] == ["a.md"]
    assert packs(tmp_path, project)[0][3] == ["a.md", "x.md"]


def test_a_pipe_named_as_a_path_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(PathError, match="neither a folder nor a regular file"):
        discover([tmp_path / "pipe.md"])
