"""Planted defects: each a small pack with one thing wrong, the code that names it and the place."""

from __future__ import annotations

from tests.planted.code_defects import CODE_DEFECTS
from tests.planted.command_defects import COMMAND_DEFECTS
from tests.planted.frontmatter_defects import FRONTMATTER_DEFECTS
from tests.planted.guard_defects import GUARD_DEFECTS
from tests.planted.hook_defects import HOOK_DEFECTS
from tests.planted.name_defects import NAME_DEFECTS
from tests.planted.plain import Defect
from tests.planted.plugin_defects import PLUGIN_DEFECTS
from tests.planted.reference_defects import REFERENCE_DEFECTS
from tests.planted.skill_defects import SKILL_DEFECTS
from tests.planted.skill_file_defects import SKILL_FILE_DEFECTS
from tests.planted.tool_defects import TOOL_DEFECTS

DEFECTS: tuple[Defect, ...] = (
    *FRONTMATTER_DEFECTS,
    *GUARD_DEFECTS,
    *TOOL_DEFECTS,
    *REFERENCE_DEFECTS,
    *COMMAND_DEFECTS,
    *CODE_DEFECTS,
    *PLUGIN_DEFECTS,
    *HOOK_DEFECTS,
    *SKILL_DEFECTS,
    *SKILL_FILE_DEFECTS,
    *NAME_DEFECTS,
)
