"""What packs are made of, and what breaks readers of them, in small pieces."""

from __future__ import annotations

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
