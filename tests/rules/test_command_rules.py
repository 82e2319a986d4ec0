from __future__ import annotations

from pathlib import Path

import pytest

from packlint import lint
from packlint.cli import main
from packlint.client import client
from packlint.config import Settings
from packlint.discover import discover
from packlint.discovery.layout import Layout
from packlint.pack import Pack

from .packs import BOTH, PLUGIN, PROJECT, agent, command, findings, problems, write

AWK = "Run:\n\n```bash\ndf -h | awk '{print $1}'\n```\n\n$ARGUMENTS"
FUNCTION = '```bash\nlog() {\n  echo "$1"\n}\n```\n$ARGUMENTS'


@pytest.mark.parametrize("layout", BOTH)
@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(command("Do it.", argument_hint="<x>"), ["3:1 CM001 info"], id="a hint and no placeholder"),
        pytest.param(command("Do it.", argument_hint="none"), [], id="a hint that asks for nothing"),
        pytest.param(command("Do it.", argument_hint='"(no arguments, just run it)"'), [], id="a hint that says so"),
        pytest.param(command("Do it.", argument_hint="<nonempty>"), ["3:1 CM001 info"], id="a hint that only seems to"),
        pytest.param(command("Do $ARGUMENTS."), ["4:4 CM001 info"], id="a placeholder and no hint"),
        pytest.param(
            command("Move $1.", argument_hint="<x>"), ["5:6 CM002 error"], id="one argument, counted from one"
        ),
        pytest.param(
            command("Move $1 to $2.", argument_hint="<a> <b>"), ["5:6 CM002 error"], id="two, counted from one"
        ),
        pytest.param(
            command("$ARGUMENTS for $50 a month", argument_hint="<x>"), ["5:16 CM003 warning"], id="a price by index"
        ),
        pytest.param(
            command("$ARGUMENTS and $5", argument_hint="<x>"), ["5:16 CM003 warning"], id="a fifth without a fourth"
        ),
        pytest.param(
            command("$ARGUMENTS: a bag for $40 and a $5 pouch", argument_hint="<x>"),
            ["5:23 CM003 warning"],
            id="a fifth, and a fourth that is a price itself",
        ),
        pytest.param(
            command("awk '{print $1}' a", argument_hint="<x>"), ["5:13 CM003 error"], id="awk, and the arguments lost"
        ),
        pytest.param(
            command("$ARGUMENTS costs $5 per call", argument_hint="<x>"), ["5:18 CM003 warning"], id="a price by words"
        ),
        pytest.param(command(AWK, argument_hint="<x>"), ["8:21 CM003 warning"], id="a field of awk"),
        pytest.param(command(FUNCTION, argument_hint="<x>"), ["7:9 CM003 warning"], id="a parameter of a function"),
        pytest.param(command("Now: !`git fetch`"), ["4:8 CM004 warning"], id="an inline command without a grant"),
        pytest.param(
            command("Now: !`git status && git fetch`", allowed_tools="Bash(git status:*)"),
            ["5:8 CM004 warning"],
            id="an inline command granted in part",
        ),
        pytest.param(command("```!\ngit fetch\n```"), ["5:1 CM004 warning"], id="a fence that runs as a whole"),
        pytest.param(
            command("!`git log -- $0`", allowed_tools="Bash(*)", argument_hint="<x>"),
            ["6:14 CM005 warning"],
            id="an argument in a command that anything may follow",
        ),
        pytest.param(
            command('!`git log -- "$ARGUMENTS"`', allowed_tools="Bash", argument_hint="<x>"),
            ["6:15 CM005 warning"],
            id="quotes do not help",
        ),
        pytest.param(
            command("!`pytest -q`", allowed_tools="Bash(pytest:*)"), ["5:3 CM006 warning"], id="tests that may fail"
        ),
        pytest.param(command("Do it.", agent="Explore"), ["3:1 CM009 warning"], id="an agent without a fork"),
        pytest.param(
            {"commands/do it.md": "---\ndescription: Do it\n---\nDo it.\n"},
            ["1:1 CM010 error"],
            id="a space in the name",
        ),
        pytest.param(
            {
                "commands/x/SKILL.md": "---\ndescription: How\n---\nHow.\n",
                "commands/x/do.md": "---\ndescription: Do it\n---\nDo it.\n",
            },
            ["1:1 CM011 error"],
            id="a skill beside a command",
        ),
    ],
)
def test_a_defect_is_found_where_it_stands(
    tmp_path: Path, files: dict[str, str], expected: list[str], layout: Layout
) -> None:
    assert findings(tmp_path, files, "CM", layout) == expected


@pytest.mark.parametrize("layout", BOTH)
@pytest.mark.parametrize(
    "files",
    [
        pytest.param(command("Do $ARGUMENTS.", argument_hint="<x>"), id="a hint and its placeholder"),
        pytest.param(command("Do it."), id="neither"),
        pytest.param(command("Do it.", argument_hint='""'), id="an empty hint"),
        pytest.param(command("$0 then $1", argument_hint="<a> <b>"), id="counted from zero"),
        pytest.param(command("$0 $1 $2 $3", argument_hint="<a> <b> <c> <d>"), id="four arguments"),
        pytest.param(command("$ARGUMENTS, above all $1", argument_hint="<a> <b>"), id="all of it, and the second"),
        pytest.param(command(r"$ARGUMENTS for \$50", argument_hint="<x>"), id="an escaped price"),
        pytest.param(command("${HOME} $HOME $@ $# ${1} $1abc"), id="what the client leaves alone"),
        pytest.param(command("!`git status` !`ls | head -3` !`grep x y`"), id="commands that only read"),
        pytest.param(command("x=!`git fetch` and `!`git fetch``"), id="no inline commands at all"),
        pytest.param(command("!`git fetch`", allowed_tools="Bash(git:*)"), id="a grant by prefix"),
        pytest.param(command("!`git fetch`", allowed_tools="Bash(git fetch)"), id="a grant word for word"),
        pytest.param(command("!`git add .`", allowed_tools="Bash(git add *)"), id="a grant with a star"),
        pytest.param(
            command("!`git log -- $ARGUMENTS`", allowed_tools="Bash(git log:*)", argument_hint="<x>"),
            id="an argument in a command granted alone",
        ),
        pytest.param(command("!`echo $ARGUMENTS`", argument_hint="<x>"), id="an argument and no grant"),
        pytest.param(command("!`pytest -q || true`", allowed_tools="Bash(pytest:*)"), id="a failure provided for"),
        pytest.param(command("!`grep x y`, !`git diff --quiet`"), id="exit codes that are answers"),
        pytest.param(command("Do it.", context="fork", agent="Explore"), id="a built-in agent"),
        pytest.param(command("Do it.", context="fork", agent="other:dev"), id="an agent of another plugin"),
        pytest.param(command("Do it.", disable_model_invocation="true"), id="hidden on purpose"),
    ],
)
def test_a_valid_command_is_silent(tmp_path: Path, files: dict[str, str], layout: Layout) -> None:
    assert findings(tmp_path, files, "CM", layout) == []


@pytest.mark.parametrize(
    ("layout", "expected"), [(PLUGIN, ["1:1 CM007 warning"]), (PROJECT, ["1:1 CM007 info"])], ids=["plugin", "project"]
)
def test_a_command_without_description_is_hidden_in_a_plugin_only(
    tmp_path: Path, layout: Layout, expected: list[str]
) -> None:
    assert findings(tmp_path, {"commands/go.md": "Do it.\n"}, "CM", layout) == expected


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("2.1.197", {"false": 1, "no": 1, "maybe": 1, "yes": 1}),
        ("2.1.328", {"false": 1, "no": 1, "maybe": 1, "yes": 0}),
    ],
)
@pytest.mark.parametrize(("path", "code"), [("commands/go.md", "CM007"), ("skills/go/SKILL.md", "FM018")])
def test_a_description_is_missed_where_the_client_takes_the_switch_for_off(
    tmp_path: Path, path: str, code: str, version: str, expected: dict[str, int]
) -> None:
    found = {value: {path: f"---\ndisable-model-invocation: {value}\n---\nDo it.\n"} for value in (*expected, "true")}
    told = {value: len(findings(tmp_path / value, files, code, version=version)) for value, files in found.items()}
    assert told == expected | {"true": 0}


@pytest.mark.parametrize(
    ("layout", "name", "expected"),
    [
        pytest.param(PLUGIN, "dev", ["4:8 CM008 error"], id="the bare name in a plugin"),
        pytest.param(PLUGIN, "shop:dev", [], id="the full name in a plugin"),
        pytest.param(PLUGIN, "deb", ["4:8 CM008 error"], id="no such agent in a plugin"),
        pytest.param(PROJECT, "dev", [], id="the bare name in a project"),
        pytest.param(PROJECT, '"dev "', ["4:8 CM008 error"], id="a blank behind the name"),
        pytest.param(PLUGIN, '" shop:dev"', ["4:8 CM008 error"], id="a blank before the full name"),
        pytest.param(PROJECT, "deb", ["4:8 CM008 warning"], id="no such agent in a project"),
    ],
)
def test_the_agent_of_a_fork_goes_by_the_name_the_client_knows(
    tmp_path: Path, layout: Layout, name: str, expected: list[str]
) -> None:
    files = {**agent("Body."), **command("Do it.", context="fork", agent=name)}
    assert findings(tmp_path / "shop", files, "CM", layout) == expected


def test_a_plugin_command_with_a_name_of_its_own_can_be_typed(tmp_path: Path) -> None:
    files = {"commands/do it.md": "---\nname: do-it\ndescription: Do it\n---\nDo it.\n"}
    assert findings(tmp_path, files, "CM") == []


def test_the_name_of_a_project_command_is_never_used(tmp_path: Path) -> None:
    files = command("Do it.", name='"a\\u200bb"')
    assert findings(tmp_path / "a", files, "CM", PLUGIN) == ["3:7 CM013 warning"]
    assert findings(tmp_path / "b", files, "CM", PROJECT) == []


def test_a_skill_hides_subfolders_in_a_plugin_alone(tmp_path: Path) -> None:
    files = {
        "commands/x/SKILL.md": "---\ndescription: How\n---\nHow.\n",
        "commands/x/y/do.md": "---\ndescription: Do it\n---\nDo it.\n",
    }
    assert findings(tmp_path / "a", files, "CM011", PLUGIN) == ["1:1 CM011 error"]
    assert findings(tmp_path / "b", files, "CM011", PROJECT) == []


@pytest.mark.parametrize(("version", "count"), [("2.1.197", 2), ("2.1.328", 27)])
def test_a_list_is_overfull_with_one_description_more(version: str, count: int, tmp_path: Path) -> None:
    text = f"---\ndescription: {'x' * 900}\n---\nDo it.\n"
    for number in (count - 1, count):
        root = write(tmp_path / str(number), {f"commands/c{n:02}.md": text for n in range(number)}, PLUGIN)
        packs = [Pack(found, client(version), root) for found in discover([root], PLUGIN)]
        problems = lint.check(packs, Settings(select=("DS005",)))
        assert [each.path for each in problems] == [f"commands/c{count - 1:02}.md"] * (number - count + 1)


@pytest.mark.parametrize(
    ("version", "layout", "codes", "is_typed"),
    [
        ("2.1.197", PROJECT, ["CM010", "CM013"], False),
        ("2.1.197", PLUGIN, ["CM013"], True),
        ("2.1.328", PROJECT, ["CM013"], False),
        ("2.1.328", PLUGIN, ["CM013"], True),
    ],
)
def test_a_command_without_a_name(
    version: str, layout: Layout, codes: list[str], is_typed: bool, tmp_path: Path
) -> None:
    root = write(tmp_path, {"commands/.md": "---\ndescription: Ship a branch\n---\nDo it.\n"}, layout)
    [pack] = [Pack(found, client(version), root) for found in discover([root], layout)]
    assert [each.code for each in lint.check([pack], Settings(select=("CM",)))] == codes
    command = pack.commands[0].command(pack.client)
    assert (command.loaded, command.typed_as is not None) == (is_typed and version == "2.1.197", is_typed)


def test_what_stands_in_one_block_or_paragraph_is_one_finding(tmp_path: Path) -> None:
    block = '```bash\nlog() {\n  echo "$1: $2"\n\n  fail "$1"\n}\n```'
    body = f"Check $ARGUMENTS.\n{block}\n{block}\n\n- $50 a month\n- $9 a month\n\nAbove $60 ask."
    found = problems(tmp_path, command(body, argument_hint="<x>"), "CM003")
    assert [(each.place.line, each.message.partition("argument")[2].partition(";")[0]) for each in found] == [
        (8, ", like 2 more in this block"),
        (15, ", like 2 more in this block"),
        (21, ", like 1 more in this paragraph"),
        (24, ""),
    ]
    main(["fix", str(tmp_path)])
    assert problems(tmp_path, {}, "CM003") == []


def test_a_readme_among_commands_is_called_one(tmp_path: Path) -> None:
    [found] = problems(tmp_path, {"commands/do/README.md": "# Notes\n\nOf commands.\n"}, "CM007")
    assert found.message == "a README in commands/ becomes a command"


def test_a_field_of_a_program_is_no_argument_that_a_skill_takes(tmp_path: Path) -> None:
    body = "Run `awk '{ n=$0; print n }' list`. The hook has the version as `$1`."
    files = {"skills/guard/SKILL.md": f"---\ndescription: Guards modules. Use before a boot.\n---\n{body}\n"}
    assert findings(tmp_path, files, "CM002") == []


def test_a_price_in_a_skills_block_is_called_one(tmp_path: Path) -> None:
    body = "```\nDinner: $40-50 a head\n```"
    files = {"skills/trip/SKILL.md": f"---\ndescription: Plans trips. Use before a journey.\n---\n{body}\n"}
    [found] = discover([write(tmp_path, files)], PLUGIN)
    [problem] = lint.check([Pack(found, client(), tmp_path)], Settings(select=("CM003",)))
    assert "is a price" in problem.message
