"""Where a click came from: the host before, the kind of device, the country; and what its link led to then.

Receipts keep their own copy, because clicks are thrown away after a year. For clicks there are, the piece is
what their link leads to now.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0099"
branch_labels = None
depends_on = None

SOURCE = (("referrer", 100), ("device", 8), ("country", 2))


def upgrade() -> None:
    for table in ("clicks", "claims"):
        for name, length in SOURCE:
            op.add_column(table, sa.Column(name, sa.String(length), nullable=True))
    op.add_column("clicks", sa.Column("product_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key("fk_clicks_product_id_products", "clicks", "products", ["product_id"], ["id"])
    op.execute(
        "UPDATE clicks SET product_id = links.product_id FROM links"
        " WHERE links.id = clicks.link_id AND links.product_id IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_column("clicks", "product_id")
    for table in ("clicks", "claims"):
        for name, _length in SOURCE:
            op.drop_column(table, name)
