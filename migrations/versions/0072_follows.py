"""People follow editors, and may ask for a letter about them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "follows",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_follows_account_id_accounts"),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_follows_editor_id_editors"),
        sa.PrimaryKeyConstraint("account_id", "editor_id", name="pk_follows"),
    )
    op.create_index("ix_follows_editor_id", "follows", ["editor_id"])
    op.create_table(
        "follow_letters",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("told_until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_follow_letters_account_id_accounts"
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_follow_letters"),
    )


def downgrade() -> None:
    op.drop_table("follow_letters")
    op.drop_table("follows")
