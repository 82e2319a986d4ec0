from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packlint.text.mistranslated import runs


@pytest.mark.parametrize("charset", ["cp1252", "mac_roman"])
@pytest.mark.parametrize(
    "right",
    ["≥", "’", "–", "…", "é", "ü", "°", "→", "✓", "🧠", "⚡", "🛠️", "🐍🧭", "“quoted”", "naïve café", "Привет"],
)
def test_text_read_with_the_wrong_charset_is_found(right: str, charset: str) -> None:
    wrong = "".join(
        bytes([byte]).decode(charset, "replace").replace("\ufffd", chr(byte)) for byte in right.encode("utf-8")
    )
    text = f"before {wrong} after"
    mended = text
    for run in reversed(list(runs(text))):
        assert text[run.start : run.end] == run.wrong
        mended = mended[: run.start] + run.right + mended[run.end :]
    assert mended == f"before {right} after"


@pytest.mark.parametrize(
    "text",
    [
        "plain ASCII",
        "CAFÉ… «VOILÀ», „Spaß“, ¡SÍ!, É» Ü”",
        "résumé…» naïveté — œuvre",
        "price: 5 € ± 2 %, 20 °C, § 4",
        "Привет, мир; γειά σου; 日本語; 한국어",
        "≥ 90 % → done ✓ 🧠 🛠️",
        "x ≠ y ∧ ¬z ∨ √2 ≈ 1.41",
        "ÅÄÖ åäö ÆØÅ æøå ß",
        "à€€ voilà",
    ],
)
def test_real_text_is_left_alone(text: str) -> None:
    assert list(runs(text)) == []


def test_text_mangled_twice_is_undone_twice() -> None:
    once = "’".encode().decode("cp1252")
    twice = "".join(bytes([b]).decode("cp1252", "replace").replace("\ufffd", chr(b)) for b in once.encode())
    [run] = runs(f"it{twice}s")
    assert run.right == "’"


@given(st.text())
def test_any_text_is_handled_and_runs_do_not_overlap(text: str) -> None:
    position = 0
    for run in runs(text):
        assert position <= run.start < run.end <= len(text)
        assert len(run.right) < len(run.wrong)
        position = run.end
