"""The door of events: what was seen there, who came, and what guests agreed to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0126"
down_revision = "0125"
branch_labels = None
depends_on = None

STATES = "'invited', 'pending', 'going', 'waitlisted', 'offered', 'declined', 'cancelled'"
SOURCES = "'web', 'staff', 'host', 'import'"
MODES = "'online', 'offline', 'manual', 'walkin'"
RESULTS = "'ok', 'again', 'no_seat', 'cancelled', 'wrong_event', 'too_early', 'unknown', 'undone'"


def upgrade() -> None:
    op.add_column("rsvps", sa.Column("arrived_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.add_column("rsvps", sa.Column("arrived", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("rsvps", sa.Column("beyond", sa.String(200), server_default="", nullable=False))
    _words(f"{STATES}, 'attended', 'no_show'", f"{SOURCES}, 'walkin'")
    for name, rule in (
        ("who_came_has_a_time", "(status = 'attended') = (arrived_at IS NOT NULL)"),
        ("arrived", "arrived BETWEEN 0 AND party"),
        ("somebody_came", "(status = 'attended') = (arrived > 0)"),
    ):
        op.create_check_constraint(op.f(f"ck_rsvps_{name}"), "rsvps", rule)
    op.create_table(
        "scans",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("nonce", sa.String(40), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("rsvp_id", sa.BigInteger(), nullable=True),
        sa.Column("about_id", sa.BigInteger(), nullable=True),
        sa.Column("mode", sa.String(8), nullable=False),
        sa.Column("result", sa.String(12), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(40), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("received_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("was", sa.String(10), nullable=True),
        sa.CheckConstraint(f"mode IN ({MODES})", name=op.f("ck_scans_mode")),
        sa.CheckConstraint(f"result IN ({RESULTS})", name=op.f("ck_scans_result")),
        sa.CheckConstraint("people BETWEEN 0 AND 2", name=op.f("ck_scans_people")),
        sa.CheckConstraint("people = 0 OR result IN ('ok', 'again')", name=op.f("ck_scans_let_in")),
        sa.CheckConstraint(
            "result NOT IN ('ok', 'again', 'undone') OR rsvp_id IS NOT NULL", name=op.f("ck_scans_whose")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_scans_event_id_events")),
        sa.ForeignKeyConstraint(["rsvp_id"], ["rsvps.id"], name=op.f("fk_scans_rsvp_id_rsvps")),
        sa.ForeignKeyConstraint(["about_id"], ["scans.id"], name=op.f("fk_scans_about_id_scans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scans")),
        sa.UniqueConstraint("nonce", name=op.f("uq_scans_nonce")),
    )
    op.create_index("ix_scans_event_id_at", "scans", ["event_id", "at"])
    op.create_index("ix_scans_about_id", "scans", ["about_id"])
    op.create_index("ix_scans_rsvp_id", "scans", ["rsvp_id"], postgresql_where=sa.text("rsvp_id IS NOT NULL"))
    op.create_index(
        "uq_scans_undone",
        "scans",
        ["about_id"],
        unique=True,
        postgresql_where=sa.text("result = 'undone'"),
    )
    for table, more in (
        ("door_consents", [sa.Column("words", sa.String(500), nullable=False)]),
        ("style_consents", []),
    ):
        op.create_table(
            table,
            sa.Column("rsvp_id", sa.BigInteger(), autoincrement=False, nullable=False),
            *more,
            sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
            *([sa.Column("by", sa.String(200), nullable=False)] if more else []),
            sa.ForeignKeyConstraint(
                ["rsvp_id"], ["rsvps.id"], name=op.f(f"fk_{table}_rsvp_id_rsvps"), ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("rsvp_id", name=op.f(f"pk_{table}")),
        )


def downgrade() -> None:
    for table in ("style_consents", "door_consents", "scans"):
        op.drop_table(table)
    for name in ("who_came_has_a_time", "arrived", "somebody_came"):
        op.drop_constraint(op.f(f"ck_rsvps_{name}"), "rsvps", type_="check")
    op.execute("UPDATE rsvps SET status = 'going' WHERE status IN ('attended', 'no_show') AND beyond = ''")
    op.execute("UPDATE rsvps SET status = 'cancelled' WHERE status = 'attended'")
    op.execute("UPDATE rsvps SET source = 'staff' WHERE source = 'walkin'")
    _words(STATES, SOURCES)
    for column in ("beyond", "arrived", "arrived_at"):
        op.drop_column("rsvps", column)


def _words(states: str, sources: str) -> None:
    op.drop_constraint(op.f("ck_rsvps_status"), "rsvps", type_="check")
    op.create_check_constraint(op.f("ck_rsvps_status"), "rsvps", f"status IN ({states})")
    op.drop_constraint(op.f("ck_rsvps_source"), "rsvps", type_="check")
    op.create_check_constraint(op.f("ck_rsvps_source"), "rsvps", f"source IN ({sources})")
