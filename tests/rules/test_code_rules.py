from __future__ import annotations

from pathlib import Path

import pytest

from packlint.discovery.layout import Layout
from packlint.parsing import shell_syntax

from .packs import BOTH, agent, findings


def fence(language: str, *lines: str) -> dict[str, str]:
    """An agent with one code block, whose first line of code is line 7."""
    return agent("\n".join([f"```{language}", *lines, "```"]))


@pytest.mark.parametrize("layout", BOTH)
@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(agent("```bash\npytest"), ["6:1 CD001 warning"], id="a fence that is never closed"),
        pytest.param(fence("python", "def f(x)", "    return x"), ["7:9 CD002 warning"], id="a colon left out"),
        pytest.param(fence("py", "x = 1", "print 'x'"), ["8:1 CD002 warning"], id="a statement of Python 2"),
        pytest.param(fence("python", "def f():", "return 1"), ["8:1 CD002 warning"], id="a body that is not indented"),
        pytest.param(fence("json", '{"a": 1,}'), ["7:8 CD003 warning"], id="a comma too many"),
        pytest.param(fence("json", "{'a': 1}"), ["7:2 CD003 warning"], id="single quotes"),
        pytest.param(fence("json", '{"a": None}'), ["7:7 CD003 warning"], id="a value of Python"),
        pytest.param(
            fence("yaml", "a:", "  - b", " c: d"), ["9:2 CD004 warning"], id="indentation that does not match"
        ),
        pytest.param(fence("toml", "[a]", "b = c"), ["8:5 CD005 warning"], id="a text without quotes"),
        pytest.param(
            fence("bash", "rm <file> <other>", "mv x <y>; echo 'open"),
            ["8:16 CD006 warning"],
            id="a quote behind placeholders",
        ),
        pytest.param(fence("bash", "echo 'open"), ["7:6 CD006 warning"], id="a quote that is not closed"),
        pytest.param(fence("sh", "if true; then", "  ls"), ["7:1 CD006 warning"], id="an if without fi"),
        pytest.param(
            agent("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x"), ["6:1 CD007 warning"], id="a conflict in the text"
        ),
        pytest.param(agent("a\n>>>>>>> x"), ["7:1 CD007 warning"], id="what is left of a conflict"),
        pytest.param(
            agent("<<<<<<< a\n=======\n>>>>>>> b\n\n<<<<<<< c\n=======\n>>>>>>> d"),
            ["6:1 CD007 warning", "10:1 CD007 warning"],
            id="two conflicts",
        ),
        pytest.param(
            agent("A conflict:\n```\n<<<<<<< a\n```\n\n<<<<<<< c\n"), ["11:1 CD007 warning"], id="one shown, one left"
        ),
        pytest.param(
            agent("```text\n<<<<<<< HEAD\n```\nSettle that conflict."), [], id="a conflict that is spoken of below"
        ),
        pytest.param(agent("1. Run\n\n   ```python\n   x = (\n   ```"), ["9:8 CD002 warning"], id="a fence in a list"),
    ],
)
def test_a_defect_is_found_where_it_stands(
    tmp_path: Path, files: dict[str, str], expected: list[str], layout: Layout
) -> None:
    assert findings(tmp_path, files, "CD", layout) == expected


@pytest.mark.parametrize("layout", BOTH)
@pytest.mark.parametrize(
    "files",
    [
        pytest.param(fence("python", '@app.get("/")'), id="a lone decorator"),
        pytest.param(fence("python", "def f(x: int) -> str:"), id="a head without a body"),
        pytest.param(fence("python", "def f(x: int) -> str"), id="a signature"),
        pytest.param(fence("python", "await f()", "return 1"), id="await and return at the top"),
        pytest.param(fence("python", "    def f(self):", "        return 1"), id="an indented part of a class"),
        pytest.param(fence("python", "    x = 1", "  y = 2"), id="indentation that is loose"),
        pytest.param(fence("python", "class A", "# ours", "", "class B"), id="two signatures and a comment"),
        pytest.param(fence("python", "def f(a, ...):", "    pass"), id="an ellipsis"),
        pytest.param(fence("python", "from <package> import models"), id="a placeholder"),
        pytest.param(fence("python", ">>> f(1", "... )"), id="a doctest"),
        pytest.param(fence("python", "-x = 1", "+x = 2"), id="a difference"),
        pytest.param(fence("python", '"a": 1,', '"b": 2,'), id="members of a dictionary"),
        pytest.param(fence("python", "except ValueError:", "    pass"), id="an except of its own"),
        pytest.param(fence("python", "if x:", "    # later"), id="a body of comments"),
        pytest.param(fence("python", r'x = "\d"'), id="an escape that only warns"),
        pytest.param(fence("pycon", "def"), id="a session"),
        pytest.param(fence("json", "// one", '{"a": 1}'), id="comments in JSON"),
        pytest.param(fence("json", '{"a": ...}'), id="an ellipsis in JSON"),
        pytest.param(fence("json", '"a": 1'), id="a single member"),
        pytest.param(fence("json", '{"a": 1}', '{"b": 2}'), id="one value a line"),
        pytest.param(fence("json", '{"a": string, "b": number | null}'), id="types for values"),
        pytest.param(fence("jsonc", '{"a": 1,}'), id="another kind of JSON"),
        pytest.param(fence("yaml", "a: 1", "---", "b: !Ref x"), id="several documents and tags"),
        pytest.param(
            fence("yaml", "---", "description: Use when: x", "---", "Text: a: b"), id="a file with frontmatter"
        ),
        pytest.param(fence("yaml", "a: {{ b }}: c"), id="a template"),
        pytest.param(fence("toml", "[a]", "b = 1", "[a]", "b = 2"), id="a table before and after"),
        pytest.param(fence("bash", "cat > x <<'EOF'", "it's (open", "EOF"), id="a here-document"),
        pytest.param(fence("bash", "for i in a b; do echo $i; done", "[[ $a =~ ^(b)$ ]] && c=(1 2)"), id="bash"),
        pytest.param(fence("bash", "echo $(ls"), id="a bracket that is left open"),
        pytest.param(fence("bash", "case $1 in", "  a) ls ;;", "  *) exit 1 ;;", "esac"), id="a case"),
        pytest.param(fence("console", "$ ls", "it's"), id="a session of a shell"),
        pytest.param(fence("bash", "$ ls", "it's"), id="a session marked as code"),
        pytest.param(fence("text", "/go <feature>", "def f("), id="plain text"),
        pytest.param(fence("bash", "/go <feature>"), id="a placeholder at the end of a line"),
        pytest.param(fence("bash", "view > <room>/before # it's long", "view >> <log>"), id="a placeholder's file"),
        pytest.param(fence("bash", *["git checkout <branch>"] * 51), id="more placeholders than are looked through"),
        pytest.param(agent("> ```js\n> x\n> ```"), id="a fence in a quotation"),
        pytest.param(
            agent("Settle conflicts:\n\n```python\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n```"),
            id="a conflict explained",
        ),
        pytest.param(agent("Title\n=======\n\ntext"), id="an underlined heading"),
        pytest.param(agent("````markdown\n```python\ndef f(\n```\n````"), id="a fence in a fence"),
    ],
)
def test_a_fragment_is_silent(tmp_path: Path, files: dict[str, str], layout: Layout) -> None:
    assert findings(tmp_path, files, "CD", layout) == []


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("ls > | cat", 3),
        ("a <b> <c>", 4),
        ('echo "$(date"', None),
        ("echo )", 5),
        ("fi", 0),
        ("f() {\n  ls\n", 4),
        ("echo `date", 5),
        ("x=$((1 + 2)); y=${a:-'b'}; echo \"${x}\" 2>&1 &>/dev/null", None),
        ("cat <<-A <<B\n\t'\n\tA\n\"\nB\nls", None),
        ("function f {\n  local x=(a b)\n  [[ -n $x ]] || return\n}", None),
        ('for f; do :; done; while read -r l; do echo "$l"; done < <(ls)', None),
        ("# it's a comment\nls # isn't it", None),
    ],
)
def test_the_shell_check_reports_what_no_shell_takes(text: str, start: int | None) -> None:
    found = shell_syntax.fault(text)
    assert (found.start if found else None) == start
