"""What `disallowed-tools` and `disallowedTools` of a command and of a skill refuse, asked of the real client."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from packlint.discovery.layout import Layout
from tests.client.driver import drive
from tests.client.scripted_api import Call, Request, Turn
from tests.client.staging import PLUGIN, Sample, stage
from tests.client.turns import in_turn

# Lines of frontmatter, each with whether Bash is refused then.
DENIALS = {
    "": False,
    "disallowed-tools: Bash": True,
    "disallowedTools: Bash": True,
    "disallowed-tools: [Write, Bash]": True,
    "disallowed-tools: '*'": True,
    "disallowed-tools: Bash(echo *)": True,
    "disallowed-tools: Bash(git *)": False,
    "disallowed-tools: bash": False,
    "disallowed-tools: Write\ndisallowedTools: Bash": False,
    "disallowed-tools:\ndisallowedTools: Bash": True,
    "disallowed-tools: Bash\nallowed-tools: Bash": True,
    "disallowed-tools: Bash\nallowed-tools: Bash(echo:*)": True,
}
_CALL = "Say hi"


def _model(request: Request) -> Turn:
    if request.tool_results or not any(_CALL in text for text in request.user_texts):
        return "ok"
    return [Call("Bash", {"command": "echo hi", "description": "says hi"}, f"toolu_{len(request.body['messages'])}")]


@in_turn(
    "where", product(Layout, ["commands/n{}.md", "skills/n{}/SKILL.md"]), ids=lambda where: f"{where[0]}-{where[1]}"
)
def test_what_a_command_denies(where: tuple[Layout, str], binary: Path, tmp_path: Path) -> None:
    layout, place = where
    samples = [
        Sample(f"n{number}", place.format(number), f"---\ndescription: d\n{lines}\n---\n{_CALL}.\n".encode())
        for number, lines in enumerate(DENIALS)
    ]
    staged = stage(samples, layout, tmp_path)
    names = [":".join(sample.staged.with_suffix("").parts[1:]).removesuffix(":SKILL") for sample in samples]
    prefix = f"{PLUGIN}:" if layout is Layout.PLUGIN else ""
    typed = [f"/{prefix}{name}" for name in names]
    session = drive(binary, ["begin", *typed], _model, staged.cwd, plugin=staged.plugin)
    refused = {}
    for lines, span in zip(DENIALS, session.spans[1:], strict=True):
        results = [text for request in session.requests[slice(*span)] for text in request.tool_results.values()]
        refused[lines] = "denied" in results[0]
    assert refused == DENIALS
