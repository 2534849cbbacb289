"""What people who bought a piece say about it, their pictures, and who was asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SEQUENCE review_versions")
    op.create_table(
        "reviews",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("order_line_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("signed", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column(
            "version",
            sa.BigInteger(),
            server_default=sa.text("nextval('review_versions')"),
            nullable=False,
        ),
        sa.Column("stars", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("fit", sa.String(length=5), nullable=True),
        sa.Column("height_cm", sa.BigInteger(), nullable=True),
        sa.Column("usual_size", sa.String(length=40), server_default="", nullable=False),
        sa.Column("size", sa.String(length=40), server_default="", nullable=False),
        sa.Column("published_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("reply", sa.Text(), server_default="", nullable=False),
        sa.Column("replied_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("rule", sa.String(length=12), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("removed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("fit IN ('small', 'true', 'large')", name=op.f("ck_reviews_fit")),
        sa.CheckConstraint("height_cm BETWEEN 100 AND 230", name=op.f("ck_reviews_height")),
        sa.CheckConstraint(
            "rule IN ('personal', 'insult', 'advertising', 'elsewhere', 'not_theirs', 'unlawful')",
            name=op.f("ck_reviews_rule"),
        ),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_reviews_stars")),
        sa.CheckConstraint("status IN ('published', 'removed')", name=op.f("ck_reviews_status")),
        sa.CheckConstraint(
            "(status = 'removed') = (rule IS NOT NULL AND removed_at IS NOT NULL AND reason <> '')",
            name=op.f("ck_reviews_removed_has_its_reason"),
        ),
        sa.CheckConstraint(
            "(reply = '') = (replied_at IS NULL)", name=op.f("ck_reviews_reply_has_its_moment")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_reviews_account_id_accounts")),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["order_lines.id"], name=op.f("fk_reviews_order_line_id_order_lines")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_reviews_product_id_products")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("order_line_id", name=op.f("uq_reviews_order_line_id")),
        sa.UniqueConstraint("product_id", "email", name=op.f("uq_reviews_product_id_email")),
    )
    op.create_index(
        "uq_reviews_product_id_account_id",
        "reviews",
        ["product_id", "account_id"],
        unique=True,
        postgresql_where=sa.text("account_id IS NOT NULL"),
    )
    op.create_index("ix_reviews_product_id_version", "reviews", ["product_id", "version"])
    op.create_index("ix_reviews_account_id", "reviews", ["account_id"])
    op.create_index("ix_reviews_published_at", "reviews", ["published_at"])
    op.create_table(
        "review_pictures",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("review_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("small_key", sa.String(length=80), nullable=False),
        sa.Column("medium_key", sa.String(length=80), nullable=False),
        sa.Column("large_key", sa.String(length=80), nullable=False),
        sa.Column("width", sa.BigInteger(), nullable=False),
        sa.Column("height", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_review_pictures_review_id_reviews")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_pictures")),
        sa.UniqueConstraint("review_id", "position", name=op.f("uq_review_pictures_review_id_position")),
    )
    op.create_table(
        "reviews_asked",
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_reviews_asked_order_id_orders")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_reviews_asked")),
    )


def downgrade() -> None:
    op.drop_table("reviews_asked")
    op.drop_table("review_pictures")
    op.drop_table("reviews")
    op.execute("DROP SEQUENCE review_versions")
