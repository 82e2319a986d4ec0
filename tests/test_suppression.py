from __future__ import annotations

import pytest

from packlint import lint
from packlint.client import client
from packlint.config import Settings
from packlint.discover import discover
from packlint.discovery.layout import Layout
from packlint.pack import Pack
from tests.conftest import FindProblems, WritePack

AGENT = (
    "---\nname: dev\n{before}description: Writes code. Use for new code.\ntools: Read, OurTool{behind}\n---\n{body}\n"
)


def found(problems_of: FindProblems, before: str = "", behind: str = "", body: str = "Body") -> list[str]:
    text = AGENT.format(before=before, behind=behind, body=body)
    return [f"{each.code} {each.place.line}" for each in problems_of({"agents/dev.md": text})]


def test_without_a_comment_it_is_found(problems_of: FindProblems) -> None:
    assert found(problems_of) == ["TL001 4"]


@pytest.mark.parametrize("codes", ["TL001", "TL", "FM006, TL001"])
def test_a_comment_behind_the_value_covers_its_line(codes: str, problems_of: FindProblems) -> None:
    assert found(problems_of, behind=f" # packlint: ignore[{codes}] our own build") == []


@pytest.mark.parametrize("between", ["", "\n", "  \n\n"])
def test_a_comment_alone_covers_the_next_line(between: str, problems_of: FindProblems) -> None:
    body = f"Text\n\n<!-- packlint: ignore[RF001] made by the build -->\n{between}Read `patterns/none.md`."
    assert found(problems_of, body=body) == ["TL001 4"]


@pytest.mark.parametrize(("indent", "lines"), [("", [8, 18]), ("   ", [8, 18])])
def test_a_comment_alone_covers_the_block_of_code_below_it(
    indent: str, lines: list[int], problems_of: FindProblems
) -> None:
    block = f"{indent}```bash\n{indent}ls\n{indent}echo 'open\n{indent}```"
    comment = f"{indent}<!-- packlint: ignore[CD006,TL001] shows a slip -->"
    codes = found(problems_of, body=f"{block}\n{comment}\n\n{block}\n{block}", behind=" # packlint: ignore[TL001] ours")
    assert codes == [f"CD006 {line}" for line in lines]


def test_it_covers_no_more_than_that(problems_of: FindProblems) -> None:
    body = "<!-- packlint: ignore[RF001] one -->\nRead `patterns/a.md`.\nRead `patterns/b.md`."
    assert found(problems_of, body=body) == ["TL001 4", "RF001 8"]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("Read <!-- packlint: ignore[RF001] one --> `patterns/a.md`", ["TL001 4", "RF001 7"]),
        ("Text <!-- packlint: ignore[RF001] one -->", ["TL001 4", "SU001 6", "RF001 7"]),
        ("<!-- packlint: ignore[RF001] one --> Text", ["TL001 4", "SU001 6", "RF001 7"]),
    ],
)
def test_a_comment_beside_text_covers_its_own_line_alone(
    line: str, codes: list[str], problems_of: FindProblems
) -> None:
    assert found(problems_of, body=f"{line}\nRead `patterns/b.md`.") == codes


def test_other_codes_are_not_covered(problems_of: FindProblems) -> None:
    assert found(problems_of, behind=" # packlint: ignore[TL003] wrong code") == ["TL001 4", "SU001 4"]


def test_an_unused_comment_is_found(problems_of: FindProblems) -> None:
    assert found(problems_of, before="# packlint: ignore[NM005] for later\n") == ["SU001 3", "TL001 5"]


def test_a_reason_is_demanded(problems_of: FindProblems) -> None:
    assert found(problems_of, behind=" # packlint: ignore[TL001]") == ["SU001 4"]


@pytest.mark.parametrize(("excepted", "codes"), [((), ["SU001"]), (("SU",), []), (("TL",), ["SU001"])])
def test_a_file_can_be_excepted_from_what_comments_must_be(
    excepted: tuple[str, ...], codes: list[str], write_pack: WritePack
) -> None:
    text = AGENT.format(before="", behind=" # packlint: ignore[TL001]", body="Body")
    root = write_pack({"agents/dev.md": text})
    settings = Settings(per_file_ignores={"agents/dev.md": excepted})
    packs = [Pack(found, client(), root) for found in discover([root])]
    assert [problem.code for problem in lint.check(packs, settings)] == codes


@pytest.mark.parametrize("words", ["ignore[] because", "ignore", "ignore TL001 ours", "ignore-next-line TL001"])
def test_a_code_in_brackets_is_demanded(words: str, problems_of: FindProblems) -> None:
    assert found(problems_of, behind=f" # packlint: {words}") == ["TL001 4", "SU001 4"]


@pytest.mark.parametrize("words", ["ignore", "ignore RF001 ours", "ignore-next-line RF001"])
def test_a_code_in_brackets_is_demanded_in_the_body(words: str, problems_of: FindProblems) -> None:
    body = f"<!-- packlint: {words} -->\nRead `patterns/a.md`.\nHow `packlint: {words}` works: `# packlint: {words}`."
    assert found(problems_of, body=body) == ["TL001 4", "SU001 6", "RF001 7"]


@pytest.mark.parametrize("words", ["packlint: ignored here", "packlint checks this"])
def test_other_words_about_packlint_are_text(words: str, problems_of: FindProblems) -> None:
    assert found(problems_of, before=f"# {words}\n", body=f"<!-- {words} -->") == ["TL001 5"]


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ("tl001", "'tl001', which no rule is called; did you mean 'TL001'?"),
        ("TL001, XX999", "'XX999', which no rule is called"),
    ],
)
def test_a_code_that_no_rule_has_is_found(codes: str, words: str, problems_of: FindProblems) -> None:
    text = AGENT.format(before="", behind=f" # packlint: ignore[{codes}] ours", body="B")
    [found] = [each for each in problems_of({"agents/dev.md": text}) if each.code == "SU001"]
    assert found.message.endswith(words)


def test_comments_for_rules_that_did_not_run_are_not_judged(problems_of: FindProblems) -> None:
    text = AGENT.format(before="", behind=" # packlint: ignore[TL001] ours", body="B")
    assert problems_of({"agents/dev.md": text}, Layout.PLUGIN, None, "SU", "FM") == []


def test_a_comment_form_of_the_other_part_is_text(problems_of: FindProblems) -> None:
    assert found(problems_of, body="# packlint: ignore[TL001] a heading") == ["TL001 4"]
