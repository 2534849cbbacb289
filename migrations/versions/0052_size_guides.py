"""Size guides kept by staff; the tables that stood in the code are the first of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateSequence, DropSequence, Sequence

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

CHEST = (
    "Chest",
    "Torace",
    "Around the fullest part of the chest, the tape level and not tight.",
    "Intorno alla parte più ampia del torace, con il metro orizzontale e senza stringere.",
)
WAIST = (
    "Waist",
    "Vita",
    "Around the narrowest part, where you bend to the side.",
    "Intorno al punto più stretto, dove il busto si piega di lato.",
)
HIPS = (
    "Hips",
    "Fianchi",
    "Around the fullest part of the hips, with your feet together.",
    "Intorno alla parte più ampia dei fianchi, a piedi uniti.",
)
FOOT = (
    "Foot length",
    "Lunghezza del piede",
    "From the heel to the longest toe, standing on a sheet of paper. Take the longer foot.",
    "Dal tallone al dito più lungo, in piedi su un foglio. Conta il piede più lungo.",
)
LETTERS = (
    ("XXS", "76-80", "58-62", "82-86"),
    ("XS", "80-84", "62-66", "86-90"),
    ("S", "84-88", "66-70", "90-94"),
    ("M", "88-92", "70-74", "94-98"),
    ("L", "92-98", "74-80", "98-104"),
    ("XL", "98-104", "80-86", "104-110"),
    ("XXL", "104-110", "86-92", "110-116"),
    ("3XL", "110-116", "92-98", "116-122"),
)
# Italian sizes step by 4 cm.
NUMBERS = tuple(
    (str(size), str(chest), str(chest - 18), str(chest + 8))
    for size, chest in zip(range(36, 56, 2), range(76, 116, 4), strict=True)
)
# The foot a shoe is made for: two thirds of a centimetre a size (the Paris point), less 1.5 cm of room.
SHOES = tuple(
    (str(size), f"{tenths // 10}.{tenths % 10}".removesuffix(".0"))
    for size, tenths in ((size, (size * 40 - 90 + 3) // 6) for size in range(35, 49))
)
BODY = (*LETTERS, *NUMBERS)
# Below the waist nobody asks for the chest.
GUIDES = (
    ("Clothing", "clothing", (CHEST, WAIST, HIPS), BODY),
    ("Skirts", "skirts", (WAIST, HIPS), tuple((row[0], *row[2:]) for row in BODY)),
    ("Trousers and jeans", "trousers", (WAIST, HIPS), tuple((row[0], *row[2:]) for row in BODY)),
    ("Shoes", "shoes", (FOOT,), SHOES),
)


def upgrade() -> None:
    op.execute(CreateSequence(Sequence("size_guide_versions")))
    guides = op.create_table(
        "size_guides",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("reach", sa.String(length=10), nullable=False),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("vendor", sa.String(length=255), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("words_it", sa.String(length=500), nullable=True),
        sa.Column(
            "version",
            sa.BigInteger(),
            server_default=sa.text("nextval('size_guide_versions')"),
            nullable=False,
        ),
        sa.Column("changed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("reach IN ('range', 'pieces')", name=op.f("ck_size_guides_reach")),
        sa.CheckConstraint(
            "(reach = 'range') = (category <> '' OR vendor <> '')", name=op.f("ck_size_guides_for_something")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_size_guides")),
    )
    op.create_index("ix_size_guides_version", "size_guides", ["version"])
    op.create_index(
        "uq_size_guides_for",
        "size_guides",
        ["category", sa.text("lower(vendor)")],
        unique=True,
        postgresql_where=sa.text("reach = 'range' AND ended_at IS NULL"),
    )
    measures = op.create_table(
        "size_guide_measures",
        sa.Column("guide_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_it", sa.String(length=60), nullable=True),
        sa.Column("how", sa.String(length=300), nullable=False),
        sa.Column("how_it", sa.String(length=300), nullable=True),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.CheckConstraint("unit IN ('cm', 'words')", name=op.f("ck_size_guide_measures_unit")),
        sa.ForeignKeyConstraint(
            ["guide_id"], ["size_guides.id"], name=op.f("fk_size_guide_measures_guide_id_size_guides")
        ),
        sa.PrimaryKeyConstraint("guide_id", "position", name=op.f("pk_size_guide_measures")),
    )
    rows = op.create_table(
        "size_guide_rows",
        sa.Column("guide_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("size", sa.String(length=20), nullable=False),
        sa.Column("figures", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["guide_id"], ["size_guides.id"], name=op.f("fk_size_guide_rows_guide_id_size_guides")
        ),
        sa.PrimaryKeyConstraint("guide_id", "position", name=op.f("pk_size_guide_rows")),
        sa.UniqueConstraint("guide_id", "size", name=op.f("uq_size_guide_rows_guide_id_size")),
    )
    op.create_table(
        "size_guide_pieces",
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guide_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guide_id"], ["size_guides.id"], name=op.f("fk_size_guide_pieces_guide_id_size_guides")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_size_guide_pieces_product_id_products")
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_size_guide_pieces")),
    )
    op.create_index(op.f("ix_size_guide_pieces_guide_id"), "size_guide_pieces", ["guide_id"])
    for name, category, columns, sizes in GUIDES:
        made = guides.insert().values(
            name=name, reach="range", category=category, vendor="", words="", changed_at=sa.func.now()
        )
        guide_id = op.get_bind().execute(made.returning(guides.c.id)).scalar_one()
        names = ("name", "name_it", "how", "how_it")
        op.bulk_insert(
            measures,
            [
                {
                    "guide_id": guide_id,
                    "position": place,
                    "unit": "cm",
                    **dict(zip(names, column, strict=True)),
                }
                for place, column in enumerate(columns, start=1)
            ],
        )
        op.bulk_insert(
            rows,
            [
                {"guide_id": guide_id, "position": place, "size": size, "figures": figures}
                for place, (size, *figures) in enumerate(sizes, start=1)
            ],
        )


def downgrade() -> None:
    op.drop_table("size_guide_pieces")
    op.drop_table("size_guide_rows")
    op.drop_table("size_guide_measures")
    op.drop_table("size_guides")
    op.execute(DropSequence(Sequence("size_guide_versions")))
