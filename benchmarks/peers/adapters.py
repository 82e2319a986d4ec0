"""How each peer is asked, and how its answer is read; the command lines are those of its own documentation."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PLUGIN, PROJECT = "plugin", "project"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a peer reports: the file it names ("" when it names none), "error", "warning" or "info", rule and words."""

    path: str
    level: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Adapter:
    """A peer's command lines for a pack, the reader of its JSON, and the exit codes that are answers.

    Any other exit code is a crash, and so are output that is not JSON and a run over the time limit.
    A pack in a layout that is not among `layouts` is not counted against the peer.
    """

    arguments: Callable[[Path], list[list[str]]]
    read: Callable[[Any], Iterator[Finding]]
    answers: tuple[int, ...] = (0, 1)
    layouts: tuple[str, ...] = (PLUGIN, PROJECT)
    environment: dict[str, str] = field(default_factory=dict)


def _always(*arguments: str) -> Callable[[Path], list[list[str]]]:
    return lambda _: [list(arguments)]


def _agnix(answer: Any) -> Iterator[Finding]:
    for each in answer["diagnostics"]:
        yield Finding(each["file"], each["level"], each["rule"], each["message"])


def _skillsaw(answer: Any) -> Iterator[Finding]:
    for each in answer["violations"]:
        yield Finding(each["file_path"] or "", each["severity"], each["rule_id"], each["message"])


def _skilllint(answer: Any) -> Iterator[Finding]:
    for file in answer["files"]:
        for validator in file["validators"]:
            for each in validator["issues"]:
                words = f"{each['field']}: {each['message']}"
                yield Finding(file["path"], each["severity"], each["code"] or "", words)


def _frontmatter_guard(answer: Any) -> Iterator[Finding]:
    for each in answer["findings"]:
        yield Finding(each["file"], each["severity"], each["rule"], each["message"])


def _claude_config_auditor(answer: Any) -> Iterator[Finding]:
    for each in answer["findings"]:
        yield Finding(each["file"] or "", each["severity"], each["code"], each["message"])


def _claudelint(answer: Any) -> Iterator[Finding]:
    for validator in answer["validators"]:
        for each in [*validator["errors"], *validator["warnings"]]:
            yield Finding(each.get("file") or "", each["severity"], each.get("ruleId") or "", each["message"])


def _cclint(answer: Any) -> Iterator[Finding]:
    for file in answer["results"]:
        yield from (Finding(file["file"], "error", "", words) for words in file["errors"])
        yield from (Finding(file["file"], "error", "missing", words) for words in file["missingFields"])
        yield from (Finding(file["file"], "warning", "", words) for words in file["warnings"])
        yield from (Finding(file["file"], "info", "", words) for words in file["suggestions"])


def _official_arguments(pack: Path) -> list[list[str]]:
    """The folder; in a folder with both manifests that reads the marketplace alone, so the plugin is asked for, too.

    A folder without a manifest that is no project it refuses as a whole, so each of its parts is asked for.
    """
    plugin, market = (pack / ".claude-plugin" / name for name in ("plugin.json", "marketplace.json"))
    places = ["."]
    if plugin.is_file() and market.is_file():
        places = [".", ".claude-plugin/plugin.json"]
    elif not (plugin.is_file() or market.is_file() or (pack / ".claude").is_dir()):
        places = [name for name in ("agents", "commands", "skills") if (pack / name).is_dir()] or ["."]
    return [["plugin", "validate", "--json", place] for place in places]


def _official(answer: Any) -> Iterator[Finding]:
    for part in [*([answer["manifest"]] if answer["manifest"] else []), *answer["contents"]]:
        for level in ("error", "warning"):
            for each in part[f"{level}s"]:
                yield Finding(part["file"], level, each["code"] or each["path"] or "", each["message"])


def _packlint(answer: Any) -> Iterator[Finding]:
    for each in answer["problems"]:
        yield Finding(each["path"], each["severity"], each["code"], each["message"])


PACKLINT = Adapter(_always("-m", "packlint", "check", "--format", "json", "."), _packlint)

ADAPTERS = {
    "agnix": Adapter(_always("--target", "claude-code", "--format", "json", "."), _agnix),
    "skillsaw": Adapter(_always("lint", "--verbose", "--format", "json", "."), _skillsaw),
    "skilllint": Adapter(_always("check", "--check", "--verbose", "--show-progress", "--json", "."), _skilllint),
    "frontmatter-guard": Adapter(_always("check", "--format", "json", "."), _frontmatter_guard),
    # Its documentation gives this setting for machines without network; the token counts alone depend on it.
    "claude-config-auditor": Adapter(
        _always("audit", "--json", "."),
        _claude_config_auditor,
        layouts=(PROJECT,),
        environment={"CLAUDE_AUDIT_TOKENIZER": "heuristic"},
    ),
    "claudelint": Adapter(_always("check-all", "--no-cache", "--no-collapse", "--format", "json"), _claudelint),
    "cclint": Adapter(_always("--root", ".", "--format", "json"), _cclint),
    "claude plugin validate": Adapter(_official_arguments, _official),
}


def parsed(output: str) -> Any:
    """The JSON value in `output`; ValueError when there is none. Lines before it are progress messages."""
    start = min((at for at in (output.find("{"), output.find("[")) if at >= 0), default=-1)
    if start < 0:
        raise ValueError("no JSON in the output")
    return json.JSONDecoder().raw_decode(output[start:])[0]
