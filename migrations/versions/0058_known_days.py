"""Days outside 2000 to 2099 are nobody's, and some cannot even be read: no row carries one.

Year 1 in Rome begins before year 1 in UTC, which Python cannot hold: one such row took every page that read it
down. Rows that carry one lose it, as if no day had been written; a scheduled product becomes a draft again.
"""

from __future__ import annotations

from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

SPAN = "BETWEEN '1999-12-31 00:00+00' AND '2100-01-02 00:00+00'"
KNOWN = (
    ("collections", "starts_at", "first_day_known"),
    ("collections", "ends_at", "last_day_known"),
    ("vouchers", "starts_at", "first_day_known"),
    ("vouchers", "ends_at", "last_day_known"),
    ("products", "published_at", "published_known"),
    ("looks", "publish_at", "publish_known"),
)


def upgrade() -> None:
    op.execute(
        "UPDATE products SET status = 'draft', published_at = NULL"
        f" WHERE status = 'scheduled' AND published_at NOT {SPAN}"
    )
    for table, column, name in KNOWN:
        op.execute(f"UPDATE {table} SET {column} = NULL WHERE {column} NOT {SPAN}")
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, f"{column} {SPAN}")


def downgrade() -> None:
    for table, _column, name in KNOWN:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
