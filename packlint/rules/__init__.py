"""The rules, in an explicit table.

A rule is a module: its docstring is its manual (`packlint rule CODE`), and it has CODE, NAME, SEVERITY,
KINDS - the kinds of file it looks at - and `check(file, pack)`, a generator of findings. Rules read
no files by themselves and share nothing but what the pack offers.

The table names, beside each rule's module, the signs without which it has nothing to say: see `packlint.signs`. A
rule is imported and asked only about files that show one of them. `ALONE` are the rules that one file is enough for,
`TOGETHER` those that need to know the rest of the pack.
"""

from __future__ import annotations

from _collections_abc import Mapping  # what `collections.abc` is, without what `collections` loads besides

from packlint import signs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Protocol

    from packlint.pack import File, Kind, Pack
    from packlint.problem import Finding, Severity

    class Rule(Protocol):
        """What every rule module offers."""

        CODE: str
        NAME: str
        SEVERITY: Severity
        KINDS: tuple[Kind, ...]
        __doc__: str | None

        @staticmethod
        def check(file: File, pack: Pack) -> Iterator[Finding]: ...


# A rule's module, and the signs of which a file must show one.
Row = tuple[str, frozenset[str]]


def _row(module: str, *shown: str) -> Row:
    return module, frozenset(shown)


ALONE: dict[str, Row] = {
    "CD001": _row("unclosed_fence", signs.UNCLOSED_FENCE),
    "CD002": _row("broken_python", signs.PYTHON),
    "CD003": _row("broken_json", signs.JSON),
    "CD004": _row("broken_yaml", signs.YAML),
    "CD005": _row("broken_toml", signs.TOML),
    "CD006": _row("broken_shell", signs.SHELL),
    "CD007": _row("merge_marker", signs.MERGE_MARKER),
    "CM001": _row("unplaced_arguments", signs.PLACEHOLDER),
    "CM002": _row("first_argument", signs.NUMBER),
    "CM003": _row("accidental_placeholder", signs.NUMBER),
    "CM004": _row("unapproved_inline", signs.INLINE),
    "CM005": _row("shell_injection", signs.INLINE),
    "CM006": _row("failing_inline", signs.INLINE),
    "CM007": _row("undescribed_command", signs.NO_DESCRIPTION),
    "CM009": _row("agent_without_fork", signs.KEYS),
    "CM010": _row("untypeable_name", signs.SPACED_NAME),
    "CM012": _row("lost_argument", signs.PLACEHOLDER),
    "CM013": _row("refused_name", signs.ODD_NAME),
    "CM014": _row("unrun_inline", signs.BANG),
    "DS001": _row("vague_description", signs.VAGUE),
    "DS003": _row("cut_description", signs.LONG_DESCRIPTION),
    "DS004": _row("token_budget", signs.LONG),
    "FM000": _row("unreadable", signs.UNREADABLE),
    "FM002": _row("late_frontmatter", signs.NO_FRONTMATTER, signs.BYTE_ORDER_MARK),
    "FM003": _row("unclosed_frontmatter", signs.UNCLOSED_FRONTMATTER),
    "FM004": _row("empty_frontmatter", signs.NO_MAPPING),
    "FM005": _row("lost_yaml", signs.LOST),
    "FM006": _row("recovered_yaml", signs.RECOVERED),
    "FM007": _row("dashes_in_value", signs.DASHES),
    "FM008": _row("duplicate_key", signs.KEYS),
    "FM009": _row("yaml11_value", signs.KEYS),
    "FM010": _row("decorated_value", signs.KEYS),
    "FM011": _row("comment_in_value", signs.KEYS),
    "FM012": _row("wrong_type", signs.KEYS),
    "FM013": _row("unknown_key", signs.KEYS),
    "FM014": _row("inert_key", signs.KEYS),
    "FM015": _row("plugin_ignored_key", signs.KEYS),
    "FM016": _row("unknown_model", signs.KEYS),
    "FM017": _row("bad_value", signs.KEYS),
    "FM018": _row("missing_description", signs.NO_DESCRIPTION),
    "FM019": _row("unusable_hooks", signs.KEYS),
    "NM001": _row("missing_name", signs.NO_NAME),
    "NM002": _row("unusable_name", signs.ODD_NAME),
    "NM004": _row("shadowed_builtin", signs.BUILTIN_NAME),
    "NM005": _row("name_differs", signs.OTHER_NAME),
    "PL001": _row("manifest_fault", signs.FAULT),
    "PL002": _row("manifest_value", signs.PLUGIN_JSON, signs.MCP_JSON),
    "PL003": _row("plugin_name", signs.PLUGIN_JSON),
    "PL004": _row("path_form", signs.PLUGIN_PATHS),
    "PL005": _row("manifest_path", signs.PLUGIN_PATHS),
    "PL006": _row("unknown_manifest_key", signs.PLUGIN_JSON, signs.MARKETPLACE_JSON),
    "PL007": _row("marketplace_field", signs.MARKETPLACE_JSON),
    "PL008": _row("hooks_shape", signs.HOOKS),
    "PL009": _row("unknown_hook_event", signs.HOOKS),
    "PL010": _row("unquoted_hook_path", signs.HOOKS),
    "PL011": _row("missing_hook_script", signs.HOOKS),
    "PL012": _row("misplaced_folder", signs.OVERLOOKED),
    "PL013": _row("linked_file", signs.OVERLOOKED),
    "PL014": _row("settings_tool", signs.SETTINGS_JSON),
    "PL016": _row("settings_value", signs.SETTINGS_JSON),
    "PL017": _row("skipped_permission", signs.SETTINGS_JSON),
    "PL018": _row("idle_matcher", signs.HOOKS),
    "PL019": _row("unmet_dependency", signs.DEPENDENCIES),
    "PL021": _row("hook_timeout", signs.HOOKS),
    "PL023": _row("link_as_text", signs.PATH_ALONE),
    "RF002": _row("wrong_case_path", signs.WRONG_CASE),
    "RF003": _row("escaping_path", signs.ESCAPING),
    "RF004": _row("absolute_path", signs.HOME),
    "RF005": _row("unbraced_variable", signs.UNBRACED),
    "RF006": _row("literal_variable", signs.LITERAL),
    "RF007": _row("project_path", signs.OWN_FILE),
    "RF013": _row("unattached_file", signs.UNATTACHED),
    "SC001": _row("secret", signs.SECRET),
    "SC002": _row("bypassed_permissions", signs.KEYS),
    "SC003": _row("broad_grant", signs.SHELL_GRANT),
    "SC004": _row("pipe_to_shell", signs.DOWNLOAD),
    "SC005": _row("hidden_order", signs.COMMENT),
    "SN001": _row("snippet_source", signs.SNIPPET),
    "SN002": _row("snippet_region", signs.SNIPPET),
    "SN003": _row("snippet_differs", signs.SNIPPET),
    "SU001": _row("unused_suppression", signs.SUPPRESSION),
    "TL001": _row("unknown_tool", signs.TOOLS),
    "TL002": _row("miscased_tool", signs.TOOLS),
    "TL003": _row("dead_tool", signs.TOOLS),
    "TL004": _row("renamed_tool", signs.TOOLS),
    "TL005": _row("empty_tools", signs.TOOLS),
    "TL006": _row("no_tool_left", signs.TOOLS),
    "TL007": _row("main_thread_tool", signs.TOOLS),
    "TL008": _row("background_tool", signs.TOOLS),
    "TL009": _row("withheld_tool", signs.TOOLS, signs.WITHHELD),
    "TL010": _row("denied_tool", signs.TOOLS),
    "TL011": _row("cosmetic_pattern", signs.TOOLS),
    "TL012": _row("malformed_tool", signs.TOOLS),
    "TL013": _row("tool_not_granted", signs.NAMES_TOOL),
    "TL015": _row("slashless_grant", signs.TOOLS),
    "TL017": _row("idle_pattern", signs.ODD_PATTERN, signs.SETTINGS_JSON),
    "TX001": _row("mojibake", signs.MOJIBAKE),
    "TX002": _row("not_utf8", signs.REPLACED),
    "TX003": _row("zero_width", signs.ZERO_WIDTH),
    "TX004": _row("bidirectional", signs.BIDIRECTIONAL),
    "TX005": _row("hidden_text", signs.TAGS),
    "TX006": _row("control_character", signs.CONTROL),
}

TOGETHER: dict[str, Row] = {
    "CM008": _row("unknown_fork_agent", signs.KEYS),
    "CM011": _row("hiding_skill", signs.SKILL_FILE),
    "DS002": _row("overlapping_description", signs.OVERLAP),
    "DS005": _row("overfull_list", signs.OVERFULL),
    "FM001": _row("missing_frontmatter", signs.NO_FRONTMATTER),
    "NM003": _row("duplicate_name", signs.SAME_NAME),
    "PL015": _row("stray_skill", signs.STRAY),
    "PL020": _row("plugin_settings", signs.OWN_SETTINGS),
    "PL022": _row("denied_agent", signs.SETTINGS_JSON, signs.DENIED_CALL),
    "RF001": _row("missing_file", signs.MISSING),
    "RF008": _row("missing_anchor", signs.ANCHOR),
    "RF009": _row("unread_document", signs.UNREAD),
    "RF010": _row("unknown_agent", signs.UNKNOWN_CALL),
    "RF011": _row("ungranted_read", signs.PLUGIN_READ),
    "RF012": _row("unknown_skill", signs.SKILLS),
    "RF014": _row("unknown_command", signs.UNKNOWN_COMMAND),
    "TL014": _row("ghost_agent", signs.TOOLS),
    "TL016": _row("plugin_server", signs.TOOLS),
}


# Those of ALONE that read a document's text, and sources below the pack's root: once is enough for packs of one root.
BY_TEXT = frozenset(
    {"CD001", "CD002", "CD003", "CD004", "CD005", "CD006", "CD007", "RF004", "SC001", "SC004", "SC005"}
    | {"SN001", "SN002", "SN003", "TX001", "TX002", "TX003", "TX004", "TX005", "TX006"}
)


class _Rules(Mapping[str, "Rule"]):
    """Every rule by its code, in order; a rule's module is imported when it is asked for."""

    def __init__(self) -> None:
        self._rows = dict(sorted((ALONE | TOGETHER).items()))
        self._imported: dict[str, Rule] = {}

    def __getitem__(self, code: str) -> Rule:
        known = self._imported.get(code)
        if known is None:
            # `importlib` would have to be imported itself.
            module: Any = __import__(f"packlint.rules.{self._rows[code][0]}", fromlist=["check"])
            known = self._imported[code] = module
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


RULES: Mapping[str, Rule] = _Rules()
