"""Clicks by month: a table a month, so that an old one is dropped at once, and sums by day that stay.

What refers to a click keeps its number and a copy of what it needs; a key of the database would keep the old
months from going. The uniqueness of clicks stays as it was, because each has the hour in it.
"""

from __future__ import annotations

from datetime import UTC

import sqlalchemy as sa
from alembic import op

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None

COLUMNS = (
    "id, link_id, editor_id, look_id, visit_id, visitor_hash, hour, first_at, last_at, own, counted,"
    " product_id, referrer, device, country"
)
KEYS = {"link_id": "links", "editor_id": "editors", "look_id": "looks", "product_id": "products"}
TABLE = """
    CREATE TABLE clicks (
        id bigint NOT NULL DEFAULT nextval('clicks_id_seq'),
        link_id bigint NOT NULL,
        editor_id bigint NOT NULL,
        look_id bigint,
        visit_id varchar(36) NOT NULL,
        visitor_hash bytea NOT NULL,
        hour timestamptz NOT NULL,
        first_at timestamptz NOT NULL,
        last_at timestamptz NOT NULL,
        own boolean NOT NULL,
        counted boolean NOT NULL,
        product_id bigint,
        referrer varchar(100),
        device varchar(8),
        country varchar(2)
    )
"""
INDEXES = (
    "ALTER TABLE clicks ADD CONSTRAINT uq_clicks_link_id_visit_id_hour UNIQUE (link_id, visit_id, hour)",
    "CREATE UNIQUE INDEX uq_clicks_counted ON clicks (link_id, visitor_hash, hour) WHERE counted",
    "CREATE INDEX ix_clicks_visit_id ON clicks (visit_id)",
    "CREATE INDEX ix_clicks_editor_id_first_at ON clicks (editor_id, first_at)"
    " INCLUDE (look_id, link_id, own, counted)",
)


def upgrade() -> None:
    op.drop_constraint("fk_claims_click_id_clicks", "claims")
    op.drop_constraint("fk_bagged_pieces_click_id_clicks", "bagged_pieces")
    _remember_of_bagged_pieces()
    _replace(TABLE + " PARTITION BY RANGE (hour)", "id, hour", months=True)
    op.create_table(
        "day_clicks",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("link_id", sa.BigInteger(), nullable=False),
        sa.Column("look_id", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("device", sa.String(8), nullable=True),
        sa.Column("country", sa.String(2), nullable=True),
        sa.Column("clicks", sa.BigInteger(), nullable=False),
        sa.Column("own", sa.BigInteger(), nullable=False),
        sa.Column("again", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_day_clicks_editor_id_editors"),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name="fk_day_clicks_link_id_links"),
        sa.ForeignKeyConstraint(["look_id"], ["looks.id"], name="fk_day_clicks_look_id_looks"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_day_clicks_product_id_products"),
        sa.PrimaryKeyConstraint("id", name="pk_day_clicks"),
        sa.UniqueConstraint(
            "editor_id", "day", "link_id", "look_id", "product_id", "device", "country",
            name="uq_day_clicks", postgresql_nulls_not_distinct=True,
        ),
    )  # fmt: skip
    op.create_table(
        "rolled_days",
        sa.Column("until", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("until", name="pk_rolled_days"),
    )


def downgrade() -> None:
    """What was dropped already does not come back, nor what is known of clicks by their days."""
    op.drop_table("rolled_days")
    op.drop_table("day_clicks")
    _replace(TABLE, "id", months=False)
    op.execute("UPDATE claims SET click_id = NULL WHERE click_id NOT IN (SELECT id FROM clicks)")
    op.execute("DELETE FROM bagged_pieces WHERE click_id NOT IN (SELECT id FROM clicks)")
    op.drop_column("bagged_pieces", "look_id")
    op.drop_column("bagged_pieces", "link_id")
    op.create_foreign_key("fk_claims_click_id_clicks", "claims", "clicks", ["click_id"], ["id"])
    op.create_foreign_key("fk_bagged_pieces_click_id_clicks", "bagged_pieces", "clicks", ["click_id"], ["id"])


def _remember_of_bagged_pieces() -> None:
    op.add_column("bagged_pieces", sa.Column("link_id", sa.BigInteger(), nullable=True))
    op.add_column("bagged_pieces", sa.Column("look_id", sa.BigInteger(), nullable=True))
    op.execute(
        "UPDATE bagged_pieces SET link_id = clicks.link_id, look_id = clicks.look_id FROM clicks"
        " WHERE clicks.id = click_id"
    )
    op.alter_column("bagged_pieces", "link_id", nullable=False)
    op.create_foreign_key("fk_bagged_pieces_link_id_links", "bagged_pieces", "links", ["link_id"], ["id"])
    op.create_foreign_key("fk_bagged_pieces_look_id_looks", "bagged_pieces", "looks", ["look_id"], ["id"])


def _replace(table: str, key: str, *, months: bool) -> None:
    """Move every click into a table of the other kind, which takes the place and the names of the old one."""
    op.execute("ALTER TABLE clicks RENAME TO clicks_before")
    op.execute("ALTER TABLE clicks_before DROP CONSTRAINT pk_clicks")
    op.execute("ALTER TABLE clicks_before DROP CONSTRAINT uq_clicks_link_id_visit_id_hour")
    for index in ("uq_clicks_counted", "ix_clicks_visit_id", "ix_clicks_editor_id_first_at"):
        op.execute(f"DROP INDEX {index}")
    op.execute("ALTER SEQUENCE clicks_id_seq OWNED BY NONE")
    op.execute(table)
    if months:
        _make_months()
    op.execute(f"INSERT INTO clicks ({COLUMNS}) SELECT {COLUMNS} FROM clicks_before")
    op.execute("ALTER TABLE clicks_before ALTER id DROP DEFAULT")
    op.execute("DROP TABLE clicks_before")
    op.execute("ALTER SEQUENCE clicks_id_seq OWNED BY clicks.id")
    op.execute(f"ALTER TABLE clicks ADD CONSTRAINT pk_clicks PRIMARY KEY ({key})")
    for index in INDEXES:
        op.execute(index)
    for column, other in KEYS.items():
        op.execute(
            f"ALTER TABLE clicks ADD CONSTRAINT fk_clicks_{column}_{other}"
            f" FOREIGN KEY ({column}) REFERENCES {other} (id)"
        )


def _make_months() -> None:
    """Every month from the first click to the one after next, and the rest for all others."""
    asked = sa.text("SELECT least(min(hour), now()), now() FROM clicks_before")
    first, now = (moment.astimezone(UTC) for moment in op.get_bind().execute(asked).one())
    number, last = first.year * 12 + first.month - 1, now.year * 12 + now.month + 1
    op.execute("CREATE TABLE clicks_rest PARTITION OF clicks DEFAULT")
    for one in range(number, last + 1):
        begins, ends = (f"{at // 12}-{at % 12 + 1:02}-01 00:00:00+00" for at in (one, one + 1))
        op.execute(
            f"CREATE TABLE clicks_{one // 12}_{one % 12 + 1:02} PARTITION OF clicks"
            f" FOR VALUES FROM ('{begins}') TO ('{ends}')"
        )
