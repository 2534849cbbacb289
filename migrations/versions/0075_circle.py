"""Steps, mentors and briefs of the circle."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
PEOPLE = ("mentor_id", "learner_id", "asked_by_id")


def upgrade() -> None:
    op.create_table(
        "tiers",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("name_it", sa.String(60), nullable=True),
        sa.Column("perks", sa.String(300), nullable=False),
        sa.Column("perks_it", sa.String(300), nullable=True),
        sa.Column("looks_needed", sa.BigInteger(), nullable=False),
        sa.Column("orders_needed", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", MOMENT, nullable=True),
        sa.CheckConstraint("looks_needed >= 0 AND orders_needed >= 0", name="ck_tiers_needs"),
        sa.PrimaryKeyConstraint("id", name="pk_tiers"),
    )
    op.create_table(
        "editor_tiers",
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("tier_id", sa.BigInteger(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("falls_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_editor_tiers_editor_id_editors"),
        sa.ForeignKeyConstraint(["tier_id"], ["tiers.id"], name="fk_editor_tiers_tier_id_tiers"),
        sa.PrimaryKeyConstraint("editor_id", name="pk_editor_tiers"),
    )
    op.create_index("ix_editor_tiers_tier_id", "editor_tiers", ["tier_id"])
    op.create_table(
        "mentorships",
        sa.Column("id", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in PEOPLE),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("accepted_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("mentor_id <> learner_id", name="ck_mentorships_two_people"),
        *(
            sa.ForeignKeyConstraint([name], ["editors.id"], name=f"fk_mentorships_{name}_editors")
            for name in PEOPLE
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mentorships"),
    )
    op.create_index("ix_mentorships_mentor_id", "mentorships", ["mentor_id"])
    op.create_index(
        "uq_mentorships_pair",
        "mentorships",
        [sa.text("least(mentor_id, learner_id)"), sa.text("greatest(mentor_id, learner_id)")],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_mentorships_learner",
        "mentorships",
        ["learner_id"],
        unique=True,
        postgresql_where=sa.text("accepted_at IS NOT NULL AND ended_at IS NULL"),
    )
    op.create_table(
        "briefs",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("title_it", sa.String(120), nullable=True),
        sa.Column("words", sa.String(2000), nullable=False),
        sa.Column("words_it", sa.String(2000), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_briefs_editor_id_editors"),
        sa.PrimaryKeyConstraint("id", name="pk_briefs"),
    )
    op.create_index("ix_briefs_editor_id", "briefs", ["editor_id"])
    op.create_table(
        "brief_picks",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("brief_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("look_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(product_id IS NULL) <> (look_id IS NULL)", name="ck_brief_picks_one_thing"),
        sa.ForeignKeyConstraint(
            ["brief_id"], ["briefs.id"], name="fk_brief_picks_brief_id_briefs", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_brief_picks_product_id_products"),
        sa.ForeignKeyConstraint(
            ["look_id"], ["looks.id"], name="fk_brief_picks_look_id_looks", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_brief_picks"),
        sa.UniqueConstraint("brief_id", "product_id", name="uq_brief_picks_brief_id_product_id"),
        sa.UniqueConstraint("brief_id", "look_id", name="uq_brief_picks_brief_id_look_id"),
    )
    for column in ("product_id", "look_id"):
        op.create_index(f"ix_brief_picks_{column}", "brief_picks", [column])


def downgrade() -> None:
    for table in ("brief_picks", "briefs", "mentorships", "editor_tiers", "tiers"):
        op.drop_table(table)
