from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from packlint import lint
from packlint.cli import FLAGS, main
from packlint.commandline import options
from packlint.commandline.parser import parser
from packlint.config import Settings
from packlint.discovery.layout import Layout
from tests.conftest import WritePack

GOOD = "---\nname: reviewer\ndescription: Reviews Python changes. Use after an edit.\ntools: Read\n---\nYou review.\n"
WARNED = GOOD.replace("tools: Read\n", "tools: Read\nmax_turns: 3\n")
BROKEN = GOOD.replace("tools: Read\n", "tools: read\n")


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        pytest.param(GOOD, [], 0, id="a clean pack"),
        pytest.param(WARNED, [], 0, id="warnings alone do not fail"),
        pytest.param(WARNED, ["--strict"], 1, id="with --strict they do"),
        pytest.param(BROKEN, [], 1, id="errors fail"),
        pytest.param(BROKEN, ["--exit-zero"], 0, id="--exit-zero never fails"),
        pytest.param(BROKEN, ["--format", "json"], 1, id="the format does not matter"),
        pytest.param(BROKEN, ["--ignore", "TL"], 0, id="rules left out do not fail"),
        pytest.param(BROKEN, ["--select", "FM,NM"], 0, id="rules not selected neither"),
        pytest.param(BROKEN, ["--select", "FM", "--extend-select", "TL002"], 1, id="rules added do"),
        pytest.param(BROKEN, ["--nonsense"], 2, id="an unknown option"),
        pytest.param(BROKEN, ["--select", "ZZ"], 2, id="an unknown rule"),
        pytest.param(BROKEN, ["--client", "1.0"], 2, id="an unknown client"),
    ],
)
def test_exit_codes(
    text: str, options: list[str], code: int, write_pack: WritePack, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_pack({"agents/reviewer.md": text})
    assert run("check", root, *options) == code
    captured = capsys.readouterr()
    assert bool(captured.err) is (code == 2)


def test_the_text_names_place_code_and_what_was_read(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_pack({"agents/reviewer.md": BROKEN, "commands/go.md": "---\ndescription: Go\n---\nGo on.\n"})
    monkeypatch.chdir(root)
    assert run() == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("agents/reviewer.md:4:8: TL002 'read' is spelled 'Read': ")
    assert lines[1] == "    fix: write 'Read' (packlint fix)"
    assert lines[2].startswith("agents/reviewer.md:4:8: TL006 no tool is left: read (unrecognized): client 2.1.328")
    read = "Read 1 agent, 1 command, 0 skills and 0 documents in 1 pack as client 2.1.328"
    assert lines[-1] == f"{read}: 2 errors, 0 warnings, 0 info."


def test_the_json_has_the_documented_shape(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_pack({"agents/reviewer.md": BROKEN}))
    assert run("check", ".", "--format", "json", "--select", "TL002") == 1
    report = json.loads(capsys.readouterr().out)
    assert {key: report[key] for key in ("version", "client", "roots")} == {
        "version": 1,
        "client": "2.1.328",
        "roots": ["."],
    }
    assert report["counts"]["agents"] == 1
    [problem] = report["problems"]
    url = problem.pop("url")
    assert url.endswith("docs/rules.md#tl002-miscased-tool")
    assert problem == {
        "path": "agents/reviewer.md",
        "line": 4,
        "column": 8,
        "end_line": 4,
        "end_column": 12,
        "code": "TL002",
        "name": "miscased-tool",
        "severity": "error",
        "message": "'read' is spelled 'Read'",
        "consequence": "tool names are case-sensitive: client 2.1.328 drops it without a word",
        "fix": {
            "safe": True,
            "description": "write 'Read'",
            "edits": [{"line": 4, "column": 8, "end_line": 4, "end_column": 12, "text": "Read"}],
        },
    }


def test_inspect_tells_what_the_client_loads(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(
        write_pack(
            {
                "agents/reviewer.md": GOOD.replace("Read\n", "Read, Grpe\n"),
                "agents/lost.md": "no frontmatter",
                "commands/go.md": "---\ndescription: Go\nallowed-tools: Bash(git *), Read\n---\nDo $ARGUMENTS\n",
            }
        )
    )
    assert run("inspect", "--format", "json") == 0
    described = json.loads(capsys.readouterr().out)
    [pack] = described["packs"]
    assert (pack["root"], pack["layout"], pack["name"]) == (".", "plugin", "shop")
    lost, reviewer = pack["agents"]
    assert (lost["invoke"], lost["loaded"], lost["degraded"]) == ("shop:lost", True, True)
    assert lost["reason"] == "no frontmatter"
    assert reviewer["tools"] == {
        "declared": ["Read", "Grpe"],
        "all": False,
        "granted": ["Read"],
        "dropped": [{"token": "Grpe", "reason": "unrecognized"}],
    }
    [command] = pack["commands"]
    assert command["invoke"] == "/shop:go"
    assert command["placeholders"] == ["$ARGUMENTS"]
    assert command["arguments_reach_model"]
    assert command["allowed_tools"] == ["Bash(git *)", "Read"]
    assert run("inspect") == 0
    table = capsys.readouterr().out
    assert "shop:lost" in table
    assert "DEGRADED: no frontmatter" in table


def test_inspect_names_agents_of_one_name(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_pack({"agents/a/reviewer.md": GOOD, "agents/b/reviewer.md": GOOD}, Layout.PROJECT))
    assert run("inspect", "--format", "json") == 0
    first, second = json.loads(capsys.readouterr().out)["packs"][0]["agents"]
    assert (first["same_name"], second["same_name"]) == ([second["path"]], [first["path"]])
    assert run("inspect") == 0
    assert capsys.readouterr().out.count("ONE OF 2 OF THIS NAME") == 2


@pytest.mark.parametrize(
    ("extra", "manifest", "options", "told"),
    [
        pytest.param("permissionMode: plan\n", False, [], True, id="a finding that hangs on the layout"),
        pytest.param("permissionMode: plan\n", False, ["--layout", "plugin"], False, id="the layout is given"),
        pytest.param("permissionMode: plan\n", False, ["--layout", "project"], False, id="the other layout is given"),
        pytest.param("permissionMode: plan\n", True, [], False, id="a manifest says what it is"),
        pytest.param("colour: red\n", False, [], False, id="a finding of both layouts"),
    ],
)
def test_how_a_folder_was_read_is_said_where_findings_hang_on_it(
    extra: str, manifest: bool, options: list[str], told: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, text in {
        "agents/dev.md": f"---\nname: dev\ndescription: Writes code. Use for new code.\n{extra}---\nWrite it.\n",
        **({".claude-plugin/plugin.json": '{"name": "shop"}'} if manifest else {}),
    }.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text)
    main(["check", "--exit-zero", str(tmp_path), *options])
    said = capsys.readouterr().err
    assert ("has no plugin.json and was read as a plugin; --layout project" in said) is told
    assert told or not said


def test_nothing_to_validate_is_said_loudly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", tmp_path) == 2
    assert "nothing to validate: no pack found in" in capsys.readouterr().err


def test_nothing_in_this_folder_does_not_look_like_the_one_above(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("check") == 2
    assert "no pack found in this folder; " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "table", "told"),
    [
        pytest.param(["--layout", "plugin"], "", "layout 'plugin' left out what is there", id="the layout"),
        pytest.param([], "exclude = ['inner']", "'exclude' left out what is there", id="excluded folders"),
        pytest.param(["--layout", "plugin"], "exclude = ['inner']", "layout 'plugin' and 'exclude' left", id="both"),
    ],
)
def test_what_keeps_all_packs_from_being_found_is_named(
    options: list[str],
    table: str,
    told: str,
    write_pack: WritePack,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(write_pack({"agents/reviewer.md": GOOD}, Layout.PROJECT, "top/inner").parent)
    Path("pyproject.toml").write_text(f"[tool.packlint]\n{table}\n")
    assert run("check", *options) == 2
    assert f"packlint: nothing to validate: no pack found in this folder; {told}" in capsys.readouterr().err


def test_a_pack_without_agents_commands_and_skills_is_nothing(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", write_pack({"skills/x/notes.txt": "a note"})) == 2
    assert "a pack with nothing that the client could load" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        pytest.param(".claude-plugin/plugin.json", '{"name": "shop", "hooks": {"Nope": []}}', "PL009", id="written"),
        pytest.param("hooks/hooks.json", '{"hooks": {"Nope": []}}', "PL009", id="in their file"),
        pytest.param(".mcp.json", '{"mcpServers": {"x": 1}}', "PL002", id="servers"),
    ],
)
def test_a_plugin_of_hooks_or_servers_alone_is_judged(
    path: str, text: str, code: str, write_pack: WritePack, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_pack({".claude-plugin/plugin.json": '{"name": "shop"}', path: text})
    assert run("check", "--strict", root) == 1
    assert f"{path}:1:" in (out := capsys.readouterr().out)
    assert code in out


@pytest.mark.parametrize(
    "path",
    ["output-styles/a.md", "themes/a.json", ".lsp.json", "monitors/monitors.json", "workflows/a.js", "bin/a"],
)
def test_a_plugin_of_another_part_alone_is_judged_by_its_manifest(
    path: str, write_pack: WritePack, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_pack({path: "x"})
    assert run("check", "--strict", root) == 0
    assert "in 1 pack" in capsys.readouterr().out
    (root / ".claude-plugin/plugin.json").write_text('{"version": "1.0.0"}')
    assert run("check", root) == 1
    assert "PL002" in capsys.readouterr().out
    (root / ".claude-plugin/plugin.json").unlink()
    assert run("check", root) == 2


@pytest.mark.parametrize("path", [".", ".claude", ".claude/settings.json"])
def test_a_project_of_settings_alone_is_judged(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".claude").mkdir()
    Path(".claude/settings.json").write_text('{"permissions": {"allow": ["Bsh(git:*)"]}}')
    assert run("check", "--strict", path) == 1
    assert ".claude/settings.json:1:" in (out := capsys.readouterr().out)
    assert "PL014" in out


def test_settings_beside_a_plugin_make_no_second_pack(write_pack: WritePack) -> None:
    root = write_pack(
        {"agents/reviewer.md": GOOD, ".claude/settings.json": '{"permissions": {"allow": ["Bsh(git:*)"]}}'}
    )
    assert run("check", "--strict", root) == 0


def test_a_marketplace_of_plugins_elsewhere_is_judged(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = '{"name": "a b", "source": {"source": "github", "repo": "o/r"}}'
    root = write_pack(
        {".claude-plugin/marketplace.json": f'{{"name": "m", "owner": {{"name": "x"}}, "plugins": [{entry}]}}'}
    )
    assert run("check", root) == 1
    assert "marketplace.json:1:" in capsys.readouterr().out


def test_a_path_that_does_not_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", tmp_path / "nope") == 2
    assert capsys.readouterr().err == (
        f"packlint: {tmp_path / 'nope'} does not exist; give a folder with agents/, commands/ or skills/, or one file\n"
    )


def test_a_dash_is_told_how_stdin_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-"]) == 2
    assert capsys.readouterr().err.endswith("; a text on stdin needs --stdin-filename PATH\n")


def test_a_misspelt_subcommand_is_recognised(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chekc"]) == 2
    assert capsys.readouterr().err == (
        "packlint: chekc does not exist; give a folder with agents/, commands/ or skills/, or one file; "
        "did you mean 'check'?\n"
    )


@pytest.mark.parametrize(
    ("arguments", "ending"),
    [
        (["help"], "; did you mean '--help'?\n"),
        (["--strict", "check"], "; 'check' goes before the options\n"),
        (["check", "--stritc"], "packlint check: error: unrecognized arguments: --stritc; did you mean '--strict'?\n"),
        (["fix", "--stdin-filename", "x.md"], "packlint fix: error: unrecognized arguments: --stdin-filename\n"),
        (["inspect", "--color"], "packlint inspect: error: unrecognized arguments: --color\n"),
        (["baseline", "--strict"], "packlint baseline: error: unrecognized arguments: --strict\n"),
        (["rules", "TL"], "packlint rules: error: unrecognized arguments: TL\n"),
        (["check", "--select", "unknown-tool"], "no rule 'unknown-tool'; did you mean 'TL001'?\n"),
        (["rule", "unkown-tool"], "no rule 'unkown-tool'; did you mean 'TL001'?\n"),
        (["rule", "zz"], "no rule 'zz'; `packlint rules` lists them\n"),
    ],
)
def test_wrong_words_are_answered_with_what_was_meant(
    arguments: list[str],
    ending: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    told = capsys.readouterr().err
    assert told.endswith(ending)
    assert "usage: packlint [" not in told


@pytest.mark.parametrize("command", ["check", "fix", "baseline"])
@pytest.mark.parametrize(
    ("options", "table"),
    [
        pytest.param(["--select", "TL001,TL002", "--ignore", "TL,FM"], "", id="on the command line"),
        pytest.param([], "select = ['TL002']\nignore = ['TL', 'FM']", id="in the configuration"),
        pytest.param(["--select", "FM"], "ignore = ['TL', 'FM']", id="one here, one there"),
    ],
)
def test_a_run_without_any_rule_is_refused(
    command: str, options: list[str], table: str, write_pack: WritePack, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_pack({"agents/reviewer.md": BROKEN, "pyproject.toml": f"[tool.packlint]\n{table}\n"})
    assert run(command, root, *options) == 2
    told = "packlint: no rule is left: ignoring TL, FM takes away all that are selected\n"
    assert capsys.readouterr() == ("", told)
    assert run("inspect", root) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["one", "--strict", "two"], id="a flag"),
        pytest.param(["--select", "TL", "one", "--ignore", "", "two", "--strict"], id="values, one of them empty"),
        pytest.param(["one", "--select=TL", "--strict", "--", "two"], id="dashes"),
        pytest.param(["--strict", "--", "one", "two"], id="dashes before all paths"),
    ],
)
def test_options_may_stand_anywhere(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        Path(name, "agents").mkdir(parents=True)
        Path(name, "agents/reviewer.md").write_text(GOOD.replace("Read\n", "Read, Raed\n"))
    assert run("check", *arguments) == 1
    assert "in 2 packs as client 2.1.328: 0 errors, 2 warnings" in capsys.readouterr().out


@pytest.mark.parametrize("command", FLAGS)
def test_what_takes_no_value_is_read_without_argparse_as_with_it(command: str) -> None:
    [known] = [action.choices[command] for action in parser()._actions if isinstance(action.choices, dict)]
    flags = {name for action in known._actions if action.nargs == 0 for name in action.option_strings}
    assert {*FLAGS[command], "-h", "--help"} == flags
    kept = ["paths", *(name for name in vars(options.Given) if not name.startswith("_"))]
    for given in ([], ["one"], *([flag, "one", *FLAGS[command][:1], "two"] for flag in FLAGS[command])):
        plain, full = options.read([command, *given]), parser().parse_args([command, *given], namespace=options.Given())
        assert [getattr(plain, name) for name in kept] == [getattr(full, name) for name in kept]


@pytest.mark.parametrize(
    ("arguments", "sent"),
    [
        pytest.param(["go.md", "--layout", "plugin", "a b"], "Do a b", id="an option before the text"),
        pytest.param(["--layout", "plugin", "go.md", "a", "--client", "2.1.197"], "Do a", id="options around all"),
        pytest.param(["go.md", "--layout", "plugin", "--", "-x"], "Do -x", id="a text that begins with a dash"),
        pytest.param(["go.md", "", "--client=2.1.197"], "Do", id="an empty text"),
    ],
)
def test_the_text_to_expand_may_stand_behind_options(
    arguments: list[str],
    sent: str,
    write_pack: WritePack,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(write_pack({"commands/go.md": "---\ndescription: Go\n---\nDo $ARGUMENTS"}) / "commands")
    assert run("expand", *arguments) == 0
    assert capsys.readouterr().out.rstrip() == sent


@pytest.mark.parametrize(
    ("name", "fault"), [("", "is no file"), ("commands", "is no file"), ("commands/no.md", "does not exist")]
)
def test_expand_says_what_it_takes(
    name: str, fault: str, write_pack: WritePack, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_pack({"commands/go.md": "---\ndescription: Go\n---\nGo on.\n"}) / name
    assert run("expand", path) == 2
    mend = "give the file of a command, such as commands/go.md, or a skill's SKILL.md"
    assert capsys.readouterr().err == f"packlint: {path} {fault}; {mend}\n"


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("strct = true", "unknown key 'strct' in [tool.packlint]; did you mean 'strict'?"),
        ("strict = 1", "'strict' must be true or false"),
        ("select = 'FM'", "'select' must be a list of texts, such as [\"FM\"]"),
        ("exclude = 'old'", "'exclude' must be a list of texts, such as [\"tests/fixtures\"]"),
        ("ignore = ['FM9']", "no rule 'FM9'"),
        ("layout = 'flat'", "layout 'flat' is not one of auto, plugin, project"),
        ("client = '9'", "client 9 has not been measured; choose one of: 2.1.197, 2.1.328, 2.1.332"),
        ("client = 9", "'client' must be a text"),
        ("own-keys = 'origin'", "'own-keys' must be a list of texts, such as [\"origin\"]"),
        ("per-file-ignores = []", "'per-file-ignores' must be a table"),
        ("= nonsense", "Invalid"),
    ],
)
def test_a_broken_configuration_is_explained(
    table: str, words: str, write_pack: WritePack, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_pack({"agents/reviewer.md": GOOD, "pyproject.toml": f"[tool.packlint]\n{table}\n"})
    assert run("check", root) == 2
    error = capsys.readouterr().err
    assert words in error
    assert "pyproject.toml" in error


def test_a_configuration_in_another_encoding_is_explained(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_pack({"agents/reviewer.md": GOOD, "pyproject.toml": b"[tool.packlint]\n# caf\xe9\nstrict = true\n"})
    assert run("check", root) == 2
    told = "pyproject.toml: line 2 is not UTF-8; save the file as UTF-8\n"
    assert capsys.readouterr().err == f"packlint: {root}/{told}"


@pytest.mark.parametrize("text", ["tool = 'packlint'\n", "tool = 3  # packlint\n", "[[tool]]\npacklint = {}\n"])
def test_a_file_whose_tools_are_no_table_is_explained(
    text: str, write_pack: WritePack, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_pack({"agents/reviewer.md": GOOD, "settings.toml": text})
    assert run("check", root, "--config", root / "settings.toml") == 2
    assert capsys.readouterr().err == f"packlint: {root / 'settings.toml'}: [tool.packlint] must be a table\n"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("packlint.toml", "[packlint]\nstrict = true\n", "has no table [tool.packlint]"),
        ("packlint.toml", "strict = true\n", "has no table [tool.packlint]"),
        ("plugin.json", '{"name": "shop"}\n', "plugin.json: "),
    ],
)
def test_a_file_that_was_given_and_configures_nothing_is_refused(
    name: str, text: str, words: str, write_pack: WritePack, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_pack({"agents/reviewer.md": GOOD, name: text})
    assert run("check", root, "--config", root / name) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "text"), [("none.toml", ""), ("none.toml", "# no settings\n"), ("pyproject.toml", "[project]\n")]
)
def test_a_file_that_was_given_may_be_empty_or_a_projects_own(name: str, text: str, write_pack: WritePack) -> None:
    root = write_pack({"agents/reviewer.md": GOOD, name: text})
    assert run("check", root, "--config", root / name) == 0


def test_configuration_is_found_above_and_overridden(write_pack: WritePack, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_pack({"agents/reviewer.md": BROKEN, "pyproject.toml": "[tool.packlint]\nignore = ['TL']\n"})
    assert run("check", root / "agents") == 0
    assert run("check", root, "--ignore", "FM") == 1
    assert "TL002" in capsys.readouterr().out


def test_files_can_be_excepted(write_pack: WritePack) -> None:
    table = "[tool.packlint.per-file-ignores]\n'agents/old-*.md' = ['TL']\n"
    files = {
        "agents/old-one.md": BROKEN.replace("name: reviewer", "name: old-one"),
        "agents/reviewer.md": GOOD,
        "pyproject.toml": table,
    }
    assert run("check", write_pack(files)) == 0


@pytest.mark.parametrize("where", [".", "agents", "..", "packs", "packs/inner"])
def test_patterns_count_from_the_folder_of_their_file(
    where: str, write_pack: WritePack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = "[tool.packlint]\nexclude = ['packs/inner', './packs/next/']\n[tool.packlint.per-file-ignores]\n"
    files = {
        "agents/reviewer.md": BROKEN,
        "packs/inner/agents/reviewer.md": BROKEN,
        "packs/next/agents/reviewer.md": BROKEN,
        "packs/good/agents/reviewer.md": GOOD,
        "pyproject.toml": f"{settings}'agents/rev*.md' = ['TL']\n'packs/*' = ['FM', 'NM']\n",
    }
    root = write_pack(files)
    monkeypatch.chdir(root / where)
    assert run("check", root) == 0
    assert run("check", root / "agents") == 0
    assert "Read 1 agent," in capsys.readouterr().out
    assert run("check", root / "packs") == 0
    assert "Read 1 agent," in capsys.readouterr().out
    assert run("check", root / "packs/inner") == 0


def test_keys_of_the_packs_own_are_no_unknown_ones(write_pack: WritePack, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_pack({"agents/reviewer.md": GOOD.replace("---\n", "---\norigin: us\nemoji: x\n", 1)})
    assert run("check", "--strict", root) == 1
    assert "unknown key 'origin': client 2.1.328 ignores it; 'own-keys' names" in capsys.readouterr().out
    (root / "pyproject.toml").write_text("[tool.packlint]\nown-keys = ['origin']\n", encoding="utf-8")
    assert run("check", "--strict", root) == 1
    assert "unknown key 'emoji'" in (told := capsys.readouterr().out)
    assert "origin" not in told
    (root / "pyproject.toml").write_text("[tool.packlint]\nown-keys = ['origin', 'emoji']\n", encoding="utf-8")
    assert run("check", "--strict", root) == 0


@pytest.mark.parametrize("pattern", ["./agents/rev*.md", "{}/agents/*"])
def test_a_file_is_ignored_by_its_whole_path_too(pattern: str, write_pack: WritePack) -> None:
    root = write_pack({"agents/reviewer.md": BROKEN})
    (root / "pyproject.toml").write_text(
        f"[tool.packlint.per-file-ignores]\n'{pattern.format(root)}' = ['TL', 'FM', 'NM']\n", encoding="utf-8"
    )
    assert run("check", root) == 0


@pytest.mark.parametrize(("where", "code"), [(".", 0), ("agents", 1)])
def test_patterns_of_a_file_that_was_given_count_from_where_packlint_is_started(
    where: str, code: int, write_pack: WritePack, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = "[tool.packlint.per-file-ignores]\n'agents/*.md' = ['TL']\n"
    root = write_pack({"agents/reviewer.md": BROKEN, "settings/own.toml": table})
    monkeypatch.chdir(root / where)
    assert run("check", root, "--config", root / "settings/own.toml") == code


@pytest.mark.parametrize(
    "pattern",
    ["", "*", "*.md", "a", "a/b.md", "*a*", "a*a", "*/*", "a/*", "**", "*b*.md", "?/b.md", "[ab]/*", "*.mdx", "a*b*a"],
)
@pytest.mark.parametrize("path", ["", "a", "aa", "a/b.md", "b/a/b.md", "aba", "a/a\nb.md", "A/b.md"])
def test_patterns_of_exceptions_mean_what_they_mean_to_fnmatch(pattern: str, path: str) -> None:
    ignored = Settings(per_file_ignores={pattern: ("TL",)}).ignored_for(path)
    assert bool(ignored) == (fnmatch(path, pattern) or fnmatch(path, f"*/{pattern}"))


def forbid(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no file of this name be opened; a mode of 0 would not stop root, as whom containers run."""
    opened = os.open

    def refuse(path: str | Path, flags: int, *mode: int, **options: Any) -> int:
        if str(path).endswith(name):
            raise PermissionError(13, "Permission denied")
        return opened(path, flags, *mode, **options)

    monkeypatch.setattr(os, "open", refuse)


def test_an_unreadable_file_is_a_finding(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_pack({"agents/reviewer.md": GOOD})
    forbid("reviewer.md", monkeypatch)
    assert run("check", root) == 1
    assert "agents/reviewer.md:1:1: FM000 cannot be read: Permission denied" in capsys.readouterr().out


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(os.mkfifo, "not a regular file", id="a pipe"),
        pytest.param(lambda path: path.symlink_to("nowhere.md"), "a link that leads nowhere", id="a link to nothing"),
        pytest.param(
            lambda path: path.symlink_to(path.name), "Too many levels of symbolic links", id="a link to itself"
        ),
    ],
)
def test_an_agent_that_is_no_file_is_named(
    make: Callable[[Path], None],
    words: str,
    layout: Layout,
    write_pack: WritePack,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = write_pack({"agents/.keep": ""}, layout)
    monkeypatch.chdir(root if layout is Layout.PLUGIN else root / ".claude")
    make(Path("agents/odd.md"))
    assert run("check", root) == 1
    assert f"agents/odd.md:1:1: FM000 cannot be read: {words}" in capsys.readouterr().out


def test_a_link_to_nothing_is_told_from_a_wrong_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "agent.md").symlink_to("nowhere.md")
    assert run("check", tmp_path / "agent.md") == 2
    assert capsys.readouterr().err.startswith(f"packlint: {tmp_path / 'agent.md'} is a link that leads nowhere; ")


@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_file_of_no_pack_is_named(
    command: str, write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_pack({"agents/reviewer.md": GOOD, "agents/notes.txt": "", "notes/x.md": "# X\n"}))
    for _ in range(2):  # the second time the result is known from the first
        assert run(command, "agents/notes.txt", "agents/reviewer.md", ".claude-plugin/plugin.json", "notes/x.md") == 0
        assert capsys.readouterr().err == "".join(
            f"packlint: {path} is no agent, command, skill, document or manifest of a pack: nothing in it was judged\n"
            for path in ("agents/notes.txt", "notes/x.md")
        )


def test_a_file_that_is_too_large_is_a_finding(write_pack: WritePack, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_pack({"agents/reviewer.md": GOOD + "x" * 5_000_000})
    assert run("check", root) == 1
    assert "FM000 cannot be read: larger than 5 MB" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".claude-plugin/plugin.json", '{"name": "shop"}'),
        ("hooks/hooks.json", '{"hooks": {}}'),
        (".mcp.json", "{}"),
        (".claude/settings.json", "{}"),
    ],
)
def test_a_manifest_that_is_too_large_is_a_finding(
    path: str, text: str, write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = Layout.PROJECT if path.startswith(".claude/") else Layout.PLUGIN
    root = write_pack({"agents/reviewer.md": GOOD}, layout)
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(text + " " * 5_000_000)
    monkeypatch.chdir(root)
    assert run("check", ".") == 1
    told = f"{path}:1:1: FM000 cannot be read: larger than 5 MB: packlint judges nothing that stands in it [error]"
    assert told in capsys.readouterr().out
    assert run("inspect", ".") == 0
    assert capsys.readouterr().out.count("larger than 5 MB") == 1


def test_a_manifest_that_cannot_be_read_keeps_the_plugin_out(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_pack({".claude-plugin/plugin.json": '{"name": "shop"}', "agents/reviewer.md": GOOD})
    forbid("plugin.json", monkeypatch)
    assert run("check", root) == 1
    told = "plugin.json:1:1: FM000 cannot be read: Permission denied: the client does not load this plugin [error]"
    assert told in capsys.readouterr().out
    assert run("inspect", root) == 0
    assert "NOT LOADED" in capsys.readouterr().out


def test_a_folder_named_like_an_agent_is_not_read(write_pack: WritePack) -> None:
    root = write_pack({"agents/reviewer.md": GOOD, "agents/odd.md/inner.md": GOOD.replace("reviewer", "inner")})
    assert run("check", root) == 0


def test_colours_can_be_chosen(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_pack({"agents/reviewer.md": BROKEN})
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    run("check", root)
    assert "\x1b[" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    run("check", root)
    assert "\x1b[" not in capsys.readouterr().out
    run("check", root, "--color", "always")
    assert "\x1b[" in capsys.readouterr().out


def test_names_cannot_write_to_the_terminal(write_pack: WritePack, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_pack({"agents/a\x1b[31m\nb.md": BROKEN}, Layout.PROJECT)
    run("check", root)
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "a\\x1b[31m\\nb.md:4:8: TL002" in out


def test_a_defect_of_packlint_is_said_in_one_line(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr(lint, "check", fail)
    assert run("check", write_pack({"agents/reviewer.md": GOOD})) == 2
    error = capsys.readouterr().err
    assert error.startswith("packlint: internal error, please report it: ZeroDivisionError at test_cli.py:")
    assert error.count("\n") == 1


def test_rules_and_schemas_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules") == 0
    assert "FM006  recovered-yaml" in capsys.readouterr().out
    assert run("rule", "fm006") == 0
    assert capsys.readouterr().out.startswith("FM006 recovered-yaml (warning, safe fix)")
    assert run("rule", "recovered-yaml") == 0
    assert capsys.readouterr().out.startswith("FM006 recovered-yaml (warning, safe fix)")
    assert run("rule", "FM0006") == 2
    assert "did you mean 'FM006'?" in capsys.readouterr().err
    assert run("schema", "agent") == 0
    assert json.loads(capsys.readouterr().out)["properties"]["name"]["type"] == "string"


def test_findings_of_one_place_have_one_order(write_pack: WritePack) -> None:
    """An alias gives two keys one value, and so two findings that differ in their consequence alone."""
    text = "---\nname: reviewer\ndescription: &a Reviews. Use it.\nnote: *a\n---\nYou review.\n"
    command = [
        sys.executable,
        "-m",
        "packlint",
        "check",
        str(write_pack({"agents/reviewer.md": text})),
        "--select",
        "FM010",
    ]
    outputs = set()
    for seed in range(6):
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        outputs.add(subprocess.run(command, env=environment, capture_output=True, text=True).stdout)
    [output] = outputs
    assert output.count("FM010") == 2


def test_a_closed_pipe_is_quiet(write_pack: WritePack) -> None:
    root = write_pack({f"agents/a{n}.md": BROKEN.replace("reviewer", f"a{n}") for n in range(400)})
    command = [sys.executable, "-m", "packlint", "check", str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize(
    ("tool", "wrote"), [("cProfile -o seen -m", "seen"), ("trace --count -C . --module", "packlint.cli.cover")]
)
def test_what_watches_packlint_comes_to_its_end(tool: str, wrote: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", *tool.split(), "packlint", "--version"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("packlint ")
    assert (tmp_path / wrote).stat().st_size
