"""A look whose picture stands large at the head of its editor's window."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "window_covers",
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("look_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_window_covers_editor_id_editors")
        ),
        sa.ForeignKeyConstraint(
            ["look_id"], ["looks.id"], name=op.f("fk_window_covers_look_id_looks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("editor_id", name=op.f("pk_window_covers")),
        sa.UniqueConstraint("look_id", name=op.f("uq_window_covers_look_id")),
    )


def downgrade() -> None:
    op.drop_table("window_covers")
