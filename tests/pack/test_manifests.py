"""Manifests, icon and links: what the client needs before it reads a single agent."""

from __future__ import annotations

import json
import re
import struct
from typing import Any

import pytest

from .documents import ROOT, text_of


def manifest(name: str) -> dict[str, Any]:
    loaded = json.loads(text_of(f".claude-plugin/{name}"))
    assert isinstance(loaded, dict)
    return loaded


def test_plugin_manifest() -> None:
    plugin = manifest("plugin.json")
    assert plugin["name"] == "fastapi-pack"
    assert re.fullmatch(r"\d+\.\d+\.\d+", plugin["version"])
    assert plugin["license"] == "MIT"
    assert plugin["author"]["name"]
    assert plugin["description"]
    assert all(isinstance(keyword, str) for keyword in plugin["keywords"])


def test_no_key_replaces_the_default_folders() -> None:
    assert not {"agents", "commands", "skills"} & set(manifest("plugin.json"))


@pytest.mark.parametrize("key", ["homepage", "repository"])
def test_links_are_https(key: str) -> None:
    assert manifest("plugin.json")[key].startswith("https://")


def test_marketplace_offers_this_repository() -> None:
    marketplace = manifest("marketplace.json")
    assert marketplace["owner"]["name"]
    assert marketplace["metadata"]["description"]
    [entry] = marketplace["plugins"]
    assert (entry["name"], entry["source"]) == (manifest("plugin.json")["name"], "./")
    assert "version" not in entry, "two versions can disagree"


def test_icon_is_a_small_square_png() -> None:
    icon = (ROOT / ".claude-plugin/icon.png").read_bytes()
    assert icon[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", icon[16:24]) == (512, 512)
    assert len(icon) < 20_000


@pytest.mark.parametrize("folder", ["agents", "commands", "skills"])
def test_the_repository_itself_is_wired_by_links(folder: str) -> None:
    link = ROOT / ".claude" / folder
    assert link.is_symlink()
    assert link.readlink().as_posix() == f"../{folder}"
    assert link.resolve() == (ROOT / folder).resolve()


def test_repository_guidance_is_not_at_the_root() -> None:
    assert (ROOT / ".claude/CLAUDE.md").is_file()
    assert not (ROOT / "CLAUDE.md").exists()
