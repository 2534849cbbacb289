"""Clicks, receipts, rates, commissions, payees and payouts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rate_cards",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("rate_bps", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("rate_bps BETWEEN 0 AND 10000", name=op.f("ck_rate_cards_rate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_cards")),
        sa.UniqueConstraint("scope", "valid_from", name=op.f("uq_rate_cards_scope_valid_from")),
    )
    op.create_table(
        "payout_runs",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("minimum_minor", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("prepared_by_id", sa.BigInteger(), nullable=False),
        sa.Column("prepared_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("approved_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "(approved_by_id IS NULL) = (approved_at IS NULL)", name=op.f("ck_payout_runs_approval")
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> prepared_by_id",
            name=op.f("ck_payout_runs_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["accounts.id"], name=op.f("fk_payout_runs_approved_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"], ["accounts.id"], name=op.f("fk_payout_runs_prepared_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_runs")),
    )
    op.create_index(
        "uq_payout_runs_prepared",
        "payout_runs",
        ["currency"],
        unique=True,
        postgresql_where=sa.text("status = 'prepared'"),
    )
    op.create_table(
        "credit_choices",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_credit_choices_editor_id_editors")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_choices")),
    )
    op.create_index("ix_credit_choices_visit_id", "credit_choices", ["visit_id", "at"], unique=False)
    op.create_table(
        "payees",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.String(length=120), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("requirements", postgresql.ARRAY(sa.String(length=120)), nullable=False),
        sa.Column("attempt", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("fetched_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_payees_editor_id_editors")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payees")),
        sa.UniqueConstraint("account", name=op.f("uq_payees_account")),
        sa.UniqueConstraint("editor_id", name=op.f("uq_payees_editor_id")),
    )
    op.create_table(
        "payouts",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.Column("missing_minor", sa.BigInteger(), nullable=True),
        sa.Column("attempt", sa.BigInteger(), nullable=False),
        sa.Column("called_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("claimed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("transfer_id", sa.String(length=120), nullable=True),
        sa.Column("sent_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("settled_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("(transfer_id IS NULL) = (sent_at IS NULL)", name=op.f("ck_payouts_transfer")),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_payouts_amount")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_payouts_editor_id_editors")),
        sa.ForeignKeyConstraint(["run_id"], ["payout_runs.id"], name=op.f("fk_payouts_run_id_payout_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payouts")),
        sa.UniqueConstraint("run_id", "editor_id", name=op.f("uq_payouts_run_id_editor_id")),
        sa.UniqueConstraint("transfer_id", name=op.f("uq_payouts_transfer_id")),
    )
    op.create_index(
        "uq_payouts_open",
        "payouts",
        ["editor_id", "currency"],
        unique=True,
        postgresql_where=sa.text(
            "status IN ('prepared', 'approved', 'sending', 'blocked', 'paused', 'failed')"
        ),
    )
    op.create_table(
        "receipts",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("order_number", sa.String(length=20), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=True),
        sa.Column("rule", sa.String(length=16), nullable=False),
        sa.Column("window_days", sa.BigInteger(), nullable=False),
        sa.Column("checkout_began_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(editor_id IS NULL) = (rule = 'nobody')", name=op.f("ck_receipts_rule_names_winner")
        ),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_receipts_editor_id_editors")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_receipts_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("order_id", name=op.f("uq_receipts_order_id")),
        sa.UniqueConstraint("order_number", name=op.f("uq_receipts_order_number")),
    )
    op.create_index(op.f("ix_receipts_editor_id"), "receipts", ["editor_id"], unique=False)
    op.create_table(
        "commissions",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("order_line_id", sa.BigInteger(), nullable=False),
        sa.Column("order_number", sa.String(length=20), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("receipt_id", sa.BigInteger(), nullable=False),
        sa.Column("rate_card_id", sa.BigInteger(), nullable=False),
        sa.Column("piece", sa.String(length=400), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("paid_minor", sa.BigInteger(), nullable=False),
        sa.Column("refunded_minor", sa.BigInteger(), nullable=False),
        sa.Column("refunded_quantity", sa.BigInteger(), nullable=False),
        sa.Column("tax_bps", sa.BigInteger(), nullable=False),
        sa.Column("rate_bps", sa.BigInteger(), nullable=False),
        sa.Column("base_minor", sa.BigInteger(), nullable=False),
        sa.Column("accrued_minor", sa.BigInteger(), nullable=False),
        sa.Column("reversed_minor", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.Column("accrued_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("due_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("matured_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("paid_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("payout_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("refunded_minor BETWEEN 0 AND paid_minor", name=op.f("ck_commissions_refund")),
        sa.CheckConstraint(
            "reversed_minor BETWEEN 0 AND accrued_minor", name=op.f("ck_commissions_reversal")
        ),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_commissions_editor_id_editors")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_commissions_order_id_orders")),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["order_lines.id"], name=op.f("fk_commissions_order_line_id_order_lines")
        ),
        sa.ForeignKeyConstraint(["payout_id"], ["payouts.id"], name=op.f("fk_commissions_payout_id_payouts")),
        sa.ForeignKeyConstraint(
            ["rate_card_id"], ["rate_cards.id"], name=op.f("fk_commissions_rate_card_id_rate_cards")
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipts.id"], name=op.f("fk_commissions_receipt_id_receipts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commissions")),
        sa.UniqueConstraint(
            "order_line_id", "editor_id", name=op.f("uq_commissions_order_line_id_editor_id")
        ),
    )
    op.create_index(
        "ix_commissions_due_at",
        "commissions",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_index("ix_commissions_editor_id_status", "commissions", ["editor_id", "status"], unique=False)
    op.create_index("ix_commissions_order_id", "commissions", ["order_id"], unique=False)
    op.create_table(
        "clicks",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("link_id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("look_id", sa.BigInteger(), nullable=True),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("visitor_hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("hour", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("first_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("last_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_clicks_editor_id_editors")),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_clicks_link_id_links")),
        sa.ForeignKeyConstraint(["look_id"], ["looks.id"], name=op.f("fk_clicks_look_id_looks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clicks")),
        sa.UniqueConstraint("link_id", "visit_id", "hour", name=op.f("uq_clicks_link_id_visit_id_hour")),
    )
    op.create_index("ix_clicks_editor_id_first_at", "clicks", ["editor_id", "first_at"], unique=False)
    op.create_index("ix_clicks_visit_id", "clicks", ["visit_id"], unique=False)
    op.create_index(
        "uq_clicks_counted",
        "clicks",
        ["link_id", "visitor_hash", "hour"],
        unique=True,
        postgresql_where=sa.text("counted"),
    )
    op.create_table(
        "payable_movements",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("commission_id", sa.BigInteger(), nullable=True),
        sa.Column("payout_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_payable_movements_amount")),
        sa.ForeignKeyConstraint(
            ["commission_id"], ["commissions.id"], name=op.f("fk_payable_movements_commission_id_commissions")
        ),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_payable_movements_editor_id_editors")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["ledger_entries.id"], name=op.f("fk_payable_movements_entry_id_ledger_entries")
        ),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["payouts.id"], name=op.f("fk_payable_movements_payout_id_payouts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payable_movements")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_payable_movements_entry_id")),
    )
    op.create_index(
        "ix_payable_movements_editor_id_at", "payable_movements", ["editor_id", "at"], unique=False
    )
    op.create_index("ix_payable_movements_payout_id", "payable_movements", ["payout_id"], unique=False)
    op.create_index(
        "ix_payable_movements_unpaid",
        "payable_movements",
        ["editor_id"],
        unique=False,
        postgresql_where=sa.text("payout_id IS NULL"),
    )
    op.create_table(
        "claims",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("receipt_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=True),
        sa.Column("link_id", sa.BigInteger(), nullable=True),
        sa.Column("look_id", sa.BigInteger(), nullable=True),
        sa.Column("click_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("days_before", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["click_id"], ["clicks.id"], name=op.f("fk_claims_click_id_clicks")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_claims_editor_id_editors")),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_claims_link_id_links")),
        sa.ForeignKeyConstraint(["look_id"], ["looks.id"], name=op.f("fk_claims_look_id_looks")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipts.id"], name=op.f("fk_claims_receipt_id_receipts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("receipt_id", "position", name=op.f("uq_claims_receipt_id_position")),
    )
    op.create_index(op.f("ix_claims_editor_id"), "claims", ["editor_id"], unique=False)
    # The programme's rate: 12 % of the price without tax. Later cards are added, none is changed.
    op.execute(
        "INSERT INTO rate_cards (scope, rate_bps, valid_from, created_by) "
        "VALUES ('programme', 1200, '2000-01-01T00:00:00+00', 'migration')"
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_claims_editor_id"), table_name="claims")
    op.drop_table("claims")
    op.drop_index(
        "ix_payable_movements_unpaid",
        table_name="payable_movements",
        postgresql_where=sa.text("payout_id IS NULL"),
    )
    op.drop_index("ix_payable_movements_payout_id", table_name="payable_movements")
    op.drop_index("ix_payable_movements_editor_id_at", table_name="payable_movements")
    op.drop_table("payable_movements")
    op.drop_index("uq_clicks_counted", table_name="clicks", postgresql_where=sa.text("counted"))
    op.drop_index("ix_clicks_visit_id", table_name="clicks")
    op.drop_index("ix_clicks_editor_id_first_at", table_name="clicks")
    op.drop_table("clicks")
    op.drop_index("ix_commissions_order_id", table_name="commissions")
    op.drop_index("ix_commissions_editor_id_status", table_name="commissions")
    op.drop_index(
        "ix_commissions_due_at", table_name="commissions", postgresql_where=sa.text("status = 'pending'")
    )
    op.drop_table("commissions")
    op.drop_index(op.f("ix_receipts_editor_id"), table_name="receipts")
    op.drop_table("receipts")
    op.drop_index(
        "uq_payouts_open",
        table_name="payouts",
        postgresql_where=sa.text(
            "status IN ('prepared', 'approved', 'sending', 'blocked', 'paused', 'failed')"
        ),
    )
    op.drop_table("payouts")
    op.drop_table("payees")
    op.drop_index("ix_credit_choices_visit_id", table_name="credit_choices")
    op.drop_table("credit_choices")
    op.drop_index(
        "uq_payout_runs_prepared", table_name="payout_runs", postgresql_where=sa.text("status = 'prepared'")
    )
    op.drop_table("payout_runs")
    op.drop_table("rate_cards")
