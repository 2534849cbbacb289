"""Imports of products as rows that can be stopped and taken up again, and what a file last said of a product."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("products", sa.Column("imported_as", sa.String(60), nullable=True))
    op.create_table(
        "import_runs",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("leaves_stock", sa.Boolean(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("actor_kind", sa.String(10), nullable=False),
        sa.Column("actor_label", sa.String(320), nullable=False),
        sa.Column("actor_account_id", sa.BigInteger(), nullable=True),
        sa.Column("rows_total", sa.BigInteger(), nullable=True),
        sa.Column("rows_read", sa.BigInteger(), nullable=False),
        sa.Column("products_read", sa.BigInteger(), nullable=False),
        sa.Column("products_new", sa.BigInteger(), nullable=False),
        sa.Column("products_changed", sa.BigInteger(), nullable=False),
        sa.Column("products_unchanged", sa.BigInteger(), nullable=False),
        sa.Column("products_refused", sa.BigInteger(), nullable=False),
        sa.Column("failure", postgresql.JSONB(), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("began_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("seen_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('waiting', 'running', 'stopped', 'done', 'failed')", name="ck_import_runs_status"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_runs"),
    )
    op.create_index(
        "uq_import_runs_under_way",
        "import_runs",
        [sa.text("(true)")],
        unique=True,
        postgresql_where=sa.text("status IN ('waiting', 'running')"),
    )
    op.create_table(
        "import_pieces",
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_runs.id"], name="fk_import_pieces_run_id_import_runs"),
        sa.PrimaryKeyConstraint("run_id", "number", name="pk_import_pieces"),
    )
    # Read once or twice and thrown away: squeezing it would cost more than it saves.
    op.execute("ALTER TABLE import_pieces ALTER COLUMN content SET STORAGE EXTERNAL")
    op.create_table(
        "import_problems",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("row", sa.BigInteger(), nullable=False),
        sa.Column("column_name", sa.String(200), nullable=False),
        sa.Column("handle", sa.String(200), nullable=False),
        sa.Column("fault", sa.String(40), nullable=False),
        sa.Column("said", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_runs.id"], name="fk_import_problems_run_id_import_runs"),
        sa.PrimaryKeyConstraint("id", name="pk_import_problems"),
    )
    op.create_index("ix_import_problems_run_id", "import_problems", ["run_id", "row", "id"])


def downgrade() -> None:
    for table in ("import_problems", "import_pieces", "import_runs"):
        op.drop_table(table)
    op.drop_column("products", "imported_as")
