"""Which files a simple shell command reads and writes, and whether the client lets it reach them.

Evidence: commands in shell blocks of 2.1.197 and 2.1.328 with and without grants; tests/conformance/shell.jsonl.
"""

from __future__ import annotations

from packlint import regex
from packlint.client import Client
from packlint.discovery.root import is_below
from packlint.files.filesystem import normal
from packlint.prompts.shell_lines import OUTPUT
from packlint.prompts.words import Word
from packlint.record import record
from packlint.text import wildcards

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_UPWARDS = regex.lazy(r"(?:^|/)\.\.(?:/|\Z)")
_BACK = regex.lazy(r"[^/.]/+\.\.(?:/|\Z)")
_HOME = regex.lazy(r"\A(?:~|\$HOME)(?=/|\Z)")
_CHANGES_IN_PLACE = regex.lazy(r"-[a-zA-Z]*i|--in-place")
_GIVES_PATTERN = regex.lazy(r"-[a-zA-Z]*[ef]\Z|--(?:regexp|file|expression|from-file)\b")
_TAKES_PATTERN = {"grep", "egrep", "fgrep", "rg", "jq", "sed", "awk", "gawk", "mawk", "nawk"}
_VALUED = {
    "cut": ("-b", "-c", "-d", "-f"),
    **dict.fromkeys(("grep", "egrep", "fgrep", "rg", "sed"), ("-e", "--regexp", "--expression")),
}
# Nobody writes so many, and each is tried on each path.
_MOST_GRANTS = 100


@record(frozen=True)
class Reach:
    """What decides: the grants of `allowed-tools`, the folder in which the command runs, the client."""

    grants: tuple[str, ...]
    folder: str
    client: Client

    def refusal(self, words: Sequence[Word], *, is_granted: bool = False) -> str | None:
        """Why a command may not reach a file that it names; None where it may.

        `is_granted`: every shell command is approved, so that only what is kept from all of them counts.
        """
        facts, name = self.client.shell, words[0].text
        rest = words[1:]
        if name in facts["writes"] or (name == "tee" and self.client.does("checks_targets_of_tee")):
            return self._writing(name, rest, is_granted)
        if name == "sed" and any(_CHANGES_IN_PLACE.match(word.text) for word in rest):
            return self._writing(name, _operands(name, rest), is_granted)
        is_read = (
            name in facts["reads"]
            or name in facts["reads_in"].get(self.client.measured, ())
            or (name == "git" and any(word.text == "--no-index" for word in rest))
        )
        for word in _operands(name, rest) if is_read and not is_granted else ():
            if self._is_outside(word.text) and not self._is_granted("Read", word.text):
                return f"{name} reaches {word.text}, outside the folder in which the client runs"
        return None

    def writes_to(self, target: str, *, is_granted: bool = False) -> str | None:
        """Why the output of a command may not go into a file; None where it may."""
        if OUTPUT in target:
            return "it writes its output to a file whose name is not known before it runs"
        if self._is_guarded(target):
            return f"it writes its output to {target}, which the client guards"
        return None if is_granted or self._is_granted("Edit", target) else "it writes its output to a file"

    def reads_from(self, source: str) -> str | None:
        """Why a file may not be given to a command as its input, whatever that makes of it; None where it may."""
        if self._is_outside(source) and not self._is_granted("Read", source):
            return f"its input is {source}, outside the folder in which the client runs"
        return None

    def _writing(self, name: str, rest: Sequence[Word], is_granted: bool) -> str | None:
        operands = [word for word in rest if not word.text.startswith("-")]
        guarded = next((word.text for word in operands if self._is_guarded(word.text)), None)
        if guarded is not None:
            return f"{name} changes {guarded}, which the client guards"
        if is_granted:
            return None
        if name in ("cp", "mv") and len(operands) < len(rest):
            return f"{name} with an option is not approved by a pattern"
        for word in operands:
            if name == "rm" and word.text.rstrip("/") == ".":
                return "rm would remove the folder in which the client runs"
            if OUTPUT in word.text:
                return f"{name} changes a file whose name is not known before it runs"
            if word.is_pattern:
                return f"{name} changes files that {word.text} stands for, and the client wants their names"
            if self._is_outside(word.text) and not self._is_granted("Edit", word.text):
                return f"{name} changes {word.text}, outside the folder in which the client runs"
        return None

    def _is_outside(self, path: str) -> bool:
        if path == "/dev/null":
            return False
        if path.startswith(("~", "$HOME")) or _UPWARDS.search(path):
            return True
        return path.startswith("/") and not is_below(normal(path), self.folder)

    def _is_guarded(self, path: str) -> bool:
        facts = self.client.shell["guarded"]
        *folders, name = normal(f"/{path.lower()}").strip("/").split("/")
        if f"/{path}".startswith(tuple(f"/{free}/" for free in facts["free"])):
            return False
        return name in facts["files"] or not {*folders, name}.isdisjoint(facts["folders"])

    def _is_granted(self, tool: str, path: str) -> bool:
        if _BACK.search(path):
            return False
        path = _HOME.sub("~", path).rstrip("/")
        whole = path if path.startswith("~") else normal(path if path.startswith("/") else f"{self.folder}/{path}")
        patterns = [each[len(tool) + 1 : -1] for each in self.grants if each.startswith(f"{tool}(")][:_MOST_GRANTS]
        return any(_covers(pattern, whole, self.folder) for pattern in patterns)


def _operands(name: str, words: Sequence[Word]) -> list[Word]:
    """What may be a file: no option or its value, no expression to search for; of `find` what precedes its tests."""
    if name == "find":
        end = next((index for index, word in enumerate(words) if word.text[:1] in ("-", "(", "!")), len(words))
        return list(words[:end])
    valued = _VALUED.get(name, ())
    before = [None, *(word.text for word in words)]
    operands = [
        word
        for word, last in zip(words, before, strict=False)
        if not word.text.startswith("-") and (last is None or last not in valued)
    ]
    is_first_pattern = name in _TAKES_PATTERN and not any(_GIVES_PATTERN.match(word.text) for word in words)
    return operands[1:] if is_first_pattern else operands


def _covers(pattern: str, path: str, folder: str) -> bool:
    """Whether a grant's pattern covers a path: as gitignore's do, from the project, the home folder or the root."""
    if pattern in ("", "*"):
        return False  # the tool alone grants no path
    base = folder.rstrip("/")
    if pattern.startswith(("//", "~/")):
        base, pattern = ("" if pattern.startswith("//") else "~"), pattern[1:]
    if not path.startswith(f"{base}/"):
        return False
    return wildcards.covers(pattern, path[len(base) + 1 :])
