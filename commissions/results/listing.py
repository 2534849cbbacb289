"""Results line by line: what each line is called, where it leads, and in which order they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from commissions.results.asking import Question
from commissions.results.policy import NONE, Cut, Results
from commissions.results.queries import PLACES, Days, links_named, looks_named, pieces_named
from editors.links.models import LinkPlace
from editors.looks.words import look_name
from editors.membership.guards import current_editor
from editors.share.places import OFFERED
from foundation.web.formats import day


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: what it is, where it leads, what came of it, and what came of it before.
    `written` is its name for machines, where that is another: a day.
    """

    name: str
    note: str
    href: str | None
    now: Results
    before: Results | None
    written: str = ""


def lines(
    question: Question, now: Mapping[int, Results], before: Mapping[int, Results] | None, currency: str
) -> list[tuple[int, Results, Results | None]]:
    """Every key with its figures, in the order that is asked for (by what was earned, then by clicks)."""
    keys = set(now) | set(before or {})
    found = [
        (key, this, then)
        for key in keys
        for this, then in [(now.get(key, NONE), before.get(key, NONE) if before is not None else None)]
        if this != NONE or then not in (None, NONE)
    ]
    order = question.sort if question.sort != "name" else ""
    return sorted(
        found,
        key=lambda line: (
            -line[1].figure(order, currency) if order else 0,
            -line[1].earned_minor,
            -line[1].clicks,
            -line[1].seen,
            line[0],
        ),
    )


def named(cut: Cut, found: Sequence[tuple[int, Results, Results | None]]) -> list[Line]:
    """The lines with their names; one statement for all of them."""
    keys = [key for key, _now, _before in found if key]
    if cut is Cut.DAY:
        days = [(date.fromordinal(key), now, before) for key, now, before in found]
        return [Line(day(one, "year"), "", None, now, then, one.isoformat()) for one, now, then in days]
    names = NAMED[cut](keys) if keys else {}
    nothing = (_nameless(cut), "", None)
    return [Line(*names.get(key, nothing), now, before) for key, now, before in found]


def days_as_lines(found: Sequence[Days]) -> list[tuple[int, Results, Results | None]]:
    """Every day on which something happened as a line, the last one first; its key is its number."""
    return [
        (when.toordinal(), one, None)
        for when, one in sorted(found[0].by_day.items(), reverse=True)
        if one != NONE
    ]


def _nameless(cut: Cut) -> str:
    if cut in (Cut.LINK, Cut.PLACE):
        return _("Without a link of yours: your code, a store, or the link of who signed the look with you")
    return _("Without a look: window, single pieces, code")


def _looks(keys: Sequence[int]) -> dict[int, tuple[str, str, str | None]]:
    mine = current_editor().id
    return {
        key: (
            look_name(look) or _("Untitled"),
            "",
            url_for("studio_looks.edit", look_id=key)
            if look.editor_id == mine
            else url_for("looks.look", slug=look.slug),
        )
        for key, look in looks_named(keys).items()
    }


def _pieces(keys: Sequence[int]) -> dict[int, tuple[str, str, str | None]]:
    return {
        key: (piece.full_name, "", url_for("catalog.product", handle=piece.handle))
        for key, piece in pieces_named(keys).items()
    }


def _links(keys: Sequence[int]) -> dict[int, tuple[str, str, str | None]]:
    found: dict[int, tuple[str, str, str | None]] = {}
    for link in links_named(keys):
        note = f"{link.name} · /go/{link.code}" if link.name else f"/go/{link.code}"
        address = url_for("studio_links.links", _anchor=f"link-{link.code}")
        found[link.id] = (link.title or _("My window"), note, address)
    return found


def _places(keys: Sequence[int]) -> dict[int, tuple[str, str, str | None]]:
    words = {LinkPlace.ANYWHERE: _("Links without a place"), LinkPlace.OTHER: _("Elsewhere"), **OFFERED}
    return {key: (str(words[PLACES[key - 1]]), "", None) for key in keys}


NAMED = {Cut.LOOK: _looks, Cut.PIECE: _pieces, Cut.LINK: _links, Cut.PLACE: _places}
