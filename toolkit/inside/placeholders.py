"""Values for settings that nobody has set, so that an application can be looked at without its secrets.

They lead nowhere: every address is a closed port of this machine. What was replaced is reported by name.
"""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from pathlib import Path
from typing import Any

TOKEN = "placeholder"  # noqa: S105 - it opens nothing
DRIVERS = (
    ("asyncpg", "postgresql+asyncpg"),
    ("psycopg", "postgresql+psycopg"),
    ("psycopg2", "postgresql+psycopg2"),
    ("aiomysql", "mysql+aiomysql"),
    ("pymysql", "mysql+pymysql"),
    ("aiosqlite", "sqlite+aiosqlite"),
)
MOST_ROUNDS = 200
# The values that variables may get, the one that each has now first.
_variables: dict[str, list[Any]] = {}
_EXPECTED = re.compile(r"'([^']*)'|\b(\d+)\b")


def database_url() -> str:
    """An address of a database, for the first driver that is installed."""
    scheme = next((scheme for module, scheme in DRIVERS if importlib.util.find_spec(module)), "sqlite")
    return f"{scheme}://{TOKEN}:{TOKEN}@127.0.0.1:1/{TOKEN}" if not scheme.startswith("sqlite") else f"{scheme}://"


def candidates(name: str) -> list[Any]:
    """Values to try for a setting, the likeliest for its name first."""
    text = "-".join([TOKEN] * 5)
    http, redis, mail = "http://127.0.0.1:1", "redis://127.0.0.1:1/0", f"{TOKEN}@example.com"
    database = database_url()
    generic = [text, TOKEN, "1", 1, http, database, "postgresql://127.0.0.1:1/x", redis, mail, "amqp://127.0.0.1:1//"]
    generic += [False, [], {}, ".", "2000-01-01", "2000-01-01T00:00:00Z", "00000000-0000-4000-8000-000000000000"]
    likely: list[Any] = []
    if re.search(r"redis|broker|celery", name, re.IGNORECASE):
        likely = [redis]
    elif re.search(r"(?:database|postgres|pg|db|sql).*(?:url|uri|dsn)|^(?:dsn|sqlalchemy.*)$", name, re.IGNORECASE):
        likely = [database]
    elif re.search(r"url|uri|origin", name, re.IGNORECASE):
        likely = [http]
    elif re.search(r"mail|superuser$", name, re.IGNORECASE) and not re.search(r"host|pass|port", name, re.IGNORECASE):
        likely = [mail]
    elif re.search(r"port$|count|size|seconds|minutes|days|limit", name, re.IGNORECASE):
        likely = ["1"]
    return [*likely, *(value for value in generic if value not in likely)]


def variable(name: str) -> str:
    """The value that stands for a variable nobody has set."""
    return str(_variables.setdefault(name, candidates(name))[0])


def any_variable() -> bool:
    """Whether values of ours stand for variables."""
    return bool(_variables)


def try_another(error: BaseException) -> bool:
    """Choose the next value for the variable whose value an exception quotes; False where there is nothing to do."""
    for name, options in reversed(_variables.items()):
        if repr(str(options[0])) in str(error) and len(options) > 1:
            options.pop(0)
            if name in os.environ:
                os.environ[name] = str(options[0])
            return True
    return False


def fill_settings(used: set[str]) -> None:
    """Let every settings class of pydantic-settings take a value where it misses one.

    Args:
        used: the names of the settings that were filled are put in here.
    """
    if importlib.util.find_spec("pydantic_settings") is None:
        return
    from pydantic import ValidationError
    from pydantic_settings import BaseSettings

    original = BaseSettings.__init__

    def filled(self: Any, *args: Any, **values: Any) -> None:
        tried: dict[tuple[str, ...], list[Any]] = {}
        for _ in range(MOST_ROUNDS):
            try:
                original(self, *args, **_merged(values, tried))
            except ValidationError as error:
                if not _advance(error.errors(include_url=False), tried):
                    raise
            else:
                used.update(".".join(path) for path in tried)
                return
        original(self, *args, **values)

    BaseSettings.__init__ = filled


def _advance(errors: list[Any], tried: dict[tuple[str, ...], list[Any]]) -> bool:
    """Choose the next value for each setting that is missing or not yet right; False where there is nothing to do."""
    moved = False
    for error in errors:
        path = tuple(str(part) for part in error["loc"])
        # A later one lies deeper: inside a value of ours that is a mapping.
        ours = next((known for known in reversed(tried) if path[: len(known)] == known), None)
        if error["type"] == "missing" and path not in ((), ours):
            tried[path] = candidates(path[-1])
            moved = True
        elif ours is not None and len(tried[ours]) > 1:
            tried[ours].pop(0)
            tried[ours][:0] = _expected(error) if error["type"] in ("literal_error", "enum") else []
            moved = True
    return moved


def _expected(error: Any) -> list[Any]:
    match = _EXPECTED.search(str(error.get("ctx", {}).get("expected", "")))
    return [match[1] if match[1] is not None else int(match[2])] if match else []


def _merged(values: dict[str, Any], tried: dict[tuple[str, ...], list[Any]]) -> dict[str, Any]:
    merged = dict(values)
    for path, options in tried.items():
        inner = merged
        for part in path[:-1]:
            inner[part] = dict(inner[part]) if isinstance(inner.get(part), dict) else {}
            inner = inner[part]
        inner[path[-1]] = options[0]
    return merged


def fill_environment(folder: Path, used: set[str]) -> None:
    """Let code of the project find a value where it asks for a variable that is not set and names no default."""
    original = os._Environ.get
    own = str(folder) + os.sep

    def get(self: Any, key: Any, default: Any = None) -> Any:
        value = original(self, key, default)
        frame: Any = sys._getframe(1)
        if frame.f_code.co_name == "getenv" and frame.f_back is not None:
            frame = frame.f_back
        file = frame.f_code.co_filename
        if value is None and isinstance(key, str) and file.startswith(own) and "site-packages" not in file:
            used.add(key)
            return variable(key)
        return value

    os._Environ.get = get  # type: ignore[method-assign]


def missing_variable(error: BaseException) -> str | None:
    """The variable whose absence an exception complains about, as the usual ways to read one say it."""
    if type(error).__name__ not in ("KeyError", "EnvError", "UndefinedValueError"):
        return None
    match = re.search(r"[A-Z][A-Z0-9_]{2,}", str(error))
    return match[0] if match and match[0] not in os.environ else None
