"""Promises and movements no longer lock their place's row.

Every order of the web names the one warehouse: a foreign key would have each of them take a share of the same
row's lock, and a hundred buyers at once would write that list of lockers anew a hundred times. Places are never
deleted, so nothing can be left pointing nowhere.
"""

from __future__ import annotations

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

KEYS = {
    "reservations": "fk_reservations_place_id_places",
    "stock_movements": "fk_stock_movements_place_id_places",
}


def upgrade() -> None:
    for table, key in KEYS.items():
        op.drop_constraint(op.f(key), table)


def downgrade() -> None:
    for table, key in KEYS.items():
        op.create_foreign_key(op.f(key), table, "places", ["place_id"], ["id"])
