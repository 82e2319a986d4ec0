"""Clean text in everything the pack ships: one encoding, no mojibake, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

import pytest

from .documents import ROOT

SHIPPED = [
    *sorted(
        path.relative_to(ROOT).as_posix()
        for folder in ("agents", "commands", "patterns", "styles", ".claude-plugin")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".md", ".json"}
    ),
    ".claude/CLAUDE.md",
    "docs/seeds.md",
]


def faults(data: bytes) -> list[str]:
    """Everything about the bytes that a reader would not see as it was meant."""
    if data.startswith(b"\xef\xbb\xbf"):
        return ["byte order mark"]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ["not UTF-8"]
    found = []
    if "\r" in text:
        found.append("carriage return")
    if unicodedata.normalize("NFC", text) != text:
        found.append("not NFC")
    if any(unicodedata.category(char) in {"Cf", "Co", "Cn"} or char == "\ufffd" for char in text):
        found.append("invisible, private or replacement character")
    for run in re.findall(r"[^\x00-\x7f]{2,}", text):
        for codec in ("cp1252", "mac_roman"):
            try:
                run.encode(codec).decode("utf-8")
            except UnicodeError:
                continue
            found.append(f"mojibake {run!r}")
    return found


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("≥90".encode().decode("cp1252").encode(), id="greater-or-equal read as cp1252"),
        pytest.param("⚡ Act".encode().decode("mac_roman").encode(), id="lightning read as Mac Roman"),
        pytest.param("a\u200bb".encode(), id="zero-width space"),
        pytest.param("e\u0301".encode(), id="decomposed accent"),
        pytest.param(b"\xe9", id="Latin-1 byte"),
        pytest.param(b"\xef\xbb\xbfa", id="byte order mark"),
        pytest.param(b"a\r\n", id="carriage return"),
        pytest.param("\ufffd".encode(), id="replacement character"),
    ],
)
def test_a_fault_is_found(data: bytes) -> None:
    assert faults(data)


def test_clean_text_is_left_alone() -> None:
    assert faults("naïve café: 90 % “quoted” 日本\n".encode()) == []


@pytest.mark.parametrize("path", SHIPPED)
def test_text_is_clean(path: str) -> None:
    assert faults((ROOT / path).read_bytes()) == []


@pytest.mark.parametrize("path", SHIPPED)
def test_no_machine_paths(path: str) -> None:
    assert not re.search(rb"(?<![\w}])/(?:home|Users|root)/\w", (ROOT / path).read_bytes())
