"""Signs of what a text holds: fences by language, comments, paths, tokens, downloads."""

from __future__ import annotations

from packlint import credentials
from packlint.file import File
from packlint.signs.names import (
    COMMENT,
    DOWNLOAD,
    HOME,
    JSON,
    MERGE_MARKER,
    PYTHON,
    SECRET,
    SHELL,
    SNIPPET,
    SUPPRESSION,
    TOML,
    UNCLOSED_FENCE,
    YAML,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.pack import Pack

_LANGUAGES = {
    "python": PYTHON, "py": PYTHON, "python3": PYTHON, "json": JSON, "yaml": YAML, "yml": YAML, "toml": TOML,
    "bash": SHELL, "sh": SHELL, "shell": SHELL,
}  # fmt: skip
_HOMES = ("/home/", "/Users/", ":\\Users\\", "~/")
_DOWNLOADS = ("curl", "wget", "iwr ", "irm ", "Invoke-WebRequest")


def signs(file: File, pack: Pack) -> set[str]:
    """The signs of an agent's, a command's or a document's text."""
    text = file.document.text
    found = signs_of_any_text(text)
    if "packlint:" in text:
        found.add(SUPPRESSION)
    if "<!--" in text:
        if "snippet:" in text:
            found.add(SNIPPET)
        if text.count("<!--") > text.count("<!-- snippet:"):
            found.add(COMMENT)
    if "<<<<<<<" in text or ">>>>>>>" in text:
        found.add(MERGE_MARKER)
    if any(home in text for home in _HOMES):
        found.add(HOME)
    if "```" in text or "~~~" in text:
        for fence in file.document.markdown(pack.client).fences:
            if not fence.closed:
                found.add(UNCLOSED_FENCE)
            language = _LANGUAGES.get(fence.info.partition(" ")[0].strip().lower())
            if language is not None:
                found.add(language)
    return found


def signs_of_any_text(text: str) -> set[str]:
    """The signs that a manifest's text may show, too."""
    found = set()
    if credentials.may_hold(text):
        found.add(SECRET)
    if _downloads(text):
        found.add(DOWNLOAD)
    return found


def _downloads(text: str) -> bool:
    """Whether some line both fetches something and gives it to something else."""
    for word in _DOWNLOADS:
        at = text.find(word)
        while at >= 0:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            line = text[text.rfind("\n", 0, at) + 1 : end]
            if "|" in line or "<(" in line or "$(" in line:
                return True
            at = text.find(word, end)
    return False
