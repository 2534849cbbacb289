"""How often an editor's pages are seen, and what is put into a bag after a click: sums that name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from psycopg import Connection
from sqlalchemy import text

from foundation import clock
from foundation.actors import Actor
from foundation.db import db


class Onlooker(StrEnum):
    """Who opened a page. Whether a person is its editor the statement finds out by the account."""

    PERSON = "person"
    PROGRAM = "program"


class Sight(StrEnum):
    """Whose page was opened."""

    LOOK = "look"
    WINDOW = "window"


# Nobody waits for the disk for a count: one that is lost with the machine's power is no loss. So the row of a
# look that everybody opens is locked for less than a millisecond.
_COUNT = """
    WITH swift AS (SELECT set_config('synchronous_commit', 'off', true)), shown AS ({found})
    INSERT INTO day_sights (editor_id, day, look_id, link_id, people, own, programs)
    SELECT shown.editor_id, %(day)s, shown.look_id, shown.link_id,
           (%(who)s = 'person' AND NOT shown.own)::int, (%(who)s = 'person' AND shown.own)::int,
           (%(who)s = 'program')::int
    FROM shown, swift
    ON CONFLICT ON CONSTRAINT uq_day_sights DO UPDATE
    SET people = day_sights.people + excluded.people, own = day_sights.own + excluded.own,
        programs = day_sights.programs + excluded.programs
"""
_OWN = "coalesce(editors.account_id = %(reader)s::bigint, false) AS own"
_LOOK = _COUNT.format(
    found=f"""SELECT editors.id AS editor_id, looks.id AS look_id, NULL::bigint AS link_id, {_OWN}
              FROM looks JOIN editors ON editors.id = looks.editor_id WHERE looks.slug = %(name)s"""
)
_WINDOW = _COUNT.format(
    found=f"""SELECT editors.id AS editor_id, NULL::bigint AS look_id, NULL::bigint AS link_id, {_OWN}
              FROM editors WHERE editors.handle = %(name)s"""
)
_LINK = _COUNT.format(
    found=f"""SELECT editors.id AS editor_id, NULL::bigint AS look_id, links.id AS link_id, {_OWN}
              FROM links JOIN editors ON editors.id = links.editor_id WHERE links.id = %(name)s"""
)
# The click is the one the shopper is credited by; after a change of mind, the last one of whom they chose.
_BAG = text(
    """
    INSERT INTO bagged_pieces (click_id, product_id, editor_id, at)
    SELECT click.id, piece.product_id, click.editor_id, :now
    FROM (SELECT clicks.id, clicks.editor_id
          FROM clicks JOIN editors ON editors.id = clicks.editor_id
          WHERE clicks.visit_id = :visit AND editors.handle = :handle AND NOT clicks.own
          ORDER BY clicks.last_at DESC, clicks.id DESC LIMIT 1) click,
         (SELECT DISTINCT product_id FROM variants WHERE id = ANY(:variants)) piece
    ON CONFLICT DO NOTHING
    """
)


def note_seen(
    *,
    actor: Actor,
    sight: Sight,
    name: str,
    who: Onlooker,
    reader: int | None,
    day: date,
    connection: Connection[Any],
) -> None:
    """Count one opening of the page of a look (`name` is its slug) or of a window (the editor's handle).

    `reader` is the account of who is signed in, `day` the shop's. One statement past the session, which
    commits by itself.
    """
    values = {"name": name, "who": who.value, "reader": reader, "day": day}
    connection.execute(_LOOK if sight is Sight.LOOK else _WINDOW, values)


def note_program(*, actor: Actor, link_id: int, day: date, connection: Connection[Any]) -> None:
    """Count what followed a link without being a person: a search engine, a preview, a page fetched ahead."""
    values = {"name": link_id, "who": Onlooker.PROGRAM.value, "reader": None, "day": day}
    connection.execute(_LINK, values)


def note_bagged(*, actor: Actor, visit: str, handle: str, variant_ids: Sequence[int]) -> None:
    """Pieces went into the bag of a visit that shops with the editor of this handle."""
    values = {"visit": visit, "handle": handle, "variants": list(variant_ids), "now": clock.now()}
    db.session.execute(_BAG, values)
