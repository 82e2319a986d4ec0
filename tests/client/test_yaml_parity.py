"""packlint's YAML against the client's parser by itself, on random frontmatter."""

from __future__ import annotations

from pathlib import Path

from tests.client import yaml_parity


def test_random_frontmatter_is_read_as_the_client_reads_it(bun: Path) -> None:
    asked = list(yaml_parity.texts(5_000, seed=2))
    wrong = list(yaml_parity.differences(bun, asked))
    assert len(wrong) <= (1 - yaml_parity.ENOUGH) * len(asked), wrong[:5]


def test_a_value_that_differs_is_told(bun: Path) -> None:
    (answer,) = yaml_parity.theirs(bun, ["a: 1_000"])
    assert answer == ["mapping", [["a", ["string", "1_000"]]]]
    assert not yaml_parity.is_same(yaml_parity.ours("a: 1000"), answer)
    assert not yaml_parity.is_same(["error", "not YAML"], answer)
