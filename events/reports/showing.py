"""The report of an event in words: every number with the sentence that says what it counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from events.calendar.models import Event
from events.reports.models import Basis, EventReport
from events.reports.policy import BEFORE, FEWEST, final_at, share_bps
from foundation.money import Money
from foundation.web.formats import day, percent


def shown(
    event: Event, figures: Mapping[str, Any], report: EventReport | None, *, days: int, host: bool
) -> dict[str, Any]:
    """What the page says. A host reads no sum that fewer than three orders, or guests, are behind."""
    # Nobody visits a store to join online.
    possible = set(Basis) - {Basis.VISIT} if event.online else set(Basis)
    return {
        "people": _people(figures, online=event.online),
        "bases": [_basis(basis, figures, host=host) for basis in Basis if basis in possible],
        "known": _known(figures) if figures["known"] >= FEWEST or not host else [],
        "too_few": host and figures["known"] < FEWEST,
        "usual": _usual(figures) if _enough_bought(figures) or not host else None,
        "final": report is not None,
        "when": day(report.frozen_at if report else final_at(event.ends_at, days)),
    }


def _enough_bought(figures: Mapping[str, Any]) -> bool:
    """What one buyer spent is nobody's sum, after the evening or before; that nobody did tells of nobody."""
    # Reports that became final earlier did not count it.
    before = figures.get("had_bought", 0)
    return figures["bought"] >= FEWEST and not 0 < before < FEWEST


def _people(figures: Mapping[str, Any], *, online: bool) -> list[dict[str, Any]]:
    expected = figures["going"]
    absent = share_bps(figures["no_shows"], expected)
    known = figures["came"] or figures["no_shows"] or not expected
    items = [
        {"label": _("Guests invited"), "value": figures["invited"], "note": _("by a letter of the host")},
        {"label": _("Going"), "value": expected, "note": _("people with a seat when it began")},
        {"label": _("Seats confirmed"), "value": figures["confirmed"], "note": _("of them, when we asked")},
        {
            "label": _("Present"),
            "value": figures["came"],
            "note": _("people")
            if online
            else ngettext(
                "people, %(num)s of them walked in", "people, %(num)s of them walked in", figures["walked_in"]
            ),
        },
        {
            "label": _("Absent"),
            "value": figures["no_shows"] if known else "–",
            "note": _("people, %(share)s of those with a seat", share=percent(absent))
            if known
            else _("nobody was let in by the list, so nobody knows"),
        },
        {
            "label": _("From the waiting list"),
            "value": figures["waited_and_came"],
            "note": ngettext(
                "of %(num)s party that waited", "of %(num)s parties that waited", figures["waited"]
            ),
        },
    ]
    if figures["seconds"] is not None:
        items.append(
            {
                "label": _("At the door"),
                "value": _("%(count)s s", count=figures["seconds"]),
                "note": _("from one guest to the next, in the middle of all"),
            }
        )
    if figures["twice"]:
        items.append(
            {"label": _("Twice"), "value": figures["twice"], "note": _("let in again on the same ticket")}
        )
    return items


def _basis(basis: Basis, figures: Mapping[str, Any], *, host: bool) -> dict[str, Any]:
    """One column: how many orders, and what of them was kept. Columns are never added up."""
    rows = [one for one in figures["sales"] if one["basis"] == basis]
    orders = sum(one["orders"] for one in rows)
    hidden = host and 0 < orders < FEWEST
    label, note = {
        Basis.CODE: (_("With the evening itself"), _("by its code, or rung up at the till as one of it")),
        Basis.VISIT: (_("On the same visit"), _("by guests who came, in the store, that day")),
        Basis.WEEK: (_("In the week after"), _("by guests who came, in any store or online")),
    }[basis]
    return {
        "label": label,
        "note": note,
        "orders": ngettext("%(num)s order", "%(num)s orders", orders),
        "sums": [] if hidden else [Money(one["net"], one["currency"]) for one in rows],
        "hidden": hidden,
    }


def _known(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    of = ngettext("of %(num)s guest we know", "of %(num)s guests we know", figures["known"])
    return [
        {"label": _("Guests who bought"), "value": figures["bought"], "note": of},
        {
            "label": _("New customers"),
            "value": figures["new"],
            "note": _("bought for the first time, from the evening to a week after"),
        },
        {
            "label": _("Back within 30 days"),
            "value": figures["back"],
            "note": _("bought after the evening"),
        },
    ]


def _usual(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the same people bought from the evening to a week after, and in a week of the four before."""
    weeks = BEFORE.days // 7
    currencies = sorted({*figures["later"], *figures["earlier"]})
    return [
        {
            "later": Money(figures["later"].get(one, 0), one),
            "earlier": Money(figures["earlier"].get(one, 0) // weeks, one),
        }
        for one in currencies
    ]
