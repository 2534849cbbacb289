"""The page of the programme, and how often it is seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None

WORDS = """### What you do

You put looks together from pieces that hang in the shop today, for people you know, and share them by a link that says it is yours.

### What you get

A part of the price when somebody buys, with a receipt for every cent. They pay the same."""
WORDS_IT = """### Che cosa fai

Componi look con i capi che sono in negozio oggi, per persone che conosci, e li condividi con un link che dice che è tuo.

### Che cosa ricevi

Una parte del prezzo quando qualcuno compra, con una ricevuta per ogni centesimo. Chi compra paga lo stesso."""


def upgrade() -> None:
    page = op.create_table(
        "programme_page",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("title_it", sa.String(120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("words_it", sa.Text(), nullable=False),
        sa.Column("video_key", sa.String(100), nullable=True),
        sa.Column("captions_key", sa.String(100), nullable=True),
        sa.Column("captions_it_key", sa.String(100), nullable=True),
        sa.CheckConstraint("id = 1", name="ck_programme_page_only_one"),
        sa.PrimaryKeyConstraint("id", name="pk_programme_page"),
    )
    op.bulk_insert(
        page,
        [
            {
                "id": 1,
                "title": "Dress the people you know",
                "title_it": "Vesti le persone che conosci",
                "words": WORDS,
                "words_it": WORDS_IT,
            }
        ],
    )
    op.create_table(
        "programme_counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("step", sa.String(8), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "step", name="pk_programme_counts"),
    )


def downgrade() -> None:
    op.drop_table("programme_counts")
    op.drop_table("programme_page")
