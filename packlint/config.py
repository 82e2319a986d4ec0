"""Settings: `[tool.packlint]` in pyproject.toml, overridden by the command line."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from packlint.client import UnknownClientError, client
from packlint.loader import Layout
from packlint.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class ConfigError(Exception):
    """A setting is wrong; the text says where, what and how to mend it."""


@dataclass(frozen=True)
class Settings:
    """What a run does. Codes are rule codes or prefixes of them: `FM006`, `FM`."""

    client: str | None = None
    layout: str = "auto"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    strict: bool = False

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
        return tuple(
            code
            for pattern, codes in self.per_file_ignores.items()
            if fnmatch(path, pattern) or fnmatch(path, f"*/{pattern}")
            for code in codes
        )

    @property
    def forced_layout(self) -> Layout | None:
        return None if self.layout == "auto" else Layout(self.layout)


@cache
def _keys() -> dict[str, str]:
    return {each.name.replace("_", "-"): each.name for each in fields(Settings)}


def load(start: Path, explicit: Path | None = None) -> Settings:
    """The settings of the pyproject.toml at or above `start`, or of the file given.

    Raises:
        ConfigError: the file is missing or not TOML, or a key or value in it is wrong.
    """
    path = explicit or _find(start)
    if path is None:
        return Settings()
    try:
        with path.open("rb") as stream:
            table = tomllib.load(stream)
    except FileNotFoundError:
        raise ConfigError(f"{path} does not exist; give --config a TOML file with [tool.packlint]") from None
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from None
    section = table.get("tool", {}).get("packlint", {})
    if not isinstance(section, dict):
        raise ConfigError(f"{path}: [tool.packlint] must be a table")
    return from_table(section, str(path))


def _find(start: Path) -> Path | None:
    for folder in (start, *start.parents):
        candidate = folder / "pyproject.toml"
        if candidate.is_file():
            return candidate
        if (folder / ".git").exists():
            return None
    return None


def from_table(section: Mapping[str, Any], where: str) -> Settings:
    """Settings from the keys of one table; `where` begins every error message."""
    values: dict[str, Any] = {}
    for key, value in section.items():
        if key not in _keys():
            known = ", ".join(sorted(_keys()))
            hint = did_you_mean(key, _keys()) or f"; known keys: {known}"
            raise ConfigError(f"{where}: unknown key '{key}' in [tool.packlint]{hint}")
        values[_keys()[key]] = _checked(key, value, where)
    return check(Settings(**values), where)


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
        raise ConfigError(f"{where}: '{key}' must be a list of texts, such as [\"FM\"]")
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
            hint = did_you_mean(code, RULES) or "; `packlint rules` lists them"
            raise ConfigError(f"{where}: no rule '{code}'{hint}")
    return settings


def override(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """Settings with every given value that is not None put in, from the command line.

    Raises:
        ConfigError: as `check`.
    """
    given = {key: value for key, value in changes.items() if value is not None}
    return check(replace(settings, **given), "command line")


def split_codes(values: Sequence[str] | None) -> tuple[str, ...] | None:
    """`--select FM,NM --select TL001` as one tuple; None where the option was not given."""
    return (
        None if values is None else tuple(code.strip() for value in values for code in value.split(",") if code.strip())
    )
