"""What hosts are given for an event, by a rule, as awards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0134"
down_revision = "0133"
branch_labels = None
depends_on = None

_BEFORE = "(bonus_id IS NULL) <> (plan_id IS NULL) AND (plan_id IS NULL) = (month IS NULL)"
_AFTER = (
    "num_nonnulls(bonus_id, plan_id, rule_id) = 1 AND (plan_id IS NULL) = (month IS NULL)"
    " AND (rule_id IS NULL) = (event IS NULL)"
)


def upgrade() -> None:
    op.create_table(
        "host_rules",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(5), nullable=False),
        sa.Column("place_id", sa.BigInteger()),
        sa.Column("each_minor", sa.BigInteger()),
        sa.Column("rate_bps", sa.BigInteger()),
        sa.Column("most_minor", sa.BigInteger()),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("begins_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ends_at", sa.TIMESTAMP(timezone=True)),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.Column("end_reason", sa.String(300)),
        sa.CheckConstraint("way IN ('guest', 'share')", name=op.f("ck_host_rules_way")),
        sa.CheckConstraint("(way = 'guest') = (each_minor IS NOT NULL)", name=op.f("ck_host_rules_each")),
        sa.CheckConstraint("(way = 'share') = (rate_bps IS NOT NULL)", name=op.f("ck_host_rules_share")),
        sa.CheckConstraint("each_minor > 0 AND most_minor > 0", name=op.f("ck_host_rules_amounts")),
        sa.CheckConstraint("rate_bps BETWEEN 1 AND 10000", name=op.f("ck_host_rules_rate")),
        sa.CheckConstraint("begins_at <= ends_at", name=op.f("ck_host_rules_span")),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_host_rules_place_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_rules")),
        postgresql.ExcludeConstraint(
            (sa.text("coalesce(place_id, 0)"), "="),
            (sa.text("tstzrange(begins_at, ends_at)"), "&&"),
            using="gist",
            name="ex_host_rules_place",
        ),
    )
    op.add_column("awards", sa.Column("rule_id", sa.BigInteger()))
    op.add_column("awards", sa.Column("event", sa.String(80)))
    op.create_foreign_key(op.f("fk_awards_rule_id_host_rules"), "awards", "host_rules", ["rule_id"], ["id"])
    op.create_unique_constraint(op.f("uq_awards_event"), "awards", ["event"])
    op.drop_constraint(op.f("ck_awards_by_what"), "awards", type_="check")
    op.create_check_constraint(op.f("ck_awards_by_what"), "awards", _AFTER)
    op.create_table(
        "host_rewards",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("rule_id", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(80), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("title_it", sa.String(120), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("guests", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("refused", sa.String(300), server_default="", nullable=False),
        sa.Column("given_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("award_id", sa.BigInteger()),
        sa.CheckConstraint(
            "guests >= 0 AND net_minor >= 0 AND amount_minor >= 0", name=op.f("ck_host_rewards_counts")
        ),
        sa.CheckConstraint(
            "refused = '' OR amount_minor = 0", name=op.f("ck_host_rewards_nothing_when_refused")
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["host_rules.id"], name=op.f("fk_host_rewards_rule_id_host_rules")
        ),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_host_rewards_editor_id_editors")
        ),
        sa.ForeignKeyConstraint(["award_id"], ["awards.id"], name=op.f("fk_host_rewards_award_id_awards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_rewards")),
        sa.UniqueConstraint("event", name=op.f("uq_host_rewards_event")),
        sa.UniqueConstraint("award_id", name=op.f("uq_host_rewards_award_id")),
    )
    op.create_index(op.f("ix_host_rewards_rule_id"), "host_rewards", ["rule_id"])
    op.create_index(op.f("ix_host_rewards_editor_id"), "host_rewards", ["editor_id"])


def downgrade() -> None:
    op.drop_table("host_rewards")
    op.drop_constraint(op.f("ck_awards_by_what"), "awards", type_="check")
    op.drop_constraint(op.f("uq_awards_event"), "awards", type_="unique")
    op.drop_constraint(op.f("fk_awards_rule_id_host_rules"), "awards", type_="foreignkey")
    op.drop_column("awards", "event")
    op.drop_column("awards", "rule_id")
    op.create_check_constraint(op.f("ck_awards_by_what"), "awards", _BEFORE)
    op.drop_table("host_rules")
