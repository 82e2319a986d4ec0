from __future__ import annotations

from alembic import op

revision = "broken"
down_revision = "concurrent_index"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SELECT 1 / 0")


def downgrade() -> None:
    pass
