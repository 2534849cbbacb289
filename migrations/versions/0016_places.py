"""Where things are: the web warehouse, which every shop has, and the stores with their hours."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "places",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("words_it", sa.Text(), nullable=True),
        sa.Column("street", sa.String(200), nullable=False),
        sa.Column("postcode", sa.String(20), nullable=False),
        sa.Column("city", sa.String(80), nullable=False),
        sa.Column("province", sa.String(80), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("time_zone", sa.String(64), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("latitude", sa.Numeric(8, 6), nullable=True),
        sa.Column("longitude", sa.Numeric(9, 6), nullable=True),
        sa.Column("pickup", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('warehouse', 'store')", name=op.f("ck_places_kind")),
        sa.CheckConstraint("(id = 1) = (kind = 'warehouse')", name=op.f("ck_places_one_warehouse")),
        sa.CheckConstraint("kind = 'store' OR closed_at IS NULL", name=op.f("ck_places_warehouse_stays")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
        sa.UniqueConstraint("slug", name=op.f("uq_places_slug")),
    )
    op.create_table(
        "place_hours",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("weekday", sa.BigInteger(), nullable=False),
        sa.Column("opens", sa.BigInteger(), nullable=False),
        sa.Column("closes", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_place_hours_weekday")),
        sa.CheckConstraint(
            "opens >= 0 AND closes > opens AND closes <= 1440", name=op.f("ck_place_hours_span")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_place_hours_place_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_hours")),
        sa.UniqueConstraint(
            "place_id", "weekday", "opens", name=op.f("uq_place_hours_place_id_weekday_opens")
        ),
    )
    op.create_table(
        "place_special_days",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opens", sa.BigInteger(), nullable=True),
        sa.Column("closes", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(80), nullable=False),
        sa.Column("note_it", sa.String(80), nullable=True),
        sa.CheckConstraint(
            "(opens IS NULL AND closes IS NULL) OR (opens >= 0 AND closes > opens AND closes <= 1440)",
            name=op.f("ck_place_special_days_span"),
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_place_special_days_place_id_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_special_days")),
        sa.UniqueConstraint("place_id", "day", name=op.f("uq_place_special_days_place_id_day")),
    )
    # Whoever runs the shop gives it its name and address on the staff page.
    op.execute(
        "INSERT INTO places (id, kind, slug, name, words, street, postcode, city, province, country, time_zone, phone,"
        " pickup, created_at) VALUES (1, 'warehouse', 'web-warehouse', 'Web warehouse', '', '', '', '', '', 'IT',"
        " 'Europe/Rome', '', false, now())"
    )
    op.execute("SELECT setval(pg_get_serial_sequence('places', 'id'), 1)")


def downgrade() -> None:
    op.drop_table("place_special_days")
    op.drop_table("place_hours")
    op.drop_table("places")
