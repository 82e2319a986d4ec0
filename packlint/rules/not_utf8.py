"""A file that is not UTF-8.

What it checks: the client reads every file, manifests too, as UTF-8 and puts U+FFFD for each byte that does not fit;
the characters are lost to the model. A UTF-16 file is not even seen to have frontmatter. packlint does not rewrite
such a file.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Its example cannot be shown in a text that is UTF-8 itself: save `caf\xe9` as Latin-1.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TX002"
NAME = "not-utf8"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT, Kind.MANIFEST)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if file.document.is_utf8:
        return
    start = max(0, file.document.text.find("\ufffd"))
    yield Finding(
        start,
        start + 1,
        "the file is not UTF-8 from here on; save it as UTF-8",
        "the client puts U+FFFD in the place of each byte it cannot read",
    )
