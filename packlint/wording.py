"""The words by which a text shows what it means to do with a file that it names."""

from __future__ import annotations

import re

from packlint import regex

TEMPLATE = regex.lazy(r"[*?<>{}\[\]$|]|\.\.\.|YYYY|NNN|\bXX")
READ = regex.lazy(
    r"\b(?:reads?|reading|see|consult|follow|refer|reference|references|load|check|study|review|according|"
    r"described|defined|documented|use|apply|found in)\b",
    re.IGNORECASE,
)
WRITE = regex.lazy(
    r"\b(?:writes?|writing|creates?|creating|saves?|saving|generates?|generating|outputs?|produces?|emit|appends?|"
    r"stores?|updates?|updating|adds?|put|drafts?|document in|record|maintain|keep)\b",
    re.IGNORECASE,
)
CONDITIONAL = regex.lazy(
    r"\b(?:e\.g\.|(?:if (?:it |they |any |one |there )?(?:exists?|present|available|is|are|found)|when (?:it |they )?"
    r"(?:exists?|present|available)|where (?:present|available)|if any|optional(?:ly)?|for example|for instance|"
    r"such as|like|example|would|might|may|installed|site-packages|wheel)\b)",
    re.IGNORECASE,
)
# Folders that belong to the project an agent works on, whatever the pack; files that every project may have.
PROJECT_FOLDERS = {
    "src", "app", "lib", "test", "tests", "docs", "doc", "spec", "specs", "plans", "tasks", "build", "dist",
    "tmp", "output", "reports", "adr", "memory", "path", "your", "my", "foo", "some", "packages", "apps", "backend",
    "frontend", "server", "client", "services", "node_modules", "vendor", "openspec", "memory-bank", "planning", "prd",
    "todos", "backlog", "sprints", "tickets",
}  # fmt: skip
PROJECT_FILES = {
    "readme", "claude", "agents", "gemini", "changelog", "contributing", "license", "security", "code_of_conduct",
}  # fmt: skip
# What stands for any file in a sample of how to write a link.
SAMPLE_NAMES = {"path", "file", "filename", "name", "example", "foo", "bar", "link"}
SENTENCE_END = regex.lazy(r"[.!?;](?<!\be\.g\.)(?<!\bi\.e\.)(?=\s)|\n\s*\n", re.IGNORECASE)
