from __future__ import annotations

from pathlib import Path

from alembic import op
from alembic.script import ScriptDirectory

MIGRATIONS = Path(__file__).parents[2] / "migrations"

revision = "concurrent_index"
# Behind whatever revisions the service has by now.
down_revision = ScriptDirectory(str(MIGRATIONS)).get_current_head()
branch_labels = None
depends_on = None

INDEX = "ix_orders_status"


# region: concurrent-index
def upgrade() -> None:
    with op.get_context().autocommit_block():
        # It waits for open transactions, and none waits for it.
        op.execute("SET lock_timeout = 0")
        # An attempt that failed has left an invalid index of this name.
        op.drop_index(INDEX, postgresql_concurrently=True, if_exists=True)
        op.create_index(INDEX, "orders", ["status"], postgresql_concurrently=True)
        op.execute("RESET lock_timeout")


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index(INDEX, postgresql_concurrently=True)


# endregion: concurrent-index
