"""The rules, in an explicit table.

A rule is a module: its docstring is its manual (`packlint rule CODE`), and it has CODE, NAME, SEVERITY,
KINDS - the kinds of file it looks at - and `check(file, pack)`, a generator of findings. Rules read
no files by themselves and share nothing but what the pack offers.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Protocol, cast

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.rules import (
    absolute_path,
    background_tool,
    bad_value,
    comment_in_value,
    cosmetic_pattern,
    dashes_in_value,
    dead_tool,
    decorated_value,
    denied_tool,
    duplicate_key,
    duplicate_name,
    empty_frontmatter,
    empty_tools,
    escaping_path,
    ghost_agent,
    inert_key,
    late_frontmatter,
    literal_variable,
    lost_yaml,
    main_thread_tool,
    malformed_tool,
    manifest_fault,
    miscased_tool,
    missing_anchor,
    missing_description,
    missing_file,
    missing_frontmatter,
    missing_name,
    mojibake,
    name_differs,
    no_tool_left,
    not_utf8,
    plugin_ignored_key,
    project_path,
    recovered_yaml,
    renamed_tool,
    shadowed_builtin,
    slashless_grant,
    tool_not_granted,
    unbraced_variable,
    unclosed_frontmatter,
    ungranted_read,
    unknown_agent,
    unknown_key,
    unknown_model,
    unknown_tool,
    unread_document,
    unreadable,
    unusable_name,
    unused_suppression,
    withheld_tool,
    wrong_case_path,
    wrong_type,
    yaml11_value,
)


class Rule(Protocol):
    """What every rule module offers."""

    CODE: str
    NAME: str
    SEVERITY: Severity
    KINDS: tuple[Kind, ...]
    __doc__: str | None

    @staticmethod
    def check(file: File, pack: Pack) -> Iterator[Finding]: ...


_MODULES: tuple[ModuleType, ...] = (
    unreadable,
    missing_frontmatter,
    late_frontmatter,
    unclosed_frontmatter,
    empty_frontmatter,
    lost_yaml,
    recovered_yaml,
    dashes_in_value,
    duplicate_key,
    yaml11_value,
    decorated_value,
    comment_in_value,
    wrong_type,
    unknown_key,
    inert_key,
    plugin_ignored_key,
    unknown_model,
    bad_value,
    missing_description,
    missing_name,
    unusable_name,
    duplicate_name,
    shadowed_builtin,
    name_differs,
    unknown_tool,
    miscased_tool,
    dead_tool,
    renamed_tool,
    empty_tools,
    no_tool_left,
    main_thread_tool,
    background_tool,
    withheld_tool,
    denied_tool,
    cosmetic_pattern,
    malformed_tool,
    tool_not_granted,
    ghost_agent,
    slashless_grant,
    missing_file,
    wrong_case_path,
    escaping_path,
    absolute_path,
    unbraced_variable,
    literal_variable,
    project_path,
    missing_anchor,
    unread_document,
    unknown_agent,
    ungranted_read,
    mojibake,
    not_utf8,
    manifest_fault,
    unused_suppression,
)

_RULES = [cast(Rule, module) for module in _MODULES]

RULES: dict[str, Rule] = {rule.CODE: rule for rule in sorted(_RULES, key=lambda rule: rule.CODE)}
