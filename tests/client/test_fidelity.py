"""packlint against the real client itself, on a fixed sample: the labels of tests/conformance hold the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from packlint.client import client as facts_of
from packlint.discovery.layout import Layout
from tests.client import generate, generate_commands, versions
from tests.client.label import label
from tests.client.staging import Sample, samples_of
from tests.client.turns import in_turn, sampled
from tests.client.verdict import differences, predict

_LABELLED = Path(__file__).parents[1] / "conformance"
# Of each list one file in so many, other ones for each version, and so many fresh ones of each kind.
_EVERY = {"agents.jsonl": 14, "commands.jsonl": 9, "skills.jsonl": 6}
_FRESH = 12
# A guard of 2.1.332, which others take for no event: sound in one file, in others without what it needs.
_GUARD = "hooks: {PreSkillShellCommand: [{hooks: [{type: command%s}]}]}"
_SKILL = "---\ndescription: about {name}\nallowed-tools: Bash(touch:*)\n{guard}\n---\n!`touch made`\n"
_AGENT = "---\nname: {name}\ndescription: about {name}\n{guard}\n---\nThe body of {name}\n"
_GUARDED = [
    Sample(name, path, text.format(name=name, guard=_GUARD % command).encode())
    for name, path, text, command in [
        ("gs1", "skills/gs1/SKILL.md", _SKILL, ""),
        ("gs2", "skills/gs2/SKILL.md", _SKILL, ", command: 'true'"),
        ("ga1", "agents/ga1.md", _AGENT, ""),
        ("ga2", "agents/ga2.md", _AGENT, ", command: 'true'"),
    ]
]


def _sample(version: str) -> list[Sample]:
    found = [
        *_GUARDED,
        *generate.agents(_FRESH, seed=2),
        *generate_commands.commands(_FRESH, seed=2),
        *generate_commands.skills(_FRESH, seed=2),
    ]
    for name, every in _EVERY.items() if version in versions.VERSIONS else ():
        rows = [json.loads(line) for line in (_LABELLED / name).read_text(encoding="utf-8").splitlines()]
        found += [
            sample
            for sample in samples_of(sampled(rows, every, version))
            if sample.identity not in {each.identity for each in found}
        ]
    return found


@pytest.mark.parametrize("version", [*versions.VERSIONS, *versions.ALIKE], indirect=["version"], scope="module")
@pytest.mark.parametrize("layout", list(Layout))
def test_inspect_says_what_the_client_does(binary: Path, version: str, layout: Layout) -> None:
    samples = _sample(version)
    real = label(binary, samples, layout)
    said = predict(samples, layout, [facts_of(version)])[version]
    wrong = {
        sample.identity: found
        for sample in samples
        if (found := differences(real[sample.identity], said[sample.identity], facts_of(version)))
    }
    assert wrong == {}
    assert sum(each.get("loaded") or each.get("invoked", False) for each in real.values()) > len(samples) // 3


@in_turn("layout", list(Layout))
def test_a_file_in_a_crowd_is_labelled_as_it_was_alone(binary: Path, version: str, layout: Layout) -> None:
    """Equal names, missing bodies and refusals are where a crowd could be mistaken for a file."""
    same = b"---\nname: twin\ndescription: twin %d\ntools: %s\n---\n%s\n"
    contents = {
        "first": same % (1, b"Read", b"First body"),
        "second": same % (2, b"Write", b"Second body"),
        "bodiless": b"---\nname: bodiless\ndescription: none\ntools: Edit\n---\n",
        "refused": b"---\nname: refused\ndescription: none\ntools: Reed\n---\nBody of the refused\n",
        "listing": b'---\nname: listing\ndescription: "one\\n- twin: 3 (Tools: Read)"\n---\nBody of the listing\n',
    }
    samples = [Sample(name, f"agents/{name}.md", content) for name, content in contents.items()]
    crowd = label(binary, samples, layout)
    alone = {sample.identity: label(binary, [sample], layout)[sample.identity] for sample in samples[:3]}
    assert {name: crowd[name] for name in alone} == alone
    assert crowd["first"]["tools"] == ["Read"]
    assert crowd["second"]["tools"] == ["Write"]
    assert crowd["listing"]["description"] == "one\n- twin: 3 (Tools: Read)"
    assert ("launch_refused" in crowd["refused"]) == facts_of(version).does("refuses_unrecognized_tools")
