from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INDEX = "ix_orders_status"


# region: concurrent-index
def upgrade() -> None:
    with op.get_context().autocommit_block():
        # An attempt that failed has left an invalid index of this name.
        op.drop_index(INDEX, postgresql_concurrently=True, if_exists=True)
        op.create_index(INDEX, "orders", ["status"], postgresql_concurrently=True)


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index(INDEX, postgresql_concurrently=True)


# endregion: concurrent-index
