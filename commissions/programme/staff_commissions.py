"""Staff: every commission, narrowed by editor, state, days, rate, order and amount, each with its receipt."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Flask, Response, render_template, request, url_for
from flask_babel import gettext as _

from commissions.accruals.policy import CommissionStatus
from commissions.accruals.words import TONES, state_words
from commissions.programme.listing import Asked, Narrowed, all_of, page_of, total_of
from commissions.rates.models import RateCard
from commissions.rates.policy import CardKind
from commissions.rates.queries import every_card
from commissions.rates.words import card_words
from foundation import clock, days
from foundation.accounts.guards import permitted
from foundation.accounts.permissions import Permission
from foundation.money import Money, decimal_text
from foundation.settings import current
from foundation.spreadsheets import defused
from foundation.web.amounts import AMOUNT, beginning_of, end_of, typed_minor
from foundation.web.fields import REFUSED
from foundation.web.formats import day, percent
from foundation.web.numbers import not_beyond, page_number, pages_of

PAGE = 50
FIELDS = ("editor", "number", "state", "card", "from", "to", "least", "most")

bp = Blueprint("staff_commissions", __name__, url_prefix="/staff/commissions")


@bp.get("")
@permitted(Permission.RECEIPTS_VIEW)
def index() -> str | tuple[str, int]:
    """The list, newest first, with its sum."""
    cards = every_card()
    asked, page = _asked(cards), page_number()
    total = total_of(asked.narrowed) if not asked.wrong else None
    found = page_of(asked.narrowed, limit=PAGE, offset=(page - 1) * PAGE) if total else []
    not_beyond(page, found)
    typed = {name: value for name, value in asked.typed.items() if value}
    pages = pages_of(total.count, PAGE) if total else 1
    shown = render_template(
        "commissions/programme/commissions.html",
        rows=[
            (
                one,
                editor,
                state_words(one.status, due_at=one.due_at, paid_at=one.paid_at),
                TONES[CommissionStatus(one.status)],
            )
            for one, editor in found
        ],
        typed=asked.typed,
        wrong=asked.wrong,
        states=[("", _("Every state")), *((str(state), state_words(state)) for state in CommissionStatus)],
        cards=[("", _("Every rate and campaign")), *((str(card.id), _named(card)) for card in cards)],
        count=total.count if total else 0,
        left=Money(total.minor if total else 0, asked.narrowed.currency),
        currency=asked.narrowed.currency,
        asked=typed,
        page=page,
        pages=pages,
        previous=_page(typed, page - 1) if page > 1 else None,
        next=_page(typed, page + 1) if page < pages else None,
    )
    return (shown, REFUSED) if asked.wrong else shown


@bp.get("/commissions.csv")
@permitted(Permission.RECEIPTS_VIEW)
def sheet() -> Response | tuple[str, int] | str:
    """The whole narrowed list for a spreadsheet."""
    asked = _asked(every_card())
    if asked.wrong:
        return index()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        ["order", "paid_at", "editor", "name", "piece", "state", "base", "rate_bps", "accrued", "reversed",
         "left", "currency", "due_at", "paid_out_at"]
    )  # fmt: skip
    for one, editor in all_of(asked.narrowed):
        sums = (
            decimal_text(Money(minor, one.currency))
            for minor in (one.accrued_minor, one.reversed_minor, one.amount_minor)
        )
        writer.writerow(
            [one.order_number, one.accrued_at.isoformat(), editor.handle, defused(editor.name),
             defused(one.piece_name), one.status, decimal_text(Money(one.base_minor, one.currency)),
             one.rate_bps, *sums, one.currency, one.due_at.isoformat() if one.due_at else "",
             one.paid_at.isoformat() if one.paid_at else ""]
        )  # fmt: skip
    response = Response(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    name = f"commissions-{clock.today(current().timezone).isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(typed: Mapping[str, str], page: int) -> str:
    values: dict[str, Any] = {**typed, "page": page if page > 1 else None}
    return url_for("staff_commissions.index", **values)


def _asked(cards: Sequence[RateCard]) -> Asked:
    shop = current()
    typed = {name: request.args.get(name, "").strip()[:80] for name in FIELDS}
    wrong: dict[str, str] = {}
    first, last = _day(typed, "from", wrong), _day(typed, "to", wrong)
    if first and last and last < first:
        wrong["to"] = _("The last day comes before the first one.")
    least, most = _sum(typed, "least", wrong), _sum(typed, "most", wrong)
    if least is not None and most is not None and most < least:
        wrong["most"] = _("The most is less than the least.")
    state = typed["state"]
    return Asked(
        Narrowed(
            shop.currency,
            editor=typed["editor"],
            number=typed["number"],
            state=CommissionStatus(state) if state in set(CommissionStatus) else None,
            card=next((card for card in cards if str(card.id) == typed["card"]), None),
            since=beginning_of(first, shop.timezone),
            until=end_of(last, shop.timezone),
            least=least,
            most=most,
        ),
        typed,
        wrong,
    )


def _day(typed: Mapping[str, str], name: str, wrong: dict[str, str]) -> date | None:
    if not typed[name]:
        return None
    try:
        found = date.fromisoformat(typed[name])
    except ValueError:
        found = None
    if found is None or not days.known(found):
        wrong[name] = _("Write a day between the years 2000 and 2099.")
        return None
    return found


def _sum(typed: Mapping[str, str], name: str, wrong: dict[str, str]) -> int | None:
    try:
        return typed_minor(typed[name], current().currency)
    except ValueError:
        wrong[name] = str(AMOUNT)
        return None


def _named(card: RateCard) -> str:
    if card.kind == CardKind.CAMPAIGN:
        return _("Campaign %(name)s", name=card_words(card))
    share = percent(card.rate_bps) if card.rate_bps is not None else "–"
    return _("%(name)s, %(share)s from %(day)s", name=card_words(card), share=share, day=day(card.valid_from))


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
