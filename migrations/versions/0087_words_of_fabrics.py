"""What a piece is made of and tagged with is what it is called by, as its colour is: no word of a text alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None

TOLD = """
        (true,
         concat_ws(' ', product.title, product.colour, product.kind, department_words(product.category, 'en'), product.vendor),
         concat_ws(' ', coalesce(product.title_it, product.title), coalesce(product.colour_it, product.colour),
                   product.kind, department_words(product.category, 'it'), product.vendor)),
        (false,
         concat_ws(' ', array_to_string(product.tags, ' '), product.fabric, left(product.description, 20000)),
         concat_ws(' ', array_to_string(product.tags, ' '), coalesce(product.fabric_it, product.fabric),
                   left(coalesce(product.description_it, product.description), 20000)))
"""
NAMED = """
        (true,
         concat_ws(' ', product.title, product.colour, product.kind, department_words(product.category, 'en'), product.vendor,
                   array_to_string(product.tags, ' '), product.fabric),
         concat_ws(' ', coalesce(product.title_it, product.title), coalesce(product.colour_it, product.colour),
                   product.kind, department_words(product.category, 'it'), product.vendor,
                   array_to_string(product.tags, ' '), coalesce(product.fabric_it, product.fabric))),
        (false,
         left(product.description, 20000), left(coalesce(product.description_it, product.description), 20000))
"""
# The words that are known already, from the few fabrics and tags there are.
KNOWN = """
    UPDATE search_vocabulary known SET named = true
    FROM (
        SELECT DISTINCT side.language, said.word
        FROM (SELECT DISTINCT 'en' AS language, concat_ws(' ', array_to_string(tags, ' '), fabric) AS text
              FROM products WHERE status = 'active'
              UNION
              SELECT DISTINCT 'it', concat_ws(' ', array_to_string(tags, ' '), coalesce(fabric_it, fabric))
              FROM products WHERE status = 'active') side
        CROSS JOIN LATERAL unnest(string_to_array(side.text, ' ')) AS piece (token)
        CROSS JOIN LATERAL split_words(piece.token) AS said (word)
    ) spoken
    WHERE known.language = spoken.language AND known.word = spoken.word AND NOT known.named
"""


def upgrade() -> None:
    _rewrite(TOLD, NAMED)
    op.execute(KNOWN)


def downgrade() -> None:
    # Which of the named words stood in a fabric alone is not known any more: they stay.
    _rewrite(NAMED, TOLD)


def _rewrite(there: str, instead: str) -> None:
    """Write the function anew as it stands, but for one part."""
    named = sa.text("SELECT pg_get_functiondef('write_search_documents(bigint[])'::regprocedure)")
    written = op.get_bind().execute(named).scalar_one()
    if written.count(there) != 1:
        raise RuntimeError("write_search_documents is not as this migration knows it")
    op.get_bind().exec_driver_sql(written.replace(there, instead).replace("%", "%%"))
