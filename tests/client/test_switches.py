"""What turns a switch of a frontmatter on: packlint says it of each spelling as the client does."""

from __future__ import annotations

from pathlib import Path

import pytest

from packlint.client import client as facts_of
from packlint.discovery.layout import Layout
from tests.client.label import label
from tests.client.staging import Sample
from tests.client.verdict import predict

_SPELLINGS = (
    "true", "True", "TRUE", "yes", "Yes", "on", "ON", "1", "1.0", "0x1", '"true"', '"True"', "'yes'", '" on "', '"1"',
    "y", "t", "false", "False", "no", "off", "0", '"false"', '""', "", "~", "2", "-1", "maybe", "[true]", "{a: true}",
    "!!str true", "!!bool yes", "true # so", "2024-01-01",
)  # fmt: skip
_FIELDS = ("listed", "shown_to_model", "tools")


@pytest.mark.parametrize(
    ("kind", "layout", "text"),
    [
        pytest.param("commands", Layout.PLUGIN, "description: d\ndisable-model-invocation: {}", id="for people alone"),
        pytest.param("commands", Layout.PROJECT, "description: d\nuser-invocable: {}", id="for the model alone"),
        pytest.param(
            "agents",
            Layout.PLUGIN,
            "name: {name}\ndescription: d\ntools: Read, Bash, Monitor, CronCreate\nbackground: {}",
            id="in the background",
        ),
    ],
)
def test_a_switch_is_on_by_the_same_spellings(kind: str, layout: Layout, text: str, binary: Path, version: str) -> None:
    samples = []
    for number, spelling in enumerate(_SPELLINGS):
        name = f"s{number:02d}"
        content = f"---\n{text.format(spelling, name=name)}\n---\nBody of {name}.\n"
        samples.append(Sample(name, f"{kind}/{name}.md", content.encode()))
    found, said = label(binary, samples, layout), predict(samples, layout, [facts_of(version)])[version]
    told, measured = (
        {_SPELLINGS[int(name[1:])]: [each.get(field) for field in _FIELDS] for name, each in labels.items()}
        for labels in (said, found)
    )
    assert told == measured
    assert len({str(each) for each in measured.values()}) == 2
