"""One tool's tables of a TOML file in their plainest form, read without a TOML parser.

The parser of the standard library takes longer to load than a small pack takes to check. What is read here means the
same to it; whatever could mean more than it seems, or is wrong, is left to it. The rest of the file is nobody's matter.
"""

from __future__ import annotations

from packlint import regex
from packlint.parsing import plain_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_HEADER = regex.lazy(r"\[tool\.([A-Za-z0-9_-]+)(?:\.([A-Za-z0-9_-]+))?\]")
_TABLE_OF_ALL = regex.lazy(r"\[{1,2}\s*[\"']?tool[\"']?\s*\]")
_KEY = regex.lazy(r"[A-Za-z0-9_-]+|\"[^\"]+\"")
# How a line above all tables may begin that says something of a tool.
_DOTTED = ("tool", '"', "'")


def table(text: str, tool: str) -> dict[str, Any] | None:
    """`[tool.NAME]` with the tables directly below it: texts, lists of texts, true and false, a line each.

    Gives None where the file says anything else about the tool, or may do so.
    """
    # A text of several lines may hold what looks like a table.
    if '"""' in text or "'''" in text:
        return None
    tables: dict[str, dict[str, Any]] = {}
    inside: dict[str, Any] | None = None
    is_top = True
    for line in map(str.strip, text.split("\n")):
        if not line or line[0] == "#":
            continue
        if line[0] == "[":
            header = _HEADER.fullmatch(line)
            inside, is_top = None, False
            if header is not None and header[1] == tool:
                if (header[2] or "") in tables:
                    return None
                inside = tables[header[2] or ""] = {}
            elif tool in line or "\\" in line or _TABLE_OF_ALL.match(line):
                return None
        elif inside is not None:
            if not _put(line, inside):
                return None
        elif is_top and line.startswith(_DOTTED):
            return None
    own = tables.pop("", {})
    return None if own.keys() & tables.keys() else own | tables


def _put(line: str, into: dict[str, Any]) -> bool:
    """Put the key and the value of a line into a table; gives whether it is a plain line of a new key."""
    key, _, written = (part.strip() for part in line.partition("="))
    name = key.strip('"')
    if _KEY.fullmatch(key) is None or name in into or "\\" in line or not line.isprintable():
        return False
    try:
        value = plain_json.loads(written)
    except (ValueError, RecursionError):
        return False
    texts = value if isinstance(value, list) else [value]
    into[name] = value
    return isinstance(value, bool) or all(isinstance(each, str) for each in texts)
