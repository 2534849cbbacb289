"""The shop's own cursor says of a result what psycopg's says, in less."""

import psycopg

from foundation.cursors import Cursor
from foundation.db import db

ASKED = "SELECT 1::bigint AS one, 'due'::text AS \"zwei Wörter\", now() AS three"


def test_every_column_has_its_name_and_its_type(db_url):
    with psycopg.connect(db_url) as plain, psycopg.connect(db_url, cursor_factory=Cursor) as ours:
        theirs = [column[:2] for column in plain.execute(ASKED).description or ()]
        cursor = ours.execute(ASKED)
        assert [column[:2] for column in cursor.description or ()] == theirs
        assert len(theirs) == 3
        assert cursor.fetchall()[0][:2] == (1, "due")


def test_what_gives_no_rows_has_no_columns_and_an_empty_choice_has_an_empty_list(db_url):
    with psycopg.connect(db_url, cursor_factory=Cursor) as ours:
        assert ours.cursor().description is None
        assert ours.execute("SET LOCAL work_mem = '4MB'").description is None
        assert ours.execute("SELECT").description == []
        assert [column[0] for column in ours.execute("SELECT 1 AS one WHERE false").description or ()] == [
            "one"
        ]


def test_the_session_uses_it(work):

    with work():
        assert isinstance(db.session.connection().connection.cursor(), Cursor)
