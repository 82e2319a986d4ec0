"""Settings: `[tool.packlint]` in pyproject.toml, overridden by the command line."""

from __future__ import annotations

import os

from packlint import regex
from packlint.client import UnknownClientError, client
from packlint.discovery.layout import Layout
from packlint.record import field, record
from packlint.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from packlint.files.disk import Disk


_TOOL = rb"""["']?tool["']?[ \t]*"""
# How a TOML file may say something of `tool.packlint`: in a header, a dotted key, a table or a value called `tool`.
_CONFIGURING = regex.lazy(
    rb"""(?m)%b\.[ \t]*["']?packlint|^[ \t]*(?:\[[ \t]*%b\]|%b=)|\\[uU]0""" % (_TOOL, _TOOL, _TOOL)
)
# The file that holds the findings which are known and not reported.
BASELINE = ".packlint-baseline.json"


class ConfigError(Exception):
    """A setting is wrong; the text says where, what and how to mend it."""


@record(frozen=True)
class Settings:
    """What a run does. Codes are rule codes or prefixes of them: `FM006`, `FM`.

    Patterns count from the folder `base`; where that is None, from the one packlint was started in.
    """

    client: str | None = None
    layout: str = "auto"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own_keys: tuple[str, ...] = ()
    strict: bool = False
    base: str | None = None

    def codes(self) -> list[str]:
        """The codes of the rules that run, in order."""
        from packlint.rules import RULES

        chosen = self.select or ("",)
        return [
            code
            for code in RULES
            if (code.startswith(chosen) and not (self.ignore and code.startswith(self.ignore)))
            or (self.extend_select and code.startswith(self.extend_select))
        ]

    def ignored_for(self, path: str) -> tuple[str, ...]:
        """The code prefixes that `per-file-ignores` switches off for one file."""
        if not self.per_file_ignores:
            return ()
        is_elsewhere = self.base is not None and self.base != os.getcwd()
        below = os.path.relpath(path, self.base) if is_elsewhere else path
        found: list[str] = []
        for pattern, codes in self.per_file_ignores.items():
            if _fits(os.path.abspath(path) if os.path.isabs(pattern) else below, pattern.removeprefix("./")):
                found += codes
        return tuple(found)

    @property
    def forced_layout(self) -> Layout | None:
        return None if self.layout == "auto" else Layout(self.layout)


def _fits(path: str, pattern: str) -> bool:
    from packlint.text.wildcards import matches

    return matches(path, pattern) or matches(path, f"*/{pattern}")


def _keys() -> dict[str, str]:
    return {name.replace("_", "-"): name for name in Settings.__match_args__ if name != "base"}


def load(disk: Disk, start: str, explicit: str | None = None) -> Settings:
    """The settings of the pyproject.toml at or above the folder `start`, or of the file given.

    Raises:
        ConfigError: the file is missing or not TOML, a key or value in it is wrong, or the file given has other things.
    """
    path = explicit or disk.nearest(start, "pyproject.toml")
    if path is None:
        return Settings()
    raw, reason = disk.read(path)
    if reason is not None and disk.kind(path) is None:
        raise ConfigError(f"{path} does not exist; give --config a TOML file with [tool.packlint]")
    if reason is not None:
        raise ConfigError(f"{path}: {reason}")
    is_telling = _may_configure(raw)
    if explicit is None and not is_telling:
        return Settings()
    from packlint.parsing import plain_toml

    try:
        text = _decoded(raw)
        section = plain_toml.table(text, "packlint") if is_telling else None
        if section is None:
            section = _section(text, path, is_telling or os.path.basename(path) == "pyproject.toml")
    except ValueError as error:
        raise ConfigError(f"{path}: {error}") from None
    # A file that was given may lie anywhere.
    return from_table(section, path, None if explicit else os.path.dirname(path))


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not UTF-8; save the file as UTF-8") from None


def _section(text: str, path: str, may_be_missing: bool) -> dict[str, Any]:
    """`[tool.packlint]` by the TOML parser.

    A pyproject.toml may say nothing of packlint; any other file that was given is there for its settings.
    """
    from packlint.parsing import toml

    table = toml.loads(text)
    tools = table.get("tool", {})
    section = tools.get("packlint", {}) if isinstance(tools, dict) else tools
    if not isinstance(section, dict):
        raise ConfigError(f"{path}: [tool.packlint] must be a table")
    if table and not may_be_missing and "packlint" not in tools:
        raise ConfigError(f"{path} has no table [tool.packlint]; without it none of its settings count")
    return section


def _may_configure(raw: bytes) -> bool:
    """Whether a TOML file can hold `tool.packlint`.

    Only such a file is parsed, for the parser alone takes longer to load than a small pack takes to check.
    """
    return (b"packlint" in raw or b"\\" in raw) and _CONFIGURING.search(raw) is not None


def from_table(section: Mapping[str, Any], where: str, base: str | None = None) -> Settings:
    """Settings from the keys of one table, whose patterns count from `base`; `where` begins every error message."""
    values: dict[str, Any] = {}
    for key, value in section.items():
        if key not in _keys():
            known = ", ".join(sorted(_keys()))
            hint = did_you_mean(key, _keys()) or f"; known keys: {known}"
            raise ConfigError(f"{where}: unknown key '{key}' in [tool.packlint]{hint}")
        values[_keys()[key]] = _checked(key, value, where)
    return check(Settings(**values, base=base), where)


def _checked(key: str, value: Any, where: str) -> Any:
    if key in ("client", "layout"):
        if not isinstance(value, str):
            raise ConfigError(
                f"{where}: '{key}' must be a text, such as \"{'2.1.328' if key == 'client' else 'auto'}\""
            )
        return value
    if key == "strict":
        if not isinstance(value, bool):
            raise ConfigError(f"{where}: 'strict' must be true or false")
        return value
    if key == "per-file-ignores":
        if not isinstance(value, dict):
            raise ConfigError(f"{where}: 'per-file-ignores' must be a table of glob = [codes]")
        return {pattern: _texts(f"per-file-ignores.{pattern}", codes, where) for pattern, codes in value.items()}
    return _texts(key, value, where)


def _texts(key: str, value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        example = {"exclude": "tests/fixtures", "own-keys": "origin"}.get(key, "FM")
        raise ConfigError(f"{where}: '{key}' must be a list of texts, such as [\"{example}\"]")
    return tuple(value)


def check(settings: Settings, where: str) -> Settings:
    """The settings themselves, once their values are known to exist.

    Raises:
        ConfigError: a client version, a layout or a rule code that does not exist.
    """
    from packlint.rules import RULES

    try:
        client(settings.client)
    except UnknownClientError as error:
        raise ConfigError(f"{where}: {error}") from None
    if settings.layout not in ("auto", *Layout):
        raise ConfigError(f"{where}: layout '{settings.layout}' is not one of auto, plugin, project")
    ignores = [code for codes in settings.per_file_ignores.values() for code in codes]
    for code in (*settings.select, *settings.ignore, *settings.extend_select, *ignores):
        if not code or not any(known.startswith(code) for known in RULES):
            from packlint import manual

            raise ConfigError(f"{where}: no rule '{code}'{manual.hint(code)}")
    return settings


def override(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """Settings with every given value that is not None put in, from the command line.

    Raises:
        ConfigError: as `check`.
    """
    given = {key: value for key, value in changes.items() if value is not None}
    current = {name: getattr(settings, name) for name in Settings.__match_args__}
    return check(Settings(**current | given), "command line")


def split_codes(values: Sequence[str] | None) -> tuple[str, ...] | None:
    """`--select FM,NM --select TL001` as one tuple; None where the option was not given."""
    return (
        None if values is None else tuple(code.strip() for value in values for code in value.split(",") if code.strip())
    )
