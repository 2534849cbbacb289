"""The agreement in versions, who accepted which, and how a membership ends and is looked at again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ENDS = ("paused_for", "ended_at", "ended_by", "ended_by_account_id", "end_reason")


def upgrade() -> None:
    op.create_table(
        "agreement_versions",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("words_it", sa.Text(), nullable=False),
        sa.Column("news", sa.Text(), nullable=False),
        sa.Column("news_it", sa.Text(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("old_holds_until", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(number IS NULL) = (published_at IS NULL)", name="ck_agreement_versions_published"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agreement_versions"),
        sa.UniqueConstraint("number", name="uq_agreement_versions_number"),
    )
    op.create_index(
        "uq_agreement_versions_draft",
        "agreement_versions",
        [sa.text("(number IS NULL)")],
        unique=True,
        postgresql_where=sa.text("number IS NULL"),
    )
    op.create_table(
        "agreement_acceptances",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("accepted_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name="fk_agreement_acceptances_editor_id_editors"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["agreement_versions.id"],
            name="fk_agreement_acceptances_version_id_agreement_versions",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agreement_acceptances"),
        sa.UniqueConstraint("editor_id", "version_id", name="uq_agreement_acceptances_editor_id_version_id"),
    )
    op.create_index("ix_agreement_acceptances_version_id", "agreement_acceptances", ["version_id"])
    op.add_column("editors", sa.Column("paused_for", sa.String(16), nullable=True))
    op.add_column("editors", sa.Column("ended_at", MOMENT, nullable=True))
    op.add_column("editors", sa.Column("ended_by", sa.String(200), nullable=True))
    op.add_column("editors", sa.Column("ended_by_account_id", sa.BigInteger(), nullable=True))
    op.add_column("editors", sa.Column("end_reason", sa.String(500), nullable=True))
    op.create_foreign_key(
        "fk_editors_ended_by_account_id_accounts", "editors", "accounts", ["ended_by_account_id"], ["id"]
    )
    op.execute("UPDATE editors SET paused_for = 'staff' WHERE status = 'paused'")
    op.create_table(
        "editor_appeals",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", MOMENT, nullable=False),
        sa.Column("words", sa.String(2000), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by", sa.String(200), nullable=True),
        sa.Column("reply", sa.String(2000), nullable=True),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_editor_appeals_editor_id_editors"),
        sa.PrimaryKeyConstraint("id", name="pk_editor_appeals"),
        sa.UniqueConstraint("editor_id", "removed_at", name="uq_editor_appeals_editor_id_removed_at"),
    )


def downgrade() -> None:
    op.drop_table("editor_appeals")
    op.drop_constraint("fk_editors_ended_by_account_id_accounts", "editors", type_="foreignkey")
    for column in ENDS:
        op.drop_column("editors", column)
    op.execute("UPDATE editors SET status = 'active' WHERE status = 'approved'")
    op.drop_table("agreement_acceptances")
    op.drop_table("agreement_versions")
