"""Coaching plans: a share of what learners sell, month by month, as awards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0118"
down_revision = "0117"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coaching_plans",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("coach_id", sa.BigInteger(), nullable=False),
        sa.Column("cohort_id", sa.BigInteger()),
        sa.Column("rate_bps", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("begins_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ends_at", sa.TIMESTAMP(timezone=True)),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.Column("end_reason", sa.String(300)),
        sa.CheckConstraint("rate_bps BETWEEN 1 AND 10000", name=op.f("ck_coaching_plans_rate")),
        sa.CheckConstraint("begins_at <= ends_at", name=op.f("ck_coaching_plans_span")),
        sa.ForeignKeyConstraint(
            ["coach_id"], ["editors.id"], name=op.f("fk_coaching_plans_coach_id_editors")
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name=op.f("fk_coaching_plans_cohort_id_cohorts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_plans")),
        postgresql.ExcludeConstraint(
            (sa.column("coach_id"), "="),
            (sa.text("tstzrange(begins_at, ends_at)"), "&&"),
            using="gist",
            name="ex_coaching_plans_coach",
        ),
    )
    op.create_index(op.f("ix_coaching_plans_cohort_id"), "coaching_plans", ["cohort_id"])
    op.alter_column("awards", "bonus_id", nullable=True)
    op.add_column("awards", sa.Column("plan_id", sa.BigInteger()))
    op.add_column("awards", sa.Column("month", sa.Date()))
    op.create_foreign_key(
        op.f("fk_awards_plan_id_coaching_plans"), "awards", "coaching_plans", ["plan_id"], ["id"]
    )
    op.create_unique_constraint(op.f("uq_awards_plan_id_month"), "awards", ["plan_id", "month"])
    op.create_check_constraint(
        op.f("ck_awards_by_what"),
        "awards",
        "(bonus_id IS NULL) <> (plan_id IS NULL) AND (plan_id IS NULL) = (month IS NULL)",
    )
    op.create_table(
        "coaching_months",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("target_minor", sa.BigInteger(), nullable=False),
        sa.Column("before_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("award_id", sa.BigInteger()),
        sa.CheckConstraint(
            "amount_minor = greatest(0, target_minor - before_minor)", name=op.f("ck_coaching_months_amount")
        ),
        sa.CheckConstraint(
            "target_minor >= 0 AND before_minor >= 0", name=op.f("ck_coaching_months_never_a_debt")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["coaching_plans.id"], name=op.f("fk_coaching_months_plan_id_coaching_plans")
        ),
        sa.ForeignKeyConstraint(["award_id"], ["awards.id"], name=op.f("fk_coaching_months_award_id_awards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_months")),
        sa.UniqueConstraint("plan_id", "month", name=op.f("uq_coaching_months_plan_id_month")),
    )
    op.create_index("ix_coaching_months_award_id", "coaching_months", ["award_id"])
    op.create_table(
        "coaching_lines",
        sa.Column("month_id", sa.BigInteger(), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("share_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["month_id"], ["coaching_months.id"], name=op.f("fk_coaching_lines_month_id_coaching_months")
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["editors.id"], name=op.f("fk_coaching_lines_learner_id_editors")
        ),
        sa.PrimaryKeyConstraint("month_id", "learner_id", name=op.f("pk_coaching_lines")),
    )


def downgrade() -> None:
    op.drop_table("coaching_lines")
    op.drop_table("coaching_months")
    op.drop_constraint(op.f("ck_awards_by_what"), "awards")
    op.drop_constraint(op.f("uq_awards_plan_id_month"), "awards")
    op.execute(
        "DELETE FROM award_entries WHERE award_id IN (SELECT id FROM awards WHERE plan_id IS NOT NULL)"
    )
    op.execute("DELETE FROM awards WHERE plan_id IS NOT NULL")
    op.drop_column("awards", "month")
    op.drop_column("awards", "plan_id")
    op.alter_column("awards", "bonus_id", nullable=False)
    op.drop_table("coaching_plans")
