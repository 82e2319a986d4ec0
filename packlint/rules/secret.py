"""A credential in the text.

What it checks: tokens in the form of their issuer - AWS, GitHub, GitLab, Anthropic, OpenAI, Slack, Stripe, Google, npm,
PyPI, SendGrid, Hugging Face, JSON Web Tokens, private keys - that are random enough to be real. Examples such as
`AKIAIOSFODNN7EXAMPLE`, placeholders and repeated characters stay silent. Whoever installs the pack can read it, and
so can the model.

Take it out and have it revoked: the history still holds it.

Evidence: the issuers' published forms.
Versions: all; the client passes the text on as it is.

Bad (agents/deployer.md):

    ---
    name: deployer
    description: Deploys the service. Use after a release.
    ---
    Log in with ghp\x5f9KqZ3vTn7LwXb2RmYc5Hs8JdPf4Ga6Ve1UoQi.

Good (agents/deployer.md):

    ---
    name: deployer
    description: Deploys the service. Use after a release.
    ---
    Log in with the token in `GITHUB_TOKEN`.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.text import credentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "SC001"
NAME = "secret"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT, Kind.MANIFEST)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for found in credentials.find(file.document.text):
        yield Finding(
            found.start,
            found.end,
            f"this looks like {found.kind}: {found.shown}...",
            "everybody who installs the pack gets it, and the client sends it to the model",
        )
