"""Counting who opens the pages of looks and windows, and what is put in a bag while shopping by a link."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask import Flask, Response, current_app, has_request_context, request, session

from commissions.clicks import policy
from commissions.clicks.band import CREDIT, is_person, reader_id, shop_day
from commissions.clicks.seeing import Onlooker, Opening, Sight, note_bagged, note_seen
from commissions.clicks.tally import Tally
from foundation.actors import Actor
from foundation.db import past_the_session
from foundation.settings import TEST
from storefront.cart.ports import tell_of_additions

OPENED = 200
TALLY = "vetrina.sights"
SECONDS = 3.0  # for which openings are counted in memory
SIGHTS = {"looks.look": Sight.LOOK, "window.window": Sight.WINDOW}
VISITOR = Actor.guest()


def count_sight(response: Response) -> Response:
    """After the page of a look or a window: count that it was opened, whether it was rendered or kept.

    A page that a browser fetched ahead, or into a frame, was seen by nobody.
    """
    sight = SIGHTS.get(request.endpoint or "")
    if sight is None or response.status_code != OPENED or request.method != "GET":
        return response
    person = is_person()
    if person or policy.is_bot(request.headers.get("User-Agent", "")):
        name = str(next(iter((request.view_args or {}).values())))
        who = Onlooker.PERSON if person else Onlooker.PROGRAM
        tally: Tally = current_app.extensions[TALLY]
        tally.add(Opening(sight, name, who, reader_id(), shop_day()))
    return response


def _write_down(app: Flask, openings: Sequence[tuple[Opening, int]]) -> None:
    with app.app_context(), past_the_session() as connection:
        note_seen(actor=VISITOR, openings=openings, connection=connection)


def note_addition(visit: str | None, variant_ids: Sequence[int]) -> None:
    """Pieces went into a bag: if this visit shops with an editor, it is one of their results."""
    credit = session.get(CREDIT) if has_request_context() else None
    editor_id = credit.get("editor") if isinstance(credit, dict) else None
    if visit is not None and isinstance(editor_id, int):
        note_bagged(actor=VISITOR, visit=visit, editor_id=editor_id, variant_ids=variant_ids)


def init_app(app: Flask) -> None:
    at_once = app.extensions["vetrina.settings"].environment == TEST
    app.extensions[TALLY] = Tally(partial(_write_down, app), 0 if at_once else SECONDS)
    app.after_request(count_sight)
    tell_of_additions(note_addition)
