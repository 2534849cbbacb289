"""How often an editor's pages are seen, and what is put into a bag after a click: sums that name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Opening:
    """Of a look by its slug or a window by its handle, on a day of the shop. `reader` is the account of who
    is signed in, so that an editor's own openings are told apart; it is kept nowhere.
    """

    sight: Sight
    name: str
    who: Onlooker
    reader: int | None
    day: date


# Nobody waits for the disk for a count: one that is lost with the machine's power is no loss. So the row of
# a look that everybody opens is locked for less than a millisecond. Ordered, so that two processes that write
# the same rows wait one for the other, and never each for both.
_COUNT = """
    INSERT INTO day_sights (editor_id, day, look_id, link_id, people, own, programs)
    SELECT editor_id, day, look_id, link_id, sum(people), sum(own), sum(programs) FROM ({found}) shown,
           (SELECT set_config('synchronous_commit', 'off', true)) swift
    GROUP BY editor_id, day, look_id, link_id ORDER BY editor_id, day, look_id
    ON CONFLICT ON CONSTRAINT uq_day_sights DO UPDATE
    SET people = day_sights.people + excluded.people, own = day_sights.own + excluded.own,
        programs = day_sights.programs + excluded.programs
"""
_SEEN = """
    SELECT editors.id AS editor_id, told.day, {look} AS look_id, NULL::bigint AS link_id,
           CASE WHEN told.who = 'person' AND editors.account_id IS DISTINCT FROM told.reader
                THEN told.times ELSE 0 END AS people,
           CASE WHEN told.who = 'person' AND editors.account_id = told.reader
                THEN told.times ELSE 0 END AS own,
           CASE WHEN told.who = 'program' THEN told.times ELSE 0 END AS programs
    FROM unnest(%(sights)s::text[], %(names)s::text[], %(whos)s::text[], %(readers)s::bigint[],
                %(days)s::date[], %(times)s::bigint[]) AS told (sight, name, who, reader, day, times)
"""
_OPENED = _COUNT.format(
    found=_SEEN.format(look="looks.id")
    + " JOIN looks ON told.sight = 'look' AND looks.slug = told.name"
    + " JOIN editors ON editors.id = looks.editor_id UNION ALL "
    + _SEEN.format(look="NULL::bigint")
    + " JOIN editors ON told.sight = 'window' AND editors.handle = told.name"
)
_FOLLOWED = _COUNT.format(
    found="""
        SELECT editor_id, %(day)s::date AS day, NULL::bigint AS look_id, id AS link_id,
               0 AS people, 0 AS own, 1 AS programs FROM links WHERE id = %(link)s
    """
)
# The click is the one the shopper is credited by; after a change of mind, the last one of whom they chose.
_BAG = text(
    """
    INSERT INTO bagged_pieces (click_id, link_id, look_id, product_id, editor_id, at)
    SELECT click.id, click.link_id, click.look_id, piece.product_id, click.editor_id, :now
    FROM (SELECT id, link_id, look_id, editor_id FROM clicks
          WHERE (visit_id = :visit OR id IN (SELECT click_id FROM carried_clicks WHERE visit_id = :visit))
              AND editor_id = :editor AND NOT own
          ORDER BY last_at DESC, id DESC LIMIT 1) click,
         (SELECT DISTINCT product_id FROM variants WHERE id = ANY(:variants)) piece
    ON CONFLICT DO NOTHING
    """
)


def note_seen(*, actor: Actor, openings: Sequence[tuple[Opening, int]], connection: Connection[Any]) -> None:
    """Count openings of the pages of looks and windows, each so many times.

    One statement past the session, which commits by itself.
    """
    connection.execute(
        _OPENED,
        {
            "sights": [one.sight.value for one, _times in openings],
            "names": [one.name for one, _times in openings],
            "whos": [one.who.value for one, _times in openings],
            "readers": [one.reader for one, _times in openings],
            "days": [one.day for one, _times in openings],
            "times": [times for _one, times in openings],
        },
    )


def note_program(*, actor: Actor, link_id: int, day: date, connection: Connection[Any]) -> None:
    """Count what followed a link without being a person: a search engine, a preview, a page fetched ahead."""
    connection.execute(_FOLLOWED, {"link": link_id, "day": day})


def note_bagged(*, actor: Actor, visit: str, editor_id: int, variant_ids: Sequence[int]) -> None:
    """Pieces went into the bag of a visit that shops with this editor."""
    values = {"visit": visit, "editor": editor_id, "variants": list(variant_ids), "now": clock.now()}
    db.session.execute(_BAG, values)
