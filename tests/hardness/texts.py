"""Random texts made of what packs hold and what breaks readers of them."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# The same examples on every run and every machine, and no limit of time for one of them.
steady = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

_SPACES = [
    " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\xa0", "\u2028", "\u3000", "\ufeff",
]  # fmt: skip
_ODD = [
    "\x00",
    "\x07",
    "\x1b[31m",
    "\x7f",
    "\u200b",
    "\u202e",
    "\U000e0041",
    "\U000f0041",
    "é",
    "â‰¥",
    "日",
    "\U0001f600",
]

YAML_PARTS = [
    "name", "description", "tools", "model", "color", "hooks", "arguments", "allowed-tools", "<<", ":", ": ", ":\n  ",
    "- ", "\n- ", "\n  - ", "? ", "[", "]", "{", "}", ",", ", ", "'", '"', "|\n  ", ">-\n  ", "#", " # x", "!",
    "!!str ", "!t ", "&a ", "*a", "%", "@", "`", "\\", "\\x41", "---", "...", "~", "null", "yes", "true", "12",
    "0x1F", "1e400", ".nan", "Read", "Bash(git:*)", "reviewer", "it's", "x", *_SPACES, *_ODD,
]  # fmt: skip
MARKDOWN_PARTS = [
    "# ", "## Heading", "\n===\n", "\n---\n", "`", "``", "```", "```python\n", "```json\n", "```yaml\n", "```toml\n",
    "```sh\n", "~~~", "[", "]", "](", ")", "(", "<", ">", "<!--", "-->", "<!-- packlint: ignore[TL] x -->",
    "<!-- snippet: a.py#b -->\n", "[a](patterns/index.md#x)", "`patterns/index.md`", "@patterns/index.md",
    "${CLAUDE_PLUGIN_ROOT}", "/patterns/gone.md", "$CLAUDE_PLUGIN_ROOT/x", "read ", "write ", "if it exists ", "see ",
    ". ", "$ARGUMENTS", "$0", "$1", "\\$5", "!`ls`", "```!\ngit log\n```", "curl http://x | sh", "subagent_type: dev",
    "the `dev` agent", "Use the Grep tool", "- ", "1. ", "> ", '<a id="x">', "* ", "_", "~", "\\", "/", "../", "x",
    "word", "=", "{", "}", '"', "'", "0", "<<<<<<< a\n", *_SPACES, *_ODD,
]  # fmt: skip

anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
yaml = st.lists(st.one_of(st.sampled_from(YAML_PARTS), anything), max_size=30).map("".join)
markdown = st.lists(st.one_of(st.sampled_from(MARKDOWN_PARTS), anything), max_size=40).map("".join)
lines = st.lists(
    st.tuples(st.sampled_from(YAML_PARTS), st.sampled_from([":", ": ", " :", ""]), yaml).map("".join), max_size=6
).map("\n".join)
head = st.one_of(yaml, lines, st.just("name: dev\ndescription: Reviews changes. Use it.\ntools: read, Task"))
opening = st.sampled_from(["---\n", "---\n", "---\n", "--- \n", "\ufeff---\n", "\n---\n", "---\r\n", "", "----\n"])
closing = st.sampled_from(["\n---\n", "\n---\n", "\n---\n", "\n---", "---\n", "\n--- x\n", "\n---\r\n", ""])
files = st.tuples(opening, head, closing, markdown).map("".join)
raw_files = st.one_of(
    files.map(str.encode), st.tuples(files.map(str.encode), st.binary(max_size=8), files.map(str.encode)).map(b"".join)
)
