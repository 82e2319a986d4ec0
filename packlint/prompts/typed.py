"""What the client makes of the text typed after a command: its arguments, and its escapes.

The client reads the text as one line of Bash and takes the words of the first simple command in it.
Evidence: some 850 texts typed into 2.1.197 and 2.1.328, which agree; tests/test_typed.py holds them.
"""

from __future__ import annotations

from packlint import regex
from packlint.frontmatter import JS_SPACE
from packlint.prompts import enclosed, preludes
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_BLANK = " \t\r"
# A line that goes on: in the client's parser it parts words, too (measured).
_CONTINUED = "\\\n"
_OPERATORS = ";&|)\n("
_REDIRECTION = regex.lazy(r"[0-9]*(?:<<<|<<-?|&>>?|[<>]&|>>|[<>])")
_EXPANSION = regex.lazy(r"(?s)\$(?:\(\(.*?\)\)|[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-]|'(?:[^'\\]|\\.)*+')?\Z")
_TO_CLOSING_MARK = regex.lazy(r"(?s)\$'(?:[^'\\]|\\.)*+'?")
_SUBSTITUTION = regex.lazy(r"\$\((?!\()")
_BRACES = regex.lazy(r"(?s)\{(?:\\.|[^\s;&|()<>`}\\])*\}?")
_MARK_BEFORE_TICK, _MARK_BEHIND_TICK = regex.lazy(r"!(?=`)"), regex.lazy(r"(?<=`)!")
_MARK_AT_START = regex.lazy(rf"(^|[{JS_SPACE}])!")
_SPACES = regex.lazy(rf"[{JS_SPACE}]+")
_ESCAPE = regex.lazy(r"(?s)\\(.)")
_FUNCTION = regex.lazy(r"\([ \t]*\)")
_LOOP = regex.lazy(r"\s+\w+\s+in\b")
_ASSIGNMENT = regex.lazy(r"[A-Za-z_][A-Za-z0-9_]*(?:\[[^\]]*\])?\+?=(?!=)")
_SKIPPED_FIRST = {"if", "elif", "else", "fi", "esac", "then", "while", "until", "do", "done", "!", "{"}
_SKIPPED_WITH_NEXT = {"for", "select", "function"}
_DECLARES = {"export", "declare", "typeset", "readonly", "local"}


@record(frozen=True)
class _Word:
    """One word: as written, with its quotes taken away, whether it is left out as an argument, and ends them all."""

    written: str
    text: str
    opaque: bool = False
    is_last: bool = False


def arguments(typed: str, *, closes_backticks: bool = False) -> list[str]:
    """The arguments that `$0`, `$1` and so on stand for.

    Where the text holds no command as Bash sees it (`> b`, `a=b`, `# note`), it is split at spaces.

    Args:
        typed: what was typed.
        closes_backticks: back-ticks that the text ends with are no part of its last argument.
    """
    return _Reader(typed, closes_backticks).command() or [word for word in _SPACES.split(typed) if word]


def escaped(value: str) -> str:
    """A typed value as the client puts it into the prompt: it must not start a shell block there."""
    parted = _MARK_BEHIND_TICK.sub(" !", _MARK_BEFORE_TICK.sub("! ", value))
    return _MARK_AT_START.sub(r"\1\\!", parted)


class _Reader:
    """Reads the first simple command of a text, leniently, as the client's parser does."""

    def __init__(self, text: str, closes_backticks: bool) -> None:
        self._text = text
        self._at = 0
        self._is_closed = closes_backticks and text.endswith("`") and text.count("`") % 2 == 0
        # Whether a back-tick stands where the command should begin: the words behind it are read.
        self._opened = False
        # Behind the bracket of what may be no test; and whether it was none, so that all behind it are words.
        self._bracket: int | None = None
        self._is_plain = False

    def command(self) -> list[str]:
        words: list[str] = []
        skipped = 0
        assigned = led = is_name = negated = False
        while self._at < len(self._text):
            character = self._text[self._at]
            redirection = _REDIRECTION.match(self._text, self._at)
            if character in _BLANK or self._text.startswith(_CONTINUED, self._at):
                self._at += 1 if character in _BLANK else len(_CONTINUED)
            elif character == "#" and self._begins_word():
                self._skip_comment()
            elif self._bracket is not None and self._is_sent(redirection, words):
                # What is sent elsewhere is no test: without its bracket it is a command (measured).
                self._at, self._bracket, self._is_plain = self._bracket, None, True
                words, skipped, negated = [], 0, False
            elif redirection:
                self._at = redirection.end()
                if words and redirection[0] != "<<<":
                    return [] if negated else words
                if redirection[0] in ("<<", "<<-"):
                    return []
                self._skip_target()
                led = True
            elif not words and self._text.startswith("((", self._at):
                self._at = enclosed.end_of_arithmetic(self._text, self._at)
            elif is_name and (function := _FUNCTION.match(self._text, self._at)):
                words.clear()
                is_name = False
                self._at = function.end()
            elif character == "(" and (words or assigned):
                self._at = enclosed.end_of_parentheses(self._text, self._at)
            elif character in _OPERATORS or (character == "}" and not words):
                if words:
                    is_other = self._bracket is not None and preludes.is_sent_by_another(self._text, self._at)
                    return [] if is_other else words
                self._at += 1
                self._bracket = self._bracket if character == "(" else None
            elif character == "`":
                # Words in backticks are read up to the last one, and nothing behind them.
                if words:
                    break
                self._at += 1
                self._opened = True
            elif not (words or skipped or self._is_plain) and (assignment := _ASSIGNMENT.match(self._text, self._at)):
                assigned = led = True
                self._skip_value(assignment.end())
            else:
                is_name = not words
                word, end = self._word(), self._at
                following = self._text[end : end + 1]
                if following == "`" and not words and not self._opened:
                    word, following = self._with_backticks(len(word.written)), ""
                if not words and skipped:
                    skipped -= 1
                elif not words and self._introduces(word.written, led):
                    skipped = int(word.written in _SKIPPED_WITH_NEXT and self._at == end)
                    negated = negated or word.written == "!"
                    self._skip_test(word.written)
                elif words and word.is_last:
                    break
                elif following == "`" and not words:
                    rest = self._text[self._at - len(word.written) :]
                    return [rest.rstrip("`") if self._is_closed else rest]
                elif self._is_last(following) and not self._is_left_out(word, following, is_first=not words):
                    words.append(word.text)
                if words and words[0] in _DECLARES and not led:
                    break
        return words

    def _is_last(self, following: str) -> bool:
        """Whether a word is one: the last one in back-ticks is none, but where nothing follows them."""
        return following != "`" or (self._is_closed and not self._text[self._at :].strip("`"))

    @staticmethod
    def _is_left_out(word: _Word, following: str, *, is_first: bool) -> bool:
        """Whether a word is no argument; a lone equals sign is a sign of the shell's (measured)."""
        return word.written == "\\" or (not is_first and (word.opaque or following == "(" or word.written == "="))

    def _with_backticks(self, read: int) -> _Word:
        """The first word with what stands in back-ticks in it, as written; all the rest where these are not closed."""
        start = self._at - read
        while self._text.startswith("`", self._at):
            closing = self._text.find("`", self._at + 1)
            self._at = len(self._text) if closing < 0 else closing + 1
            if self._at < len(self._text) and self._text[self._at] not in _BLANK + _OPERATORS + "<>`":
                self._word()
        written = self._text[start : self._at]
        return _Word(written, written)

    def _begins_word(self) -> bool:
        return self._at == 0 or self._text[self._at - 1] in _BLANK + _OPERATORS

    def _introduces(self, written: str, led: bool) -> bool:
        """Whether a word is no part of the command behind it; where a value or `>` leads, `{` and `[` are its name."""
        if self._is_plain or (led and written.startswith(("{", "["))):
            return False
        if head := preludes.end_of_head(written, self._text, self._at):
            self._at = head
            return True
        if written == "case" or (written == "for" and _LOOP.match(self._text, self._at)):
            self._at = len(self._text)
        return (
            written in _SKIPPED_FIRST or written in _SKIPPED_WITH_NEXT or written == "case" or written.startswith("[")
        )

    def _skip_test(self, written: str) -> None:
        """Skip a test in brackets; of one that is none, what could have been tested."""
        if not written.startswith("["):
            return
        bracket = self._at - len(written) + 1
        self._at, is_one = preludes.end_of_test(written, self._text, self._at)
        if not (is_one or written.startswith("[[") or self._bracket or _ASSIGNMENT.match(self._text, bracket)):
            self._bracket = bracket

    def _is_sent(self, redirection: re.Match[str] | None, words: list[str]) -> bool:
        """Whether the output of the command is sent elsewhere, and no bracket has closed a test in it."""
        if self._opened:
            return False
        if redirection:
            is_sent = redirection[0] != "<<<" and not self._text.startswith("(", redirection.end())
        else:
            is_sent = preludes.is_sent_behind_ticks(self._text, self._at)
        return is_sent and not any(word.startswith("]") for word in words)

    def _skip_comment(self) -> None:
        end = self._text.find("\n", self._at)
        self._at = len(self._text) if end < 0 else end

    def _skip_target(self) -> None:
        while self._at < len(self._text) and self._text[self._at] in _BLANK:
            self._at += 1
        if self._at < len(self._text) and self._text[self._at] not in _OPERATORS + "<>`":
            self._word()

    def _skip_value(self, start: int) -> None:
        """Skip what is assigned: a word, or words in parentheses as far as they go."""
        while self._text.startswith(_CONTINUED, start):
            start += len(_CONTINUED)
        self._at = start
        if not self._text.startswith("(", start):
            if start < len(self._text) and self._text[start] not in _BLANK + _OPERATORS:
                self._word()
            self._with_backticks(0)
            return
        self._at += 1
        while self._at < len(self._text) and self._text[self._at] not in _OPERATORS.replace(")", "") + "<>`":
            if self._text[self._at] == ")":
                self._at += 1
                return
            if self._text[self._at] in _BLANK or self._text.startswith(_CONTINUED, self._at):
                self._at += 1 if self._text[self._at] in _BLANK else len(_CONTINUED)
            else:
                self._word()

    def _word(self) -> _Word:
        start, pieces, is_raw = self._at, list[str](), False
        is_expansion = self._text.startswith("${", start)
        while self._at < len(self._text):
            is_raw = is_raw or _SUBSTITUTION.match(self._text, self._at) is not None
            piece = self._piece()
            if piece is None:
                if self._text[self._at] in "'\"":
                    # A quotation mark without a partner: it and the rest belong to the argument as they stand.
                    rest = self._text[self._at :]
                    self._at = len(self._text)
                    return _Word(self._text[start:], "".join(pieces) + rest)
                break
            pieces.append(piece)
        written = self._text[start : self._at]
        text = written if is_raw else "".join(pieces)
        is_opaque = (is_expansion and len(pieces) == 1) or _EXPANSION.match(written) is not None
        return _Word(written, text, is_opaque, is_raw)

    def _behind(self, at: int) -> int:
        """Behind the expansion at `at`, whose kind its second sign tells."""
        text = self._text
        if text.startswith("$((", at):
            end = text.find("))", at + 2)
            return len(text) if end < 0 else end + 2
        if text.startswith("$(", at):
            return enclosed.end_of_substitution(text, at)
        quoted = _TO_CLOSING_MARK.match(text, at)
        return quoted.end() if quoted else enclosed.end_of_braces(text, at)

    def _piece(self) -> str | None:
        """The next part of a word without its quotes; None at the word's end or at an open quote."""
        text, at = self._text, self._at
        character = text[at]
        if character in _BLANK + _OPERATORS + "<>`" or text.startswith(_CONTINUED, at):
            return None
        if character == "$" and text[at + 1 : at + 2] in ("'", "(", "{"):
            self._at = self._behind(at)
            return text[at : self._at]
        if braces := _BRACES.match(text, at):
            # Quotes between braces are letters like others.
            self._at = braces.end()
            return _ESCAPE.sub(r"\1", braces[0])
        if character == "'":
            end = text.find("'", at + 1)
        elif character == '"':
            end = enclosed.closing_quote(text, at)
        elif character == "\\":
            self._at = at + 2
            return text[at + 1 : at + 2]
        else:
            self._at = at + 1
            return character
        if end < 0:
            return None
        self._at = end + 1
        return text[at + 1 : end]
