"""A JSON block that does not parse.

What it checks: code blocks marked `json`. Comments, ellipses, `<placeholders>`, bare words that stand for a type
(`"id": string`), choices (`"a" | "b"`), members alone, several values one after the other and an HTTP header above
are welcome; `jsonc` and `json5` are not judged.

Evidence: Python's own parser.
Versions: all; the client passes the text on as it is.

Bad (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    ```json
    {"id": 1, "total": "9.90",}
    ```

Good (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    ```json
    {"id": 1, "total": "9.90"}
    ```
"""

from __future__ import annotations

from packlint import regex
from packlint.pack import File, Kind, Pack
from packlint.parsing import fences, plain_json
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from json import JSONDecodeError

CODE = "CD003"
NAME = "broken-json"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)

_STRING_OR_COMMENT = regex.lazy(r'(?ms)("(?:[^"\\\n]++|\\.)*+"?)|//[^\n]*|/\*.*?(?:\*/|\Z)|^[ \t]*#[^\n]*')
_STRING = regex.lazy(r"""\"(?:[^"\\\n]++|\\.)*+\"?|'[^'\n]*'""")
# Where the parser reports it differs from one Python to the next.
_TRAILING_COMMA = regex.lazy(r",\s*[\]}]\Z")
_COMMA_AHEAD = regex.lazy(r",\s*[\]}]")
# A comment on a line of its own behind the last comma stands for what is left out.
_LEFT_OUT = regex.lazy(r",[ \t]*\n\s*(?://|#)[^\n]*\n\s*[\]}]")
_BARE_WORD = regex.lazy(r"[A-Za-z_$][\w.$]*")
_WORDS = {"true", "false", "null", "NaN", "Infinity", "True", "False", "None", "undefined"}


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for code in fences.blocks(file.document, pack.client, ("json",)):
        if _error(code.text) is None:
            continue
        text = _STRING_OR_COMMENT.sub(lambda match: match[1] or " " * len(match[0]), code.text)
        error = _error(text)
        if error is None or code.is_diff or text.lstrip()[:1] not in ("{", "[", '"'):
            continue
        bare = _STRING.sub('""', text)
        stands_for = {word for word in _BARE_WORD.findall(bare) if word not in _WORDS}
        if stands_for or "|" in bare or _LEFT_OUT.search(code.text) or code.has_placeholder or _is_part(text):
            continue
        comma = _TRAILING_COMMA.search(text[: error.pos + 1]) or _COMMA_AHEAD.match(text, error.pos)
        start = code.at(comma.start() if comma else error.pos)
        words = "a comma too many" if comma else error.msg
        yield Finding(start, start + 1, f"this JSON does not parse: {words}", "an agent copies what it is shown")


def _is_part(text: str) -> bool:
    """Whether it holds members of an object or of a list."""
    members = text.strip().rstrip(",")
    return _error("{" + members + "}") is None or _error("[" + members + "]") is None


def _error(text: str) -> JSONDecodeError | None:
    """What is wrong with a text; None where it holds one value or several."""
    try:
        plain_json.loads(text)
    except (RecursionError, ValueError):
        return _first_error(text)
    return None


def _first_error(text: str) -> JSONDecodeError | None:
    """What is wrong with the first of several values that does not parse."""
    import json

    decoder, position = json.JSONDecoder(), 0
    while (position := _after_blanks(text, position)) < len(text):
        try:
            _, position = decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            return error
        except (RecursionError, ValueError):  # ValueError: Python refuses to read a number of so many digits
            return None
        following = _after_blanks(text, position)
        if text[following : following + 1] in (",", "]", "}", ":"):
            return json.JSONDecodeError("Extra data", text, following)
    return None


def _after_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position
