"""Codes of their own for editors: each a voucher."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "personal_codes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("voucher_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("percent_bps", sa.BigInteger(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "percent_bps BETWEEN 1 AND 10000", name=op.f("ck_personal_codes_percent_sensible")
        ),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_personal_codes_editor_id_editors")
        ),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["vouchers.id"], name=op.f("fk_personal_codes_voucher_id_vouchers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_personal_codes_code")),
        sa.UniqueConstraint("voucher_id", name=op.f("uq_personal_codes_voucher_id")),
    )
    op.create_index(
        "uq_personal_codes_editor_id",
        "personal_codes",
        ["editor_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("personal_codes")
