"""Jeans come in inches of the waist, which the guide of trousers and jeans did not know.

The waist of a body is the inches in centimetres to four more; the hips are 26 cm wider. A guide whose measures
staff have changed stays as they want it, and so does a size they have added.
"""

from __future__ import annotations

from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

INCHES = range(24, 35)
GUIDE = """
    SELECT guide.id FROM size_guides guide
    WHERE guide.category = 'trousers' AND guide.vendor = '' AND guide.reach = 'range' AND guide.ended_at IS NULL
      AND (SELECT array_agg(name::text ORDER BY position) FROM size_guide_measures
           WHERE guide_id = guide.id) = ARRAY['Waist', 'Hips']
"""


def upgrade() -> None:
    for inches in INCHES:
        waist = round(inches * 2.54)
        op.execute(
            "INSERT INTO size_guide_rows (guide_id, position, size, figures)"
            " SELECT wanted.id, (SELECT coalesce(max(position), 0) + 1 FROM size_guide_rows"
            f" WHERE guide_id = wanted.id), '{inches}',"
            f" ARRAY['{waist}-{waist + 4}', '{waist + 26}-{waist + 30}'] FROM ({GUIDE}) wanted"
            " ON CONFLICT (guide_id, size) DO NOTHING"
        )
    op.execute(
        "UPDATE size_guides SET version = nextval('size_guide_versions'), changed_at = now()"
        f" WHERE id IN ({GUIDE})"
    )


def downgrade() -> None:
    sizes = ", ".join(f"'{inches}'" for inches in INCHES)
    op.execute(f"DELETE FROM size_guide_rows WHERE guide_id IN ({GUIDE}) AND size IN ({sizes})")
