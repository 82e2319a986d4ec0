"""The model that `model` asks for; every text was sent by 2.1.197 and 2.1.328, in agents and in commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from packlint.client import Client, clients
from packlint.discover import discover
from packlint.discovery.layout import Layout
from packlint.loading import models
from packlint.pack import Pack
from packlint.rules import unknown_model


@pytest.mark.parametrize("client", clients(), ids=lambda each: each.version)
@pytest.mark.parametrize(
    ("text", "model", "sent"),
    [
        pytest.param(" Haiku[1M] ", "haiku", None, id="an alias with a window"),
        pytest.param("haiku [1m]", "haiku", None, id="with a space before it"),
        pytest.param("\ufeffhaiku", "haiku", None, id="a character that JavaScript trims"),
        pytest.param("haiku\x1f", "haiku\x1f", "haiku\x1f", id="one that only Python trims"),
        pytest.param("claude-opus-4-1[1m]", "opus", None, id="an old id with a window"),
        pytest.param("claude-opus-4-1[2m]", "claude-opus-4-1", "claude-opus-4-1", id="with another window"),
        pytest.param("haiku[2m]", "haiku[2m]", "haiku", id="an alias with another window"),
        pytest.param("haiku [2m]", "haiku ", "haiku ", id="with a space before that"),
        pytest.param("best[1m][1m]", "best[1m][1m]", "best", id="two windows"),
        pytest.param("[1m]opus", "[1m]opus", "opus", id="a window before the alias"),
        pytest.param("so[1m]nnet", "so[1m]nnet", "sonnet", id="a window inside it"),
        pytest.param("inherit[1m]", "inherit[1m]", "inherit", id="nothing to give a window to"),
        pytest.param("gpt-4[3m]", "gpt-4[3m]", "gpt-4[3m]", id="no window"),
        pytest.param("[1m]", "", "", id="a window alone"),
        pytest.param(" ", "inherit", None, id="nothing"),
    ],
)
def test_a_window_is_taken_once_behind_an_alias_and_left_out_elsewhere(
    text: str, model: str, sent: str | None, client: Client
) -> None:
    assert models.resolve(text, client) == model
    assert models.known(text, client) == (model if sent is None else None)
    assert sent is None or models.sent(text, client) == sent


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("haiku[2m]", "did you mean 'haiku'?: the client sends 'haiku' to the API as it stands"),
        ("[1m]", "is no model the client knows: the client sends '' to the API as it stands"),
    ],
)
def test_a_text_that_is_sent_as_an_alias_or_as_nothing_is_reported(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / ".claude/agents/reviewer.md"
    file.parent.mkdir(parents=True)
    file.write_text(f"---\nname: reviewer\ndescription: Reviews. Use after edits.\nmodel: '{text}'\n---\nBody\n")
    pack = Pack(discover([tmp_path], Layout.PROJECT)[0], clients()[-1], tmp_path)
    (found,) = unknown_model.check(pack.agents[0], pack)
    assert message in f"{found.message}: {found.consequence}"
