"""Tricky packs in which nothing is wrong."""

from __future__ import annotations

from tests.planted.plain import Valid
from tests.planted.valid_agents import VALID_AGENTS
from tests.planted.valid_commands import VALID_COMMANDS
from tests.planted.valid_packs import VALID_PACKS
from tests.planted.valid_prose import VALID_PROSE
from tests.planted.valid_skills import VALID_SKILLS

VALID: tuple[Valid, ...] = (*VALID_AGENTS, *VALID_COMMANDS, *VALID_SKILLS, *VALID_PACKS, *VALID_PROSE)
