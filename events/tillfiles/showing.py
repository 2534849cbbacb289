"""The page of a file of slips, and what of it can be taken away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import Response, render_template
from flask_babel import gettext as _

from events.sales.claims import occasion_of_event
from events.sales.policy import is_on
from events.tillfiles.models import SlipStatus, TillFile, TillSlip
from events.tillfiles.policy import COLUMNS
from events.tillfiles.queries import evenings_around
from events.tillfiles.words import TONES, fault_words, status_words
from foundation import clock
from foundation.money import Money
from foundation.settings import current
from foundation.web.downloads import sheet_answer
from storefront.places.queries import stores

LEFT = (SlipStatus.BAD, SlipStatus.NOBODY)
# A whole day of a store is mostly nobody’s: the rest is in the file that can be taken away.
MOST_SHOWN = 100


def page(file: TillFile, *, refused: str = "", told: Mapping[str, Any] | None = None) -> str:
    """What the file says. `told`: what was typed of a slip that nobody's is, and why it was refused."""
    told, nobodys = told or {}, _nobodys(file)
    if not any(evenings for slip, evenings in nobodys if slip.id == told.get("slip_id")):
        refused = refused or told.get("sentence", "")
    by = Counter(SlipStatus(slip.status) for slip in file.slips)
    return render_template(
        "events/tillfiles/one.html",
        file=file,
        by=by,
        figures=_figures(by),
        guests=[slip for slip in file.slips if slip.status not in LEFT],
        nobodys=nobodys,
        most_shown=MOST_SHOWN,
        bad=[slip for slip in file.slips if slip.status == SlipStatus.BAD],
        paid=_paid,
        left_lines=[
            (slip, line) for slip in file.slips if slip.status != SlipStatus.BAD for line in slip.lines
            if line.fault
        ],
        state_of=lambda slip: (status_words(slip.status), TONES[SlipStatus(slip.status)]),
        fault_of=fault_words,
        refused=refused,
        told=told,
        Status=SlipStatus,
    )  # fmt: skip


def not_taken_in(file: TillFile) -> Response:
    """Every line that is no sale of ours, with why: mended, the file can be brought again."""
    rows = [
        [
            str(line.number), slip.number, slip.time, slip.store, line.sku, line.quantity, line.amount,
            line.currency, slip.email, slip.ticket, fault_words(line if line.fault else slip),
        ]
        for slip in file.slips
        for line in slip.lines
        if slip.status in LEFT or line.fault
    ]  # fmt: skip
    names = [COLUMNS[field][0] for field in COLUMNS]
    return sheet_answer([["line", *names, "why"], *rows], f"till-{file.id}-not-taken-in.csv")


def example() -> Response:
    """An empty file with the names of its columns, and two lines to write over."""
    place = next(iter(stores()), None)
    when = (place.local(clock.now()) if place else clock.now()).strftime("%Y-%m-%d %H:%M")
    first = ["0042-0117", when, place.name if place else "", "LINA-IV-M", "1", "89.00", current().currency,
             "ada@example.com", ""]  # fmt: skip
    second = [*first[:3], "4006381333931", "2", "59.80", *first[6:]]
    return sheet_answer([[COLUMNS[field][0] for field in COLUMNS], first, second], "till.csv")


def _nobodys(file: TillFile) -> list[tuple[TillSlip, list[tuple[int, str]]]]:
    """The slips no guest is known to have bought, each with the evenings that were on there then."""
    slips = [slip for slip in file.slips if slip.status == SlipStatus.NOBODY][:MOST_SHOWN]
    on = evenings_around(slips)
    there = [[one for one in on if is_on(one, slip.place_id, slip.sold_at)] for slip in slips]
    return [
        (slip, [(one.id, occasion_of_event(one).name) for one in evenings])
        for slip, evenings in zip(slips, there, strict=True)
    ]


def _paid(slip: TillSlip) -> Money:
    """What counts of a slip."""
    return Money(sum(line.paid_minor or 0 for line in slip.lines), current().currency)


def _figures(by: Counter[SlipStatus]) -> list[dict[str, Any]]:
    first = (
        {"label": _("Of guests"), "value": by[SlipStatus.READY], "note": _("ready to be taken in")}
        if by[SlipStatus.READY]
        else {"label": _("Taken in"), "value": by[SlipStatus.SOLD], "note": _("sales by this file")}
    )
    return [
        first,
        {"label": _("Taken in before"), "value": by[SlipStatus.KNOWN], "note": _("nothing changes")},
        {
            "label": _("No guest’s"),
            "value": by[SlipStatus.NOBODY],
            "note": _("stay out, unless you know more"),
        },
        {"label": _("Left out"), "value": by[SlipStatus.BAD], "note": _("something is wrong with them")},
    ]
