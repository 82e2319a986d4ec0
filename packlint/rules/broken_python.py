"""A Python block that does not parse.

What it checks: code blocks marked `python` or `py`, in whichever dialect (`{.python #id}`), are parsed, and nothing is
run. Agents copy what they are shown. Fragments are welcome: a part of a class, a signature, a lone decorator, list or
dictionary items, `...` and other placeholders, doctests, differences, and `await` or `return` at the top.

Evidence: Python's own parser; syntax newer than the Python that runs packlint is not judged.
Versions: all; the client passes the text on as it is.

Bad (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    ```python
    def create(order: OrderCreate) -> OrderRead
        return service.create(order)
    ```

Good (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    ```python
    def create(order: OrderCreate) -> OrderRead:
        return service.create(order)
    ```
"""

from __future__ import annotations

import sys
import warnings

from packlint import regex
from packlint.pack import File, Kind, Pack
from packlint.parsing import fences
from packlint.parsing.fences import Code
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CD002"
NAME = "broken-python"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)

# `ast.PyCF_ONLY_AST`, without the module around it.
_PARSE_ONLY = 0x400
_LANGUAGES = ("python", "py", "python3")
_NOT_PLAIN = regex.lazy(r"(?m)^[^\S\n]*(?:>>>|In \[\d|[%!$]\s?\w)|^[^\S\n]*\w[\w.]*\??\?$")
_NEWER = regex.lazy(
    r"(?m)^[^\S\n]*(?:type\s+\w+(?:\[.*\])?\s*=|(?:async\s+)?(?:def|class)\s+\w+\[|except\s+\w[\w.]*\s*,)"
    r"|\bt\"|\bt'|\blazy\s+" + (r"|\bf[\"']" if sys.version_info < (3, 12) else ""),
)
# What is left out around a fragment, put back.
_AROUND = (
    "{}\n    pass",
    "{}\n        pass",
    "{}\ndef f(): pass",
    "{}:\n    pass",
    "try:\n    pass\n{}",
    "if x:\n    pass\n{}",
    "match x:\n    case 0:\n        pass\n    {}",
    "x = {{\n{}\n}}",
    "x = [\n{}\n]",
    "f(\n{}\n)",
    "def f(\n{}\n): pass",
)
_COMMENT = regex.lazy(r"(?m)^([ \t]*)#.*$")
_SIGNATURE = regex.lazy(r"\)\s*->[\s\w\[\].,|\"']+$|^\s*(?:class|def|async def)\b.*$")
# A signature in a list of them, of a class for one.
_BODILESS = regex.lazy(r"(?m)^([ \t]*(?:async[ \t]+)?def[ \t]+\w+\([^\n]*\)(?:[ \t]*->[^\n:]+)?)[ \t]*$")
_LOOSE_INDENT = ("unexpected indent", "unindent does not match")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for code in fences.blocks(file.document, pack.client, _LANGUAGES):
        error = _error(code.text)
        if error is None or _NOT_PLAIN.search(code.text) or _NEWER.search(code.text) or code.is_diff:
            continue
        line = (error.lineno or 1) - 1
        if code.has_placeholder or error.msg.startswith(_LOOSE_INDENT) or _is_fragment(code):
            continue
        start = code.offset(line, (error.offset or 1) - 1)
        yield Finding(
            start,
            max(start, code.offset(line, len(code.line(line)))),
            f"this Python does not parse: {error.msg}",
            "an agent copies what it is shown",
        )


def _error(text: str) -> SyntaxError | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<fence>", "exec", _PARSE_ONLY, dont_inherit=True)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError):
        return None
    return None


def _is_fragment(code: Code) -> bool:
    filled = _COMMENT.sub(r"\1pass", code.text), _BODILESS.sub(r"\1: ...", code.text)
    if any(_error(text) is None for text in (*filled, *(around.format(code.text) for around in _AROUND))):
        return True
    signatures = [each for each in code.text.split("\n") if each.strip() and not each.lstrip().startswith("#")]
    return all(_SIGNATURE.search(each) and not each.rstrip().endswith(":") for each in signatures)
