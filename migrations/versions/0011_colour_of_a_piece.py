"""The colour of a sold piece stands on its own, in both languages; what was chosen keeps the size alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("order_lines", sa.Column("colour", sa.String(120), nullable=False, server_default=""))
    op.add_column("order_lines", sa.Column("colour_it", sa.String(120), nullable=True))
    op.add_column("commissions", sa.Column("piece_it", sa.String(400), nullable=True))
    op.execute(
        "UPDATE order_lines line SET colour = product.colour, colour_it = product.colour_it "
        "FROM products product WHERE product.id = line.product_id"
    )
    # The label began with the colour, in the language of the shopper.
    op.execute(
        "UPDATE order_lines SET options_label = CASE "
        "WHEN options_label IN (colour, colour_it) THEN '' "
        "WHEN colour <> '' AND starts_with(options_label, colour || ', ') "
        "THEN substr(options_label, length(colour) + 3) "
        "WHEN colour_it <> '' AND starts_with(options_label, colour_it || ', ') "
        "THEN substr(options_label, length(colour_it) + 3) ELSE options_label END"
    )
    op.execute(
        "UPDATE commissions SET "
        "piece = concat_ws(', ', line.title, nullif(line.options_label, '')), "
        "piece_it = concat_ws(', ', coalesce(line.title_it, line.title), nullif(line.options_label, '')) "
        "FROM order_lines line WHERE line.id = commissions.order_line_id"
    )


def downgrade() -> None:
    op.execute(
        "UPDATE order_lines SET options_label = concat_ws(', ', nullif(colour, ''), nullif(options_label, ''))"
    )
    op.drop_column("commissions", "piece_it")
    op.drop_column("order_lines", "colour_it")
    op.drop_column("order_lines", "colour")
