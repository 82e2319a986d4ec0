from __future__ import annotations

import re
from pathlib import Path

import pytest

from packlint import manual
from packlint.cli import main
from packlint.client import clients
from packlint.rules import RULES

ROOT = Path(__file__).parent.parent
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def test_the_rules_page_is_fresh() -> None:
    assert (ROOT / "docs/rules.md").read_text() == "".join(manual.markdown()), "run `make docs`"


def test_every_problem_links_to_a_section() -> None:
    headings = re.findall(r"^## ([A-Z]{2}[0-9]{3} .*)$", (ROOT / "docs/rules.md").read_text(), re.MULTILINE)
    assert headings == [f"{rule.CODE} {rule.NAME}" for rule in RULES.values()]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/decisions.md"])
def test_links_lead_somewhere(page: str) -> None:
    place = ROOT / page
    for link in LINK.findall(place.read_text()):
        assert link.startswith("https://") or (place.parent / link).exists(), f"{page} links to {link}"


def test_the_readme_draws_this_pack(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["inspect", "--layout", "plugin", "--format", "mermaid"]) == 0
    assert f"```mermaid\n{capsys.readouterr().out}```" in (ROOT / "README.md").read_text()


def test_every_module_is_on_the_map() -> None:
    page = (ROOT / "docs/architecture.md").read_text()
    modules = {path.name for path in (ROOT / "packlint").glob("*.py")} - {"__init__.py", "__main__.py"}
    assert not {name for name in modules if f"`{name}`" not in page}


def test_modules_stay_small() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in (ROOT / "packlint").rglob("*.py")}
    assert {path.name: length for path, length in lengths.items() if length > 290} == {}


def test_facts_carry_their_evidence() -> None:
    import json

    facts = json.loads((ROOT / "packlint/data/client.json").read_text())
    for name, block in facts.items():
        if isinstance(block, dict):
            entries = [block] if "evidence" in block else list(block.values())
            assert all("evidence" in entry for entry in entries), name
    assert json.loads((ROOT / "packlint/data/shell.json").read_text())["evidence"]
    for each in clients():
        assert {"Read", "Bash", "Agent"} <= each.default_tools
