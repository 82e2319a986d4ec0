"""The description of a command or a skill is longer than the model gets to see.

What it checks: the client cuts `description` and `when_to_use` together at 1536 characters, with the ` - ` that it
puts between them. Newer clients write `<` as `&lt;` first. An agent's description is never cut.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (commands/ship.md):

    ---
    description: >
      First the tests, then the changelog, then the tag, then the release notes, and then the announcement.
      First the tests, then the changelog, then the tag, then the release notes, and then the announcement.
      First the tests, then the changelog, then the tag, then the release notes, and then the announcement.
      First the tests, then the changelog, then the tag, then the release notes, and then the announcement.
      First the tests, then the changelog, then the tag, then the release notes, and then the announcement.
      First the tests, then the changelog, then the tag, then the release notes, and then the announcement.
      First the tests, then the changelog, then the tag, then the release notes, and then the announcement.
      First the tests, then the changelog, then the tag, then the release notes, and then the announcement.
      First the tests, then the changelog, then the tag, then the release notes, and then the announcement.
      First the tests, then the changelog, then the tag, then the release notes, and then the announcement.
      First the tests, then the changelog, then the tag, then the release notes, and then the announcement.
      First the tests, then the changelog, then the tag, then the release notes, and then the announcement.
      First the tests, then the changelog, then the tag, then the release notes, and then the announcement.
      First the tests, then the changelog, then the tag, then the release notes, and then the announcement.
      First the tests, then the changelog, then the tag, then the release notes, and then the announcement.
      First the tests, then the changelog, then the tag, then the release notes, and then the announcement.
    ---
    Ship the current branch.

Good (commands/ship.md):

    ---
    description: Review and ship a branch
    ---
    Ship the current branch.
"""

from __future__ import annotations

from packlint.loading import listing
from packlint.pack import File, Kind, Pack
from packlint.parsing.scalars import js_length
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "DS003"
NAME = "cut-description"
SEVERITY = Severity.WARNING
KINDS = (Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found, client = file.document.frontmatter(pack.client), pack.client
    field = found.field("description") or found.field("when_to_use")
    limit = client.command_listing["max_characters"]
    body = file.document.text[found.body :]
    length = js_length(listing.whole(found.values, body, client, is_skill=file.role.in_skills))
    if field is not None and length > limit:
        yield Finding(
            field.start,
            field.end,
            f"{length} characters; the model sees the first {limit}",
            "clients 2.1.197 and 2.1.328 cut the rest off",
        )
