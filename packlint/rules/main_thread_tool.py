"""A tool that no subagent gets.

What it checks: some tools belong to the main thread alone - AskUserQuestion, EnterPlanMode, ExitPlanMode,
ScheduleWakeup, TaskOutput, TodoWrite, Workflow and the like. Listed in an agent they are dropped without a
word. An agent cannot ask the user anything: it must report what is missing.

ExitPlanMode is given to a project agent with `permissionMode: plan`. Tools of other settings (an LSP server,
Windows) are not reported. A tool that other versions give, or that comes with an older main model alone (TaskCreate and
its kin in 2.1.328), is a warning.

Evidence: measured; WaitForMcpServers and EndConversation are documented only.
Versions: 2.1.197, 2.1.328.

Bad (agents/planner.md):

    ---
    name: planner
    description: Plans a change. Use before an edit.
    tools: Read, AskUserQuestion
    ---
    You plan changes.

Good (agents/planner.md):

    ---
    name: planner
    description: Plans a change. Use before an edit.
    tools: Read
    ---
    You plan changes and report open questions.
"""

from __future__ import annotations

from packlint.client import Client
from packlint.loading import toolset
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL007"
NAME = "main-thread-tool"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT,)

_WARNING = Severity.WARNING


def check(file: File, pack: Pack) -> Iterator[Finding]:
    client = pack.client
    found = file.document.frontmatter(client)
    granted = file.agent(client).tools.granted
    for token in toolset.locate(file.document.text, found, "tools"):
        if token.name is None or token.name in granted:
            continue
        if client.tool_setting(token.name) == "never in a subagent":
            yield Finding(
                token.start,
                token.end,
                f"no subagent gets '{token.name}'",
                "clients 2.1.197 and 2.1.328 drop it without a word",
            )
        elif _is_of_other_clients(token.name, client):
            words = f"client {client.version} gives no subagent '{token.name}'"
            note = client.tool_note(token.name) or ""
            told = "it does where the main session's model is an older one" if "older" in note else "other versions do"
            yield Finding(token.start, token.end, words, f"it drops the name without a word; {told}", None, _WARNING)


def _is_of_other_clients(name: str, client: Client) -> bool:
    """Whether a tool is given to subagents by other versions of the client, or under another main model, alone."""
    known = name in client.known_tools and client.tool_setting(name) is None
    return known and client.gives(name) == "no" and not client.recognizes(name)
