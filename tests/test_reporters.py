from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from packlint.cli import main
from packlint.client import client
from packlint.problem import Place, Problem, Severity
from packlint.reporters import FORMATS, STATISTICS, Report, writer
from packlint.rules import RULES
from tests.conftest import WritePack

SCHEMA = json.loads((Path(__file__).parent / "data/sarif-2.1.0.json").read_text(encoding="utf-8"))
GOOD = "---\nname: reviewer\ndescription: Reviews Python changes. Use after an edit.\ntools: Read\n---\nYou review.\n"
WARNED = GOOD.replace("tools: Read\n", "tools: Read\nmax_turns: 3\n")
BROKEN = GOOD.replace("tools: Read\n", "tools: Read, bash\n")
NASTY = "a%b,c:d\r\ne\x1b[31m\u202e<&\"'>\x00\ufffe]]>é"


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    main(["check", *arguments])
    return capsys.readouterr().out


def problem(path: str = "agents/x.md", message: str = "m", severity: Severity = Severity.ERROR) -> Problem:
    return Problem(path, Place(3, 2, 4, 1), "TL002", "miscased-tool", severity, message, "c")


def report(*problems: Problem, strict: bool = False) -> Report:
    return Report(problems, [], client(), strict=strict)


@pytest.fixture
def in_pack(write_pack: WritePack, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack with an error, a warning, and names that need escaping; the current folder."""
    root = write_pack(
        {
            "agents/reviewer.md": BROKEN,
            "agents/a b,%é:#.md": WARNED.replace("reviewer", "second"),
            "agents/third.md": GOOD.replace("reviewer", "third"),
        }
    )
    monkeypatch.chdir(root)
    return root


def validated(text: str) -> Any:
    log = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(log)
    return log["runs"][0]


@pytest.mark.usefixtures("in_pack")
def test_sarif_is_valid_and_carries_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    run = validated(output(capsys, "--format", "sarif"))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    for rule in rules:
        assert "What it checks:" in rule["help"]["text"]
        assert "What it checks:" in rule["help"]["markdown"]
        assert re.fullmatch(rf"https://.+/docs/rules\.md#{rule['id'].lower()}-{rule['name']}", rule["helpUri"])
    assert {rule["defaultConfiguration"]["level"] for rule in rules} == {"error", "warning", "note"}
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


@pytest.mark.usefixtures("in_pack")
def test_the_vendored_schema_refuses_what_is_not_sarif(capsys: pytest.CaptureFixture[str]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    log = json.loads(output(capsys, "--format", "sarif"))
    del log["runs"][0]["results"][0]["message"]
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(log)


def test_sarif_places_findings_below_the_source_root(in_pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = validated(output(capsys, "--format", "sarif"))
    assert "%SRCROOT%" in run["originalUriBaseIds"]
    assert str(in_pack) not in json.dumps(run)
    found = {result["ruleId"]: result for result in run["results"]}
    location = found["TL002"]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "agents/reviewer.md", "uriBaseId": "%SRCROOT%"}
    assert location["region"] == {"startLine": 4, "startColumn": 14, "endLine": 4, "endColumn": 18}
    odd = found["FM013"]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert odd == "agents/a%20b%2C%25%C3%A9%3A%23.md"
    [change] = found["TL002"]["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [{"deletedRegion": location["region"], "insertedContent": {"text": "Bash"}}]


def test_sarif_offers_safe_fixes_only(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_pack({"agents/reviewer.md": GOOD.replace("Read\n", "Read, Raed\n")}))
    listed = json.loads(output(capsys, "--format", "json"))["problems"]
    assert [each["fix"]["safe"] for each in listed if each["code"] == "TL001"] == [False]
    [result] = [each for each in validated(output(capsys, "--format", "sarif"))["results"] if each["ruleId"] == "TL001"]
    assert "fixes" not in result


def test_fingerprints_survive_moves_and_tell_equals_apart(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "Read `patterns/gone.md`.\n\nRead `patterns/gone.md`.\n"
    root = write_pack({"agents/reviewer.md": GOOD + body, "patterns/x.md": "# X\n"})
    monkeypatch.chdir(root)

    def prints() -> list[str]:
        results = validated(output(capsys, "--format", "sarif", "--select", "RF001"))["results"]
        return [result["partialFingerprints"]["packlintContent/v1"] for result in results]

    before = prints()
    assert len(set(before)) == 2
    (root / "agents/reviewer.md").write_text(GOOD + "\nMore.\n\n" + body)
    assert prints() == before
    (root / "agents/reviewer.md").write_text(GOOD + body.replace("gone", "lost"))
    assert not set(prints()) & set(before)


@pytest.mark.parametrize("style", [*FORMATS, *(f"{name} statistics" for name in STATISTICS)])
def test_nothing_found_is_a_whole_report(
    style: str, write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_pack({"agents/reviewer.md": GOOD}))
    name, _, statistics = style.partition(" ")
    text = output(capsys, "--format", name, *(["--statistics"] if statistics else []))
    if name == "sarif":
        assert validated(text)["results"] == []
    elif name == "json":
        assert json.loads(text)["statistics" if statistics else "problems"] == []
    elif name == "junit":
        assert ElementTree.fromstring(text).get("tests") == "2"  # noqa: S314 - our own output
    else:
        assert text.startswith(
            "Read 1 agent, 0 commands, 0 skills and 0 documents in 1 pack as client 2.1.328: 0 errors"
        )
        assert len(text.splitlines()) == 1


@pytest.mark.usefixtures("in_pack")
@pytest.mark.parametrize("style", FORMATS)
def test_the_bytes_are_the_same_from_run_to_run(style: str) -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-m", "packlint", "check", "--format", style],
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout != b""
    assert [each.returncode for each in runs] == [1, 1]


@pytest.mark.usefixtures("in_pack")
@pytest.mark.parametrize("style", FORMATS)
def test_no_format_needs_a_utf8_terminal(style: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "packlint", "check", "--format", style]
    done = subprocess.run(command, capture_output=True, env=environment)
    assert (done.returncode, done.stderr) == (1, b"")
    if style == "junit":
        cases = ElementTree.fromstring(done.stdout).iter("testcase")  # noqa: S314 - our own output
        assert "agents/a b,%é:#.md" in {case.get("name") for case in cases}


@pytest.mark.usefixtures("in_pack")
@pytest.mark.parametrize(
    ("options", "code"),
    [
        pytest.param([], 1, id="errors fail"),
        pytest.param(["--ignore", "TL"], 0, id="warnings do not"),
        pytest.param(["--ignore", "TL", "--strict"], 1, id="strictly they do"),
        pytest.param(["--exit-zero"], 0, id="unless nothing shall"),
    ],
)
@pytest.mark.parametrize("style", FORMATS)
def test_exit_codes_do_not_depend_on_the_format(style: str, options: list[str], code: int) -> None:
    assert main(["check", "--format", style, *options]) == code


def read_command(line: str) -> tuple[str, dict[str, str], str]:
    """What the runner of GitHub Actions makes of a workflow command."""
    match = re.fullmatch(r"::(?P<level>\w+) (?P<properties>.*?)::(?P<data>.*)", line)
    assert match is not None, line
    properties = dict(pair.split("=", 1) for pair in match["properties"].split(","))
    data = re.sub("%0D", "\r", re.sub("%0A", "\n", match["data"])).replace("%25", "%")
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        properties = {key: value.replace(code, char) for key, value in properties.items()}
    return match["level"], properties, data


def test_github_commands_read_back_as_what_was_meant() -> None:
    path = "agents/a%b,c::d\r\ne=f.md"
    lines = list(writer(FORMATS["github"])(report(problem(path, "50% of a\nb::c, d"))))
    assert len(lines) == 2
    assert "\n" not in lines[0]
    assert "\r" not in lines[0]
    level, properties, data = read_command(lines[0])
    assert level == "error"
    assert properties == {"title": "TL002 miscased-tool", "file": path, "line": "3", "endLine": "4", "col": "2"}
    assert data == "50% of a\nb::c, d: c"


def test_github_commands_show_control_characters_instead_of_sending_them() -> None:
    line = next(iter(writer(FORMATS["github"])(report(problem(message=NASTY)))))
    assert line.split("::")[-1] == r"""a%25b,c:d%0Ae\x1b[31m\u202e<&"'>\x00\ufffe]]>é: c"""


@pytest.mark.parametrize(
    ("severity", "level"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")],
)
def test_github_has_a_level_for_every_severity(severity: Severity, level: str) -> None:
    assert next(iter(writer(FORMATS["github"])(report(problem(severity=severity))))).startswith(f"::{level} title=")


@pytest.mark.usefixtures("in_pack")
@pytest.mark.parametrize(
    ("value", "options", "annotated"),
    [
        pytest.param("true", [], True, id="under GitHub Actions"),
        pytest.param("true", ["--format", "text"], False, id="an explicit format wins"),
        pytest.param("true", ["--statistics"], False, id="statistics have no annotations"),
        pytest.param("false", [], False, id="anywhere else"),
    ],
)
def test_github_actions_selects_the_format(
    value: str,
    options: list[str],
    annotated: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", value)
    assert output(capsys, *options).startswith("::") is annotated


@pytest.mark.usefixtures("in_pack")
def test_junit_has_one_case_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys, "--format", "junit", "--ignore", "DS")
    root = ElementTree.fromstring(text)  # noqa: S314 - our own output
    assert {key: root.get(key) for key in ("tests", "failures", "errors")} == {
        "tests": "4",
        "failures": "1",
        "errors": "0",
    }
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert list(cases) == sorted(cases, key=str)
    assert [[child.tag for child in case] for case in cases.values()] == [[], ["system-out"], ["failure"], []]
    failure = cases["agents/reviewer.md"].find("failure")
    assert failure is not None
    assert failure.get("type") == "TL002"
    assert (failure.text or "").startswith("agents/reviewer.md:4:14: TL002 'bash' is spelled 'Bash'")
    strict = ElementTree.fromstring(output(capsys, "--format", "junit", "--strict", "--ignore", "DS"))  # noqa: S314 - our own output
    assert strict.get("failures") == "2"


def test_junit_survives_every_character() -> None:
    path = "agents/\udcff\x08<é>.md"
    text = "\n".join(writer(FORMATS["junit"])(report(problem(path, NASTY), problem(path, "second"))))
    assert text.isascii()
    case = ElementTree.fromstring(text).find("testsuite/testcase")  # noqa: S314 - our own output
    assert case is not None
    assert case.get("name") == "agents/<é>.md"
    [failure] = case
    expected = "a%b,c:d\r\ne[31m\u202e<&\"'>]]>é: c"
    assert failure.get("message") == f"{expected} (and 1 more finding)"
    assert expected in (failure.text or "")


def test_statistics_count_by_rule(in_pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (in_pack / "agents/fourth.md").write_text(BROKEN.replace("reviewer", "fourth"))
    lines = output(capsys, "--statistics", "--ignore", "NM,DS").splitlines()
    assert lines[:-1] == ["2  TL002  miscased-tool (2 fixable)", "1  FM013  unknown-key (1 fixable)"]
    assert lines[-1].endswith("2 errors, 1 warning, 0 info.")
    rows = json.loads(output(capsys, "--statistics", "--format", "json", "--ignore", "NM,DS"))["statistics"]
    assert rows[0] == {
        "code": "TL002", "name": "miscased-tool", "count": 2, "errors": 2, "warnings": 0, "infos": 0, "fixable": 2,
    }  # fmt: skip


@pytest.mark.usefixtures("in_pack")
@pytest.mark.parametrize("style", sorted(FORMATS.keys() - STATISTICS.keys()))
def test_statistics_have_no_other_formats(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--statistics", "--format", style]) == 2
    assert capsys.readouterr().err == f"packlint: --statistics is written as text or json, not as {style}\n"


@pytest.mark.usefixtures("in_pack")
@pytest.mark.parametrize(
    ("options", "environment", "colored"),
    [
        pytest.param([], {}, False, id="a pipe has none"),
        pytest.param([], {"FORCE_COLOR": "1"}, True, id="FORCE_COLOR beats the pipe"),
        pytest.param([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, id="NO_COLOR beats FORCE_COLOR"),
        pytest.param([], {"FORCE_COLOR": "1", "NO_COLOR": ""}, True, id="an empty NO_COLOR says nothing"),
        pytest.param(["--color", "always"], {"NO_COLOR": "1"}, True, id="the option beats NO_COLOR"),
        pytest.param(["--color", "never"], {"FORCE_COLOR": "1"}, False, id="and FORCE_COLOR"),
        pytest.param(["--color", "always", "--format", "github"], {}, False, id="only text has any"),
    ],
)
def test_who_decides_on_colours(
    options: list[str],
    environment: dict[str, str],
    colored: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in output(capsys, *options)) is colored


def test_the_documented_json_is_what_is_written(
    write_pack: WritePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(__file__).parent.parent / "docs/formats.md").read_text(encoding="utf-8")
    checked, inspected = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL)[:2]]
    monkeypatch.chdir(write_pack({"agents/reviewer.md": GOOD.replace("Read\n", "read\n")}))
    assert json.loads(output(capsys, "--format", "json", "--select", "TL002")) == checked
    files = {
        "agents/reviewer.md": GOOD.replace("Read\n", "Read, Grpe\n").replace(
            "You review.", "Read `patterns/routers.md`."
        ),
        "commands/go.md": "---\ndescription: Go\n---\n$ARGUMENTS\n",
        "skills/git/SKILL.md": "---\ndescription: Our git rules. Use for commits.\n---\nCommit small changes.\n",
        "patterns/routers.md": "# Routers\n",
    }
    monkeypatch.chdir(write_pack(files, name="other"))
    assert main(["inspect", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == inspected
