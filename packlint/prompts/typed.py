"""What the client makes of the text typed after a command: its arguments, and its escapes.

The client reads the text as one line of Bash and takes the words of the first simple command in it.
Evidence: some 850 texts typed into 2.1.197 and 2.1.328, which agree; tests/test_typed.py holds them.
"""

from __future__ import annotations

from packlint import regex
from packlint.frontmatter import JS_SPACE
from packlint.prompts import enclosed, preludes, typed_words
from packlint.prompts.typed_words import BLANK, CONTINUED, ENDS, OPERATORS, Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_REDIRECTION = regex.lazy(r"[0-9]*(?:<<<|<<-?|&>>?|[<>]&|>>|[<>])")
_MARK_BEFORE_TICK, _MARK_BEHIND_TICK = regex.lazy(r"!(?=`)"), regex.lazy(r"(?<=`)!")
_MARK_AT_START = regex.lazy(rf"(^|[{JS_SPACE}])!")
_SPACES = regex.lazy(rf"[{JS_SPACE}]+")
_FUNCTION = regex.lazy(r"\([ \t]*\)")
_LOOP = regex.lazy(r"\s+\w+\s+in\b")
_ASSIGNMENT = regex.lazy(r"[A-Za-z_][A-Za-z0-9_]*(?:\[[^\]]*\])?\+?=(?!=)")
# Words that stand before a command and are no part of it: alone, and with the word behind them.
_SKIPPED_FIRST = {"if", "elif", "else", "fi", "esac", "then", "while", "until", "do", "done", "!", "{"}
_SKIPPED_WITH_NEXT = {"for", "select", "function"}
# Commands of Bash whose words declare variables: of these the client takes the command's name alone.
_DECLARES = {"export", "declare", "typeset", "readonly", "local"}


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
        self._words: list[str] = []
        # How many words that introduce a command are still to be passed over, and whether a `!` was among them.
        self._skipped = 0
        self._negated = False
        # Whether a value was assigned before the command, and whether that or a redirection leads it.
        self._assigned = self._led = False
        # Whether the command's name was read just now.
        self._is_name = False
        # Whether a back-tick stands where the command should begin: the words behind it are read.
        self._opened = False
        # Behind the bracket of what may be no test; and whether it was none, so that all behind it are words.
        self._bracket: int | None = None
        self._is_plain = False

    def command(self) -> list[str]:
        """The words of the command."""
        while self._at < len(self._text):
            ended = self._step()
            if ended is not None:
                return ended
        return self._words

    def _step(self) -> list[str] | None:
        """Read on; gives the words of the command where it ends here."""
        text, character = self._text, self._text[self._at]
        redirection = _REDIRECTION.match(text, self._at)
        if character in BLANK or text.startswith(CONTINUED, self._at):
            self._at += 1 if character in BLANK else len(CONTINUED)
        elif character == "#" and self._begins_word():
            self._skip_comment()
        elif self._bracket is not None and self._is_sent(redirection):
            # What is sent elsewhere is no test: without its bracket it is a command (measured).
            self._at, self._bracket, self._is_plain = self._bracket, None, True
            self._words, self._skipped, self._negated = [], 0, False
        elif redirection:
            return self._redirect(redirection)
        elif not self._words and text.startswith("((", self._at):
            self._at = enclosed.end_of_arithmetic(text, self._at)
        elif self._is_name and (function := _FUNCTION.match(text, self._at)):
            self._words.clear()
            self._is_name = False
            self._at = function.end()
        elif character == "(" and (self._words or self._assigned):
            self._at = enclosed.end_of_parentheses(text, self._at)
        elif character in OPERATORS or (character == "}" and not self._words):
            if self._words:
                is_other = self._bracket is not None and preludes.is_sent_by_another(text, self._at)
                return [] if is_other else self._words
            self._at += 1
            self._bracket = self._bracket if character == "(" else None
        elif character == "`":
            # Words in backticks are read up to the last one, and nothing behind them.
            if self._words:
                return self._words
            self._at += 1
            self._opened = True
        elif self._may_assign() and (assignment := _ASSIGNMENT.match(text, self._at)):
            self._assigned = self._led = True
            self._skip_value(assignment.end())
        else:
            return self._take_word()
        return None

    def _redirect(self, redirection: re.Match[str]) -> list[str] | None:
        self._at = redirection.end()
        if self._words and redirection[0] != "<<<":
            return [] if self._negated else self._words
        if redirection[0] in ("<<", "<<-"):
            return []
        self._skip_target()
        self._led = True
        return None

    def _take_word(self) -> list[str] | None:
        """Read a word: an argument, or one that introduces the command; gives all of them where it is the last."""
        self._is_name = is_first = not self._words
        word, end = self._word(), self._at
        following = self._text[end : end + 1]
        if following == "`" and is_first and not self._opened:
            word, following = self._with_backticks(len(word.written)), ""
        if is_first and self._skipped:
            self._skipped -= 1
        elif is_first and self._introduces(word.written):
            self._skipped = int(word.written in _SKIPPED_WITH_NEXT and self._at == end)
            self._negated = self._negated or word.written == "!"
            self._skip_test(word.written)
        elif not is_first and word.is_last:
            return self._words
        elif following == "`" and is_first:
            rest = self._text[self._at - len(word.written) :]
            return [rest.rstrip("`") if self._is_closed else rest]
        elif self._is_whole(following) and not self._is_left_out(word, following, is_first=is_first):
            self._words.append(word.text)
        return self._words if self._words and self._words[0] in _DECLARES and not self._led else None

    def _may_assign(self) -> bool:
        return not (self._words or self._skipped or self._is_plain)

    def _is_whole(self, following: str) -> bool:
        """Whether a word is one: the last one in back-ticks is none, but where nothing follows them."""
        return following != "`" or (self._is_closed and not self._text[self._at :].strip("`"))

    @staticmethod
    def _is_left_out(word: Word, following: str, *, is_first: bool) -> bool:
        """Whether a word is no argument; a lone equals sign is a sign of the shell's (measured)."""
        return word.written == "\\" or (not is_first and (word.is_opaque or following == "(" or word.written == "="))

    def _with_backticks(self, read: int) -> Word:
        """The first word with what stands in back-ticks in it, as written; all the rest where these are not closed."""
        start = self._at - read
        while self._text.startswith("`", self._at):
            closing = self._text.find("`", self._at + 1)
            self._at = len(self._text) if closing < 0 else closing + 1
            if self._at < len(self._text) and self._text[self._at] not in BLANK + ENDS:
                self._word()
        written = self._text[start : self._at]
        return Word(written, written, self._at)

    def _word(self) -> Word:
        """The word that begins here, behind which the reader goes on."""
        word = typed_words.read(self._text, self._at)
        self._at = word.end
        return word

    def _begins_word(self) -> bool:
        return self._at == 0 or self._text[self._at - 1] in BLANK + OPERATORS

    def _introduces(self, written: str) -> bool:
        """Whether a word is no part of the command behind it; where a value or `>` leads, `{` and `[` are its name."""
        if self._is_plain or (self._led and written.startswith(("{", "["))):
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

    def _is_sent(self, redirection: re.Match[str] | None) -> bool:
        """Whether the output of the command is sent elsewhere, and no bracket has closed a test in it."""
        if self._opened:
            return False
        if redirection:
            is_sent = redirection[0] != "<<<" and not self._text.startswith("(", redirection.end())
        else:
            is_sent = preludes.is_sent_behind_ticks(self._text, self._at)
        return is_sent and not any(word.startswith("]") for word in self._words)

    def _skip_comment(self) -> None:
        end = self._text.find("\n", self._at)
        self._at = len(self._text) if end < 0 else end

    def _skip_target(self) -> None:
        while self._at < len(self._text) and self._text[self._at] in BLANK:
            self._at += 1
        if self._at < len(self._text) and self._text[self._at] not in ENDS:
            self._word()

    def _skip_value(self, start: int) -> None:
        """Skip what is assigned: a word, or words in parentheses as far as they go."""
        while self._text.startswith(CONTINUED, start):
            start += len(CONTINUED)
        self._at = start
        if not self._text.startswith("(", start):
            if start < len(self._text) and self._text[start] not in BLANK + OPERATORS:
                self._word()
            self._with_backticks(0)
            return
        self._at += 1
        while self._at < len(self._text) and self._text[self._at] not in ENDS.replace(")", ""):
            if self._text[self._at] == ")":
                self._at += 1
                return
            if self._text[self._at] in BLANK or self._text.startswith(CONTINUED, self._at):
                self._at += 1 if self._text[self._at] in BLANK else len(CONTINUED)
            else:
                self._word()
