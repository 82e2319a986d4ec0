"""packlint against the labels that the real client gave to the files of tests/conformance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from packlint.client import client, clients
from packlint.discovery.layout import Layout
from tests.client.staging import samples_of
from tests.client.verdict import differences, predict

_FOLDER = Path(__file__).parent / "conformance"


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("name", ["commands.jsonl", "skills.jsonl"])
def test_inspect_and_expand_say_of_every_labelled_command_and_skill_what_the_client_did(
    name: str, layout: Layout
) -> None:
    rows = _rows(name)
    said = predict(samples_of(rows), layout, clients())
    wrong = {
        f"{row['id']} on {version}": found
        for row in rows
        for version, labels in row["client"].items()
        if (found := differences(labels[layout.value], said[version].get(row["id"], {}), client(version)))
    }
    assert wrong == {}
    assert len(rows) >= 80
    assert sum(label[layout.value]["invoked"] for row in rows for label in row["client"].values()) > len(rows)


@pytest.mark.parametrize("layout", list(Layout))
def test_inspect_says_of_every_labelled_agent_what_the_client_did(layout: Layout) -> None:
    rows = _rows("agents.jsonl")
    said = predict(samples_of(rows), layout, clients())
    compared = 0
    wrong: dict[str, Any] = {}
    for row in rows:
        for version, labels in row["client"].items():
            if layout.value in labels:
                compared += 1
                verdict = said[version].get(row["id"], {})
                if found := differences(labels[layout.value], verdict, client(version)):
                    wrong[f"{row['id']} on {version}"] = found
    assert wrong == {}
    assert compared >= 2 * 800


@pytest.mark.parametrize("layout", list(Layout))
def test_inspect_and_expand_say_what_the_client_takes_away_for_hooks_that_may_guard_it(layout: Layout) -> None:
    rows = _rows("guards.jsonl")
    said = predict(samples_of(rows), layout, clients())
    wrong = {
        f"{row['id']} on {version}": found
        for row in rows
        for version, labels in row["client"].items()
        if (found := differences(labels[layout.value], said[version].get(row["id"], {}), client(version)))
    }
    assert wrong == {}
    taken = [row for row in rows if _has_lost(row["client"]["2.1.328"]["project"])]
    assert len(taken) >= 200
    assert not any(_has_lost(labels) for row in rows for labels in row["client"]["2.1.197"].values())


def _has_lost(label: dict[str, Any]) -> bool:
    return not label["invoked" if "invoked" in label else "loaded"]
