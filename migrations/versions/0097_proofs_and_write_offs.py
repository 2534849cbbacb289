"""What nightly proofs of the books found, and debts of editors that two people give up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0097"
down_revision = "0096"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "book_proofs",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("fault", sa.String(200), nullable=True),
        sa.Column("row", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_proofs")),
    )
    op.create_index("ix_book_proofs_at", "book_proofs", ["at"])
    op.create_table(
        "write_offs",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("answer", sa.String(500), server_default="", nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_write_offs_amount")),
        sa.CheckConstraint(
            "status <> 'booked' OR decided_by_id <> asked_by_id", name=op.f("ck_write_offs_four_eyes")
        ),
        sa.CheckConstraint("(status = 'asked') = (decided_at IS NULL)", name=op.f("ck_write_offs_decision")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_write_offs_editor_id_editors")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["accounts.id"], name=op.f("fk_write_offs_asked_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["accounts.id"], name=op.f("fk_write_offs_decided_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_write_offs")),
    )
    op.create_index(
        "uq_write_offs_asked",
        "write_offs",
        ["editor_id", "currency"],
        unique=True,
        postgresql_where=sa.text("status = 'asked'"),
    )


def downgrade() -> None:
    op.drop_table("write_offs")
    op.drop_table("book_proofs")
