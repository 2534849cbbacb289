"""Zones, ways of delivery, pick-up, taxes by country, saved addresses, and what an order freezes of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

# Where the shop delivered to before it had zones, besides its own country.
NEIGHBOURS = (
    *("AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU"),
    *("IE", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "SM", "VA"),
)


def upgrade() -> None:
    _tables()
    _addresses()
    _orders()
    _seeds()


def _tables() -> None:
    op.create_table(
        "delivery_zones",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_zones")),
        sa.UniqueConstraint("name", name=op.f("uq_delivery_zones_name")),
    )
    op.create_table(
        "delivery_zone_countries",
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["delivery_zones.id"], name=op.f("fk_delivery_zone_countries_zone_id_delivery_zones")
        ),
        sa.PrimaryKeyConstraint("country", name=op.f("pk_delivery_zone_countries")),
    )
    op.create_index(op.f("ix_delivery_zone_countries_zone_id"), "delivery_zone_countries", ["zone_id"])
    op.create_table(
        "delivery_methods",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("zone_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_it", sa.String(length=80), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("words_it", sa.String(length=200), nullable=True),
        sa.Column("standard", sa.Boolean(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("free_from_minor", sa.BigInteger(), nullable=True),
        sa.Column("cutoff", sa.BigInteger(), nullable=False),
        sa.Column("handling_days", sa.BigInteger(), nullable=False),
        sa.Column("days_from", sa.BigInteger(), nullable=False),
        sa.Column("days_to", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "price_minor >= 0 AND free_from_minor > 0", name=op.f("ck_delivery_methods_price_sensible")
        ),
        sa.CheckConstraint("cutoff BETWEEN 0 AND 1440", name=op.f("ck_delivery_methods_cutoff")),
        sa.CheckConstraint(
            "handling_days BETWEEN 0 AND 30 AND days_from BETWEEN 0 AND days_to AND days_to <= 60",
            name=op.f("ck_delivery_methods_days_sensible"),
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["delivery_zones.id"], name=op.f("fk_delivery_methods_zone_id_delivery_zones")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_methods")),
    )
    op.create_index("ix_delivery_methods_zone_id", "delivery_methods", ["zone_id"])
    op.create_table(
        "delivery_bands",
        sa.Column("method_id", sa.BigInteger(), nullable=False),
        sa.Column("up_to_grams", sa.BigInteger(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "up_to_grams > 0 AND price_minor >= 0", name=op.f("ck_delivery_bands_band_sensible")
        ),
        sa.ForeignKeyConstraint(
            ["method_id"], ["delivery_methods.id"], name=op.f("fk_delivery_bands_method_id_delivery_methods")
        ),
        sa.PrimaryKeyConstraint("method_id", "up_to_grams", name=op.f("pk_delivery_bands")),
    )
    op.create_table(
        "pickup_terms",
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("ready_after", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "fee_minor >= 0 AND ready_after BETWEEN 0 AND 6000", name=op.f("ck_pickup_terms_sensible")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_pickup_terms_place_id_places")),
        sa.PrimaryKeyConstraint("place_id", name=op.f("pk_pickup_terms")),
    )
    op.create_table(
        "tax_rates",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("category", sa.String(length=120), nullable=False),
        sa.Column("bps", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.CheckConstraint("bps BETWEEN 0 AND 5000", name=op.f("ck_tax_rates_bps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_rates")),
        sa.UniqueConstraint(
            "country", "category", "valid_from", name=op.f("uq_tax_rates_country_category_valid_from")
        ),
    )


def _addresses() -> None:
    op.create_table(
        "addresses",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("first", sa.String(length=60), nullable=False),
        sa.Column("last", sa.String(length=59), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=20), nullable=False),
        sa.Column("city", sa.String(length=100), nullable=False),
        sa.Column("province", sa.String(length=100), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_addresses_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
        sa.UniqueConstraint(
            *("account_id", "first", "last", "street", "postcode", "city", "province", "country", "phone"),
            name="uq_addresses_whole",
        ),
    )
    op.create_index(
        "uq_addresses_default",
        "addresses",
        ["account_id"],
        unique=True,
        postgresql_where="is_default",
    )


def _orders() -> None:
    for column in (
        sa.Column("place_id", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("delivery_zone", sa.String(length=80), server_default="", nullable=False),
        sa.Column("delivery_method_id", sa.BigInteger(), nullable=True),
        sa.Column("delivery_name", sa.String(length=80), server_default="", nullable=False),
        sa.Column("delivery_name_it", sa.String(length=80), nullable=True),
        sa.Column("delivery_standard", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("promised_from", sa.Date(), nullable=True),
        sa.Column("promised_to", sa.Date(), nullable=True),
        sa.Column("ready_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=500), server_default="", nullable=False),
        sa.Column("gift_message", sa.String(length=300), server_default="", nullable=False),
    ):
        op.add_column("orders", column)
    op.execute("UPDATE orders SET place_id = till_place_id WHERE till_place_id IS NOT NULL")
    op.create_check_constraint(op.f("ck_orders_promise_in_order"), "orders", "promised_from <= promised_to")


def _seeds() -> None:
    """What every shop begins with: a courier that costs nothing, to where it delivered before."""
    zones = {"Italy": ("IT",), "Neighbours": NEIGHBOURS}
    for number, (name, countries) in enumerate(zones.items(), start=1):
        op.execute(sa.text("INSERT INTO delivery_zones (name) VALUES (:name)").bindparams(name=name))
        op.execute(
            sa.text(
                "INSERT INTO delivery_zone_countries (country, zone_id) "
                "SELECT unnest(CAST(:countries AS text[])), id FROM delivery_zones WHERE name = :name"
            ).bindparams(name=name, countries=list(countries))
        )
        op.execute(
            sa.text(
                "INSERT INTO delivery_methods (zone_id, position, name, name_it, words, words_it, standard, "
                "price_minor, cutoff, handling_days, days_from, days_to) "
                "SELECT id, 1, 'Courier', 'Corriere', '', '', true, 0, 840, 1, :days_from, :days_to "
                "FROM delivery_zones WHERE name = :name"
            ).bindparams(name=name, days_from=2 * number - 1, days_to=2 * number + number - 1)
        )
    op.execute(
        "INSERT INTO tax_rates (country, category, bps, valid_from) VALUES ('IT', '', 2200, '2013-10-01')"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_orders_promise_in_order"), "orders", type_="check")
    for column in (
        *("gift_message", "note", "ready_at", "promised_to", "promised_from", "delivery_standard"),
        *("delivery_name_it", "delivery_name", "delivery_method_id", "delivery_zone", "place_id"),
    ):
        op.drop_column("orders", column)
    op.drop_index("uq_addresses_default", table_name="addresses", postgresql_where="is_default")
    op.drop_table("addresses")
    op.drop_table("tax_rates")
    op.drop_table("pickup_terms")
    op.drop_table("delivery_bands")
    op.drop_index("ix_delivery_methods_zone_id", table_name="delivery_methods")
    op.drop_table("delivery_methods")
    op.drop_index(op.f("ix_delivery_zone_countries_zone_id"), table_name="delivery_zone_countries")
    op.drop_table("delivery_zone_countries")
    op.drop_table("delivery_zones")
