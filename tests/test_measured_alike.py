"""A version that was seen to do as another one does is judged as that one is, under its own name."""

from __future__ import annotations

from pathlib import Path

import pytest

from packlint import lint
from packlint.client import client, known_versions, versions
from packlint.config import Settings
from packlint.inspection import describe
from packlint.problem import Severity
from tests.client.versions import ALIKE, VERSIONS
from tests.planted.checking import read
from tests.planted.defects import DEFECTS
from tests.planted.plain import PLUGIN, PROJECT, Content, Sample, agent, manifest, skill


def test_what_can_be_asked_for_is_what_the_tests_drive() -> None:
    assert versions() == [*VERSIONS]
    assert known_versions() == [*VERSIONS, *ALIKE]


@pytest.mark.parametrize("version", ALIKE)
def test_it_is_judged_as_the_measured_one(version: str, tmp_path: Path) -> None:
    measured = client(version).measured
    assert measured in VERSIONS
    named = 0
    for number, defect in enumerate(DEFECTS):
        root = defect.write(tmp_path / str(number), defect.layouts[0])
        told, expected = ([str(each) for each in _told(root, asked)] for asked in (version, measured))
        named += sum(version in each for each in told)
        assert [each.replace(version, measured) for each in told] == expected, defect.id
    assert named > 20


def _told(root: Path, version: str) -> list[object]:
    packs = read(root, version)
    described = describe(packs, client(version))["packs"]
    return [*described, *lint.check(packs, Settings())]


_GROUPS = '[{{"hooks": [{{"type": "command"{command}}}]}}]'
_SOUND, _BROKEN, _HOLDING, _HELD = (
    _GROUPS.format(command=f"{command}{more}")
    for command, more in [
        (', "command": "true"', ""),
        ("", ""),
        (', "command": "true"', ', "holdsTools": true'),
        (', "command": "true"', ', "holdsTools": "yes"'),
    ]
)
_ASKING = '[{{"hooks": [{{"type": "{type}", "prompt": "Is it safe?"}}]{matcher}}}]'
_PROMPT, _AGENT = (_ASKING.format(type=each, matcher="") for each in ("prompt", "agent"))
_ELSEWHERE = _ASKING.format(type="prompt", matcher=', "matcher": "Write"')


def _hooks(event: str, groups: str) -> dict[str, Content]:
    return {"hooks/hooks.json": f'{{"hooks": {{"{event}": {groups}}}}}'}


def _market(entry: str, folder: str = "till") -> dict[str, Content]:
    return {
        ".claude-plugin/marketplace.json": '{"name": "tools", "owner": {"name": "Ana"}, "plugins": '
        f'[{{"name": "shop", "source": "."}}, {{"name": "till", {entry}}}]}}\n',
        f"{folder}/commands/go.md": "---\ndescription: Open the till\n---\nOpen the till.\n",
    }


@pytest.mark.parametrize(
    ("files", "version", "codes"),
    [
        (_hooks("PreSkillShellCommand", _SOUND), "2.1.328", ["PL009"]),
        (_hooks("PreSkillShellCommand", _SOUND), "2.1.332", ["PL009"]),
        (_hooks("PreSkillShellCommand", _BROKEN), "2.1.328", ["PL009"]),
        (_hooks("PreSkillShellCommand", _BROKEN), "2.1.332", ["PL008", "PL009"]),
        (_hooks("PreSkillShellCommand", _HELD), "2.1.332", ["PL008", "PL009"]),
        (_hooks("PreSkillShellCommand", _PROMPT), "2.1.328", ["PL009"]),
        (_hooks("PreSkillShellCommand", _PROMPT), "2.1.332", ["PL008", "PL009"]),
        (_hooks("PreSkillShellCommand", _AGENT), "2.1.332", ["PL008", "PL009"]),
        (_hooks("PreSkillShellCommand", _ELSEWHERE), "2.1.332", ["PL009"]),
        (_hooks("PreToolUse", _HELD), "2.1.328", []),
        (_hooks("PreToolUse", _HELD), "2.1.332", ["PL008"]),
        (_hooks("PreToolUse", _HOLDING), "2.1.332", []),
        (_hooks("PreToolUse", _PROMPT), "2.1.332", []),
        (_hooks("PostToolUse", _HELD), "2.1.328", []),
        (_hooks("PostToolUse", _HELD), "2.1.332", ["PL008"]),
        (manifest(f'{{"name": "shop", "hooks": {{"PreToolUse": {_HELD}}}}}'), "2.1.328", []),
        (manifest(f'{{"name": "shop", "hooks": {{"PreToolUse": {_HELD}}}}}'), "2.1.332", ["PL008"]),
        (manifest('{"name": "shop", "optionalDependencies": ["tools"]}'), "2.1.328", ["PL006"]),
        (manifest('{"name": "shop", "optionalDependencies": ["tools"]}'), "2.1.332", []),
        (manifest('{"name": "shop", "optionalDependencies": "tools"}'), "2.1.328", ["PL006"]),
        (manifest('{"name": "shop", "optionalDependencies": "tools"}'), "2.1.332", ["PL002"]),
        (manifest('{"name": "shop", "optionalDependency": ["tools"]}'), "2.1.332", ["PL006"]),
        (skill(f"hooks: {{PreSkillShellCommand: {_SOUND}}}"), "2.1.328", ["FM019"]),
        (skill(f"hooks: {{PreSkillShellCommand: {_SOUND}}}"), "2.1.332", []),
        (skill(f"hooks: {{PreSkillShellCommand: {_BROKEN}}}"), "2.1.332", ["FM019"]),
        (skill(f"hooks: {{PreSkillShellCommand: {_PROMPT}}}"), "2.1.328", ["FM019"]),
        (skill(f"hooks: {{PreSkillShellCommand: {_PROMPT}}}"), "2.1.332", ["FM019"]),
        (skill(f"hooks: {{PreSkillShellCommand: {_AGENT}}}"), "2.1.332", ["FM019"]),
        (skill(f"hooks: {{PreSkillShellCommand: {_ELSEWHERE}}}"), "2.1.332", []),
        (skill(f"hooks: {{PreToolUse: {_PROMPT}}}"), "2.1.332", []),
        (skill(f"hooks: {{PreToolUse: {_HELD}}}"), "2.1.328", []),
        (skill(f"hooks: {{PreToolUse: {_HELD}}}"), "2.1.332", ["FM019"]),
        (_market('"source": "./till", "optionalDependencies": "tools"'), "2.1.332", []),
        (_market('"source": "./till", "optionalDependencies": ["tools"]'), "2.1.332", []),
        (_market('"source": "./.git/till"', ".git/till"), "2.1.328", []),
        (_market('"source": "./.git/till"', ".git/till"), "2.1.332", ["PL007"]),
        (_market('"source": "./a/.GIT "', "a/.GIT "), "2.1.332", ["PL007"]),
        (_market('"source": "./.github/till"', ".github/till"), "2.1.332", []),
    ],
)
def test_what_only_the_newer_version_knows(
    files: dict[str, Content], version: str, codes: list[str], tmp_path: Path
) -> None:
    root = Sample("newer", files).write(tmp_path, PLUGIN)
    found = lint.check(read(root, version), Settings())
    assert sorted({each.code for each in found if each.severity is not Severity.INFO}) == codes
    assert not any("2.1.328" in f"{each.message} {each.consequence}" for each in found if version == "2.1.332")
    assert not any("did you mean 'dependencies'" in each.message for each in found)


@pytest.mark.parametrize(
    ("text", "version", "codes"),
    [
        (f'{{"hooks": {{"PreSkillShellCommand": {_BROKEN}}}}}', "2.1.328", ["PL009"]),
        (f'{{"hooks": {{"PreSkillShellCommand": {_BROKEN}}}}}', "2.1.332", ["PL008", "PL009"]),
        (f'{{"hooks": {{"PreSkillShellCommand": {_PROMPT}}}}}', "2.1.332", ["PL008", "PL009"]),
        (f'{{"hooks": {{"PreToolUse": {_HELD}}}}}', "2.1.328", []),
        (f'{{"hooks": {{"PreToolUse": {_HELD}}}}}', "2.1.332", ["PL008"]),
    ],
)
def test_what_only_the_newer_version_knows_in_settings(
    text: str, version: str, codes: list[str], tmp_path: Path
) -> None:
    root = Sample("newer", {"settings.json": text}).write(tmp_path, PROJECT)
    assert sorted({each.code for each in lint.check(read(root, version), Settings())}) == codes


@pytest.mark.parametrize(
    ("files", "version", "loads"),
    [
        (_hooks("PreSkillShellCommand", _BROKEN), "2.1.328", True),
        (_hooks("PreSkillShellCommand", _BROKEN), "2.1.332", False),
        (_hooks("PreSkillShellCommand", _PROMPT), "2.1.332", True),
        (_hooks("PreToolUse", _HELD), "2.1.328", True),
        (_hooks("PreToolUse", _HELD), "2.1.332", False),
        (_hooks("PreToolUse", _HOLDING), "2.1.332", True),
        (_hooks("PostToolUse", _HELD), "2.1.332", True),
    ],
)
def test_what_only_the_newer_version_does_not_load(
    files: dict[str, Content], version: str, loads: bool, tmp_path: Path
) -> None:
    root = Sample("newer", files).write(tmp_path, PLUGIN)
    assert describe(read(root, version), client(version))["packs"][0]["commands"][0]["loaded"] is loads


@pytest.mark.parametrize(("version", "loads"), [("2.1.328", True), ("2.1.332", False)])
def test_what_only_the_newer_version_does_not_install(version: str, loads: bool, tmp_path: Path) -> None:
    root = Sample("newer", _market('"source": "./.git/till"', ".git/till")).write(tmp_path, PLUGIN)
    described = describe(read(root, version), client(version))["packs"]
    [[command]] = [pack["commands"] for pack in described if pack["name"] == "till"]
    assert command["loaded"] is loads


@pytest.mark.parametrize(
    ("version", "groups", "count"), [("2.1.328", _PROMPT, 0), ("2.1.332", _PROMPT, 1), ("2.1.332", _SOUND, 0)]
)
def test_hooks_that_do_not_run_on_the_newer_event_are_found_wherever_they_stand(
    version: str, groups: str, count: int, tmp_path: Path
) -> None:
    market = _market(f'"source": "./till", "hooks": {{"PreSkillShellCommand": {groups}}}')
    guarded = agent(f"hooks: {{PreSkillShellCommand: {groups}}}")
    for code, files, layout in (("PL007", market, PLUGIN), ("FM019", guarded, PROJECT)):
        root = Sample("newer", files).write(tmp_path / code, layout)
        found = lint.check(read(root, version), Settings(select=(code,)))
        assert sum("run" in each.message for each in found) == count
