"""Credentials in a text, told from placeholders and examples."""

from __future__ import annotations

from packlint import regex
from packlint.record import record
from packlint.text.holding import holds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# The issuer's own form of each token, long enough that no word has it.
_SHAPES = {
    "an AWS access key": r"(?:AKIA|ASIA)[A-Z2-7]{16}",
    "a GitHub token": r"gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}",
    "a GitLab token": r"glpat-[A-Za-z0-9_-]{20,}",
    "an Anthropic key": r"sk-ant-(?:api|admin|oat)\d\d-[A-Za-z0-9_-]{40,}",
    "an OpenAI key": r"sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,}|sk-[A-Za-z0-9]{48}",
    "a Slack token": r"xox[abeoprs]-(?:\d+-)+[A-Za-z0-9-]{16,}",
    "a Slack webhook": r"hooks\.slack\.com/services/T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{24}",
    "a Stripe key": r"[rs]k_live_[A-Za-z0-9]{24,}",
    "a Google API key": r"AIza[A-Za-z0-9_-]{35}",
    "an npm token": r"npm_[A-Za-z0-9]{36}",
    "a PyPI token": r"pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}",
    "a SendGrid key": r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}",
    "a Hugging Face token": r"hf_[A-Za-z0-9]{34}",
    "a JSON Web Token": r"eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{30,}",
}
_ANY = regex.lazy(
    "|".join(
        rf"(?<![A-Za-z0-9_-])(?P<k{number}>{shape})(?![A-Za-z0-9])" for number, shape in enumerate(_SHAPES.values())
    )
)
# How each begins, behind anything but a letter, a digit, `-` or `_`.
_BEGINNINGS = (
    "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "sk-", "xox", "hooks.slack.com",
    "sk_live_", "rk_live_", "AIza", "npm_", "pypi-", "SG.", "hf_", "eyJ",
)  # fmt: skip
_TOKEN_BYTES = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
_STRETCHES = bytes(ord("a") if byte in _TOKEN_BYTES else ord(" ") for byte in range(256))
# Most tokens have a stretch without a break that is so long, and begin with it; with the blank behind it, it is sought
# from blank to blank. The others are told by their marks, of `hooks.slack.com/services/T` what is no small letter.
_LONG = b"a" * len("xoxb-1-0123456789abcdef") + b" "
_MARKS = (b"SG.", b"PRIVATEKEY-----", b"AKIA", b"ASIA", b"..//T")
_BEGINNINGS_IN_BYTES = tuple(beginning.encode() for beginning in _BEGINNINGS)
_FIRST_TWO = frozenset(beginning[:2] for beginning in _BEGINNINGS_IN_BYTES)
_PRIVATE_KEY = regex.lazy(
    r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+((?:[A-Za-z0-9+/=]{40,}\s+){2,})[^-]{0,80}-----END"
)
_EXAMPLE = regex.lazy(
    r"(?i)example|sample|dummy|fake|placeholder|your|test|secret|token|xxx|abc?d?123|1234567|0123456|abcdef|changeme|redacted|\.\.\.",
)
_LEAST_ENTROPY = 3.0
# The token that jwt.io shows, which everybody copies.
_KNOWN_JWT = "eyJzdWIiOiIxMjM0NTY3ODkwIi"


@record(frozen=True)
class Secret:
    """A credential: its offsets, what it is, and its first characters."""

    start: int
    end: int
    kind: str
    shown: str


def may_hold(raw: bytes, marks: bytes) -> bool:
    """Whether a file can hold a credential at all, told by its bytes and its marks (`Document.marks`)."""
    if holds(marks, *_MARKS) or (holds(marks, b".J") and holds(raw, b".eyJ")):
        return True
    stretches = (raw + b" ").translate(_STRETCHES)
    at = stretches.find(_LONG)
    while at >= 0:
        start = stretches.rfind(b" ", 0, at) + 1
        if raw[start : start + 2] in _FIRST_TWO and raw.startswith(_BEGINNINGS_IN_BYTES, start):
            return True
        at = stretches.find(_LONG, at + len(_LONG))
    return False


def _begun(text: str) -> Iterator[int]:
    for beginning in _BEGINNINGS:
        for at in regex.occurrences(text, beginning):
            before = text[at - 1] if at else " "
            if not (before.isascii() and before.isalnum()) and before not in "-_":
                yield at


def find(text: str) -> Iterator[Secret]:
    """Every credential in a text that is random enough to be real."""
    for at in sorted(_begun(text)):
        match = _ANY.match(text, at)
        if match is not None and _is_random(match[0]):
            yield Secret(*match.span(), list(_SHAPES)[int((match.lastgroup or "k0")[1:])], match[0][:8])
    for match in _PRIVATE_KEY.finditer(text) if "PRIVATE KEY-----" in text else ():
        if _is_random(match[1]):
            yield Secret(match.start(), match.end(1), "a private key", "-----BEGIN")


def _is_random(token: str) -> bool:
    import math
    from collections import Counter

    counts = Counter(token)
    entropy = -sum(count / len(token) * math.log2(count / len(token)) for count in counts.values())
    return entropy >= _LEAST_ENTROPY and not _EXAMPLE.search(token) and _KNOWN_JWT not in token
