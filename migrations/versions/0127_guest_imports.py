"""Files of guests that host or staff bring: looked through first, then written down."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0127"
down_revision = "0126"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guest_imports",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=4), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('read', 'done')", name=op.f("ck_guest_imports_status")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_guest_imports_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_imports")),
    )
    op.create_index(op.f("ix_guest_imports_event_id"), "guest_imports", ["event_id"], unique=False)
    op.create_index(op.f("ix_guest_imports_at"), "guest_imports", ["at"], unique=False)
    op.create_table(
        "guest_import_lines",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("party", sa.String(length=255), nullable=False),
        sa.Column("plus_one", sa.String(length=255), nullable=False),
        sa.Column("needs", sa.String(length=1000), nullable=False),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("status", sa.String(length=6), nullable=False),
        sa.Column("fault", sa.String(length=12), nullable=True),
        sa.Column("about", sa.String(length=80), server_default="", nullable=False),
        sa.CheckConstraint(
            "status IN ('bad', 'ready', 'seated', 'waits', 'known')",
            name=op.f("ck_guest_import_lines_status"),
        ),
        sa.CheckConstraint(
            "(status = 'bad') = (fault IS NOT NULL)", name=op.f("ck_guest_import_lines_says_what_is_wrong")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["guest_imports.id"],
            name=op.f("fk_guest_import_lines_import_id_guest_imports"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_import_lines")),
        sa.UniqueConstraint("import_id", "number", name=op.f("uq_guest_import_lines_import_id_number")),
    )
    op.create_index(op.f("ix_guest_import_lines_email"), "guest_import_lines", ["email"], unique=False)


def downgrade() -> None:
    op.drop_table("guest_import_lines")
    op.drop_table("guest_imports")
