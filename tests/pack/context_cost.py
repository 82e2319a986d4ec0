"""What the pack costs in a model's context: characters / 4, as the client estimates where it cannot count."""

from __future__ import annotations

from .documents import AGENTS, COMMAND, PATTERNS, STYLE, TOPICS, prompt, text_of

SKILL = "skills/fastapi-essentials/SKILL.md"
HUB = "commands/document-hub.md"
# What a survey is given to say everything in.
SURVEY = 1000
# No more than this, for any of them.
BUDGETS = {"session": 600, "agent": 1_600, "small": 8_000, "medium": 10_000, "large": 32_000}


def _tokens(text: str) -> int:
    return len(text) // 4


def _listed(path: str) -> int:
    """What the main model is told of an agent, a command or a skill: its name and description."""
    frontmatter = prompt(path).frontmatter
    return _tokens(
        f"- fastapi-pack:{frontmatter['name']}: {frontmatter['description']} ({frontmatter.get('tools', '')})"
    )


def _body(path: str) -> int:
    return _tokens(prompt(path).body)


def _documents() -> int:
    """The two documents and the longest topic page."""
    return sum(_tokens(text_of(page)) for page in (PATTERNS, STYLE)) + max(_tokens(text_of(page)) for page in TOPICS)


def cost() -> dict[str, int]:
    """Tokens at most, by what they are for; what is read of the project itself is not among them."""
    agent = max(_body(f"agents/{name}.md") for name in AGENTS) + _body(SKILL)
    command = _body(COMMAND)
    return {
        "session": sum(_listed(path) for path in (*(f"agents/{name}.md" for name in AGENTS), COMMAND, HUB, SKILL)),
        "agent": agent,
        "small": command + SURVEY + _documents(),
        "medium": command + SURVEY + agent + _documents(),
        # Typed again with the approval; the expert twice, one implementer, service quality.
        "large": 2 * command + SURVEY + 4 * (agent + _documents()),
    }


def table() -> str:
    """The rows of the README's table, rounded up to tens."""
    names = {
        "session": "every session, whatever you do in it",
        "agent": "one agent as it starts, its essentials included",
        "small": "`/implement`, small: no agent",
        "medium": "`/implement`, medium: one agent",
        "large": "`/implement`, large: the expert twice, one implementer, service quality",
    }
    return "\n".join(f"| {names[key]} | {-(-tokens // 10) * 10:,} |" for key, tokens in cost().items())
