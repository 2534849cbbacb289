"""The documents that have some words, by the index of words and never by reading all documents.

How many documents have words that begin like one is more than the planner can know, and for a rare one it read
them all. A function may say for itself that only the index will do.
"""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

DOCUMENTS_BY_WORDS = """
CREATE FUNCTION documents_by_words(query tsquery, language text, most integer)
RETURNS SETOF search_documents LANGUAGE plpgsql STABLE ROWS 500
SET enable_seqscan = off SET enable_indexscan = off SET jit = off AS
$$
BEGIN
    IF language = 'it' THEN
        RETURN QUERY SELECT d.* FROM search_documents d WHERE d.listed AND d.words_it @@ query LIMIT most;
    ELSE
        RETURN QUERY SELECT d.* FROM search_documents d WHERE d.listed AND d.words_en @@ query LIMIT most;
    END IF;
END
$$
"""


def upgrade() -> None:
    op.execute(DOCUMENTS_BY_WORDS)


def downgrade() -> None:
    op.execute("DROP FUNCTION documents_by_words(tsquery, text, integer)")
