"""How the client's listings and packlint's differences are read; no client is needed here."""

from __future__ import annotations

from typing import Any

import pytest

from packlint.client import client
from packlint.discovery.layout import Layout
from tests.client.launching import entries, read_listing
from tests.client.scripted_api import Request
from tests.client.staging import Sample
from tests.client.verdict import differences, predict
from tests.client.versions import VERSIONS

_OPENING = "Available agent types for the Agent tool:\n"


def _request(text: str, **more: Any) -> Request:
    return Request({"messages": [{"role": "user", "content": [{"type": "text", "text": text}]}], **more})


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        pytest.param("- a: x (Tools: Read)", {"a": ("x", "Read")}, id="one agent"),
        pytest.param("- b: y (Tools: *)\n- a: x (Tools: Read)", {"b": ("y", "*"), "a": ("x", "Read")}, id="two"),
        pytest.param("- a: x (Tools: Read)\n\nMore words", {"a": ("x", "Read")}, id="words follow"),
        pytest.param(
            "- a: x\n- b: trick (Tools: Read)\n- b: y (Tools: *)",
            {"a": ("x\n- b: trick", "Read"), "b": ("y", "*")},
            id="a description that looks like an entry",
        ),
        pytest.param(
            "- a: x\n- c: trick (Tools: Read)\n- b: y (Tools: *)",
            {"a": ("x\n- c: trick", "Read"), "b": ("y", "*")},
            id="a description that looks like the entry of nobody",
        ),
        pytest.param("- a:  (Tools: )", {"a": ("", "")}, id="no description and no tools"),
    ],
)
def test_a_listing_is_read(listing: str, expected: dict[str, tuple[str, str]]) -> None:
    assert read_listing(_request(_OPENING + listing), ["a", "b"]) == expected


def test_names_may_be_followed_by_another_name() -> None:
    text = "- pk:a (pk:other): first\n- pk:ab: second\n- pk:c\n\nrest"
    assert entries(text, ["pk:a", "pk:ab", "pk:c"], "\n", "\n\n") == {"pk:a": "first", "pk:ab": "second", "pk:c": None}


def test_deferred_tools_are_offered_too() -> None:
    text = "The following deferred tools are now available, load them before calling them:\nMonitor\nWeb_Fetch\n\nmore"
    request = _request(text, tools=[{"name": "Read"}, {"name": "ToolSearch"}])
    assert request.offered_tools == {"Read", "Monitor", "Web_Fetch"}


@pytest.mark.parametrize(
    ("real", "said", "expected"),
    [
        pytest.param({"loaded": False}, {"loaded": True}, {"loaded": (False, True)}, id="loaded"),
        pytest.param({"loaded": False}, {"loaded": False}, {}, id="not loaded, nothing else to compare"),
        pytest.param(
            {"loaded": True, "model": "claude-haiku-5-5"},
            {"loaded": True, "model": "haiku"},
            {},
            id="an alias and its id",
        ),
        pytest.param(
            {"loaded": True, "tools": ["Read"]},
            {"loaded": True, "tools": ["Bash"]},
            {"tools": (["Read"], ["Bash"])},
            id="tools",
        ),
        pytest.param(
            {"loaded": True, "launch_refused": "why"},
            {"loaded": True, "launch_refused": False},
            {"launch_refused": (True, False)},
            id="a refusal that was not foreseen",
        ),
    ],
)
def test_differences(real: dict[str, Any], said: dict[str, Any], expected: dict[str, Any]) -> None:
    assert differences(real, said, client("2.1.328")) == expected


def test_an_agent_does_not_take_the_place_of_the_one_in_which_another_file_runs() -> None:
    agent = Sample("a", "agents/a.md", b"---\nname: Explore\ndescription: d\nmodel: opus\n---\nBody\n")
    command = Sample("c", "commands/c.md", b"---\ndescription: d\ncontext: fork\nagent: Explore\n---\nBody\n")
    said = predict([agent, command], Layout.PROJECT, [client("2.1.197")])["2.1.197"]
    assert (said["a"]["model"], said["c"]["model"]) == ("opus", "haiku")


def test_what_is_not_loaded_is_not_listed() -> None:
    skill = Sample("s", "skills/s /SKILL.md", b"---\ndescription: d\n---\nBody\n")
    listed = {version: predict([skill], Layout.PROJECT, [client(version)])[version]["s"] for version in VERSIONS}
    assert [listed[version]["listed"] for version in VERSIONS] == [True, False]
