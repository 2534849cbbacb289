"""What results and money put on the first page of the studio: the head of it, and what to do next."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext as _

from commissions.ledger.queries import EditorBalance
from commissions.results.policy import NONE, Cut, Period, span_before, span_of
from commissions.results.queries import days_of, looks_named, results_by
from commissions.statements.views import money_of
from editors.looks.models import LookStatus
from editors.looks.words import look_name
from editors.membership.guards import editor_here
from editors.membership.models import Editor
from editors.studio.next_steps import Step, Weight
from foundation import clock
from foundation.money import Money
from foundation.payments import PayeeStatus
from foundation.settings import current
from foundation.web.formats import money, number

# So many clicks without an order say something about a look; fewer may be chance.
MANY_CLICKS = 20


def head(**_more: object) -> str:
    """Today, this month beside the same days of the last one, and the next payout as it looks today."""
    editor = editor_here()
    if editor is None:
        return ""
    settings = current()
    today = clock.today(settings.timezone)
    month = span_of(Period.MONTH, today)
    spans = [span_of(Period.WEEK, today), month, span_before(month, Period.MONTH)]
    this_week, this_month, before = days_of(editor.id, settings.currency, settings.timezone, spans)
    now = this_week.by_day.get(today, NONE)
    earned = [Money(one.earned_minor, settings.currency) for one in (now, this_month.whole, before.whole)]
    return render_template(
        "commissions/results/home_head.html",
        spans=[
            {"label": _("Today"), "sums": now, "earned": earned[0], "before": None},
            {"label": _("This month"), "sums": this_month.whole, "earned": earned[1], "before": earned[2]},
        ],
        **money_of(editor),
    )


def steps(**_more: object) -> list[Step]:
    """What money and results say is to be done: an account that cannot be paid, a look that nobody buys."""
    editor = editor_here()
    if editor is None:
        return []
    return [*_payment(editor), *_unsold(editor)]


def _payment(editor: Editor) -> list[Step]:
    known = money_of(editor)
    payee, balance = known["payee"], known["balance"]
    status = payee.status if payee else PayeeStatus.NONE
    waits = _waiting(balance)
    if status == PayeeStatus.ACTIVE or not waits:
        return []
    if status in (PayeeStatus.RESTRICTED, PayeeStatus.CLOSED):
        text = _(
            "%(amount)s is yours or soon will be. Stripe asks for something before it can be sent.",
            amount=money(waits),
        )
    else:
        text = _(
            "%(amount)s is yours or soon will be, and nobody knows yet where to send it.", amount=money(waits)
        )
    return [Step(_("Let us pay you"), text, url_for("payees.show"), _("Say where"), Weight.MONEY)]


def _waiting(balance: EditorBalance) -> Money | None:
    minor = balance.pending.minor + max(0, balance.payable.minor)
    return Money(minor, balance.pending.currency) if minor else None


def _unsold(editor: Editor) -> list[Step]:
    """Looks on show that many people came to in four weeks and nobody bought from."""
    settings = current()
    span = span_of(Period.FOUR_WEEKS, clock.today(settings.timezone))
    (found,) = results_by(Cut.LOOK, editor.id, settings.currency, settings.timezone, [span])
    clicks = {
        key: one.clicks for key, one in found.items() if key and one.clicks >= MANY_CLICKS and not one.orders
    }
    named = looks_named(list(clicks)) if clicks else {}
    return [
        Step(
            _("See why nobody buys %(look)s", look=look_name(look)),
            _(
                "%(clicks)s clicks in four weeks and no order. Is a size missing, or a word on how it fits?",
                clicks=number(clicks[key]),
            ),
            url_for("studio_looks.edit", look_id=key),
            _("Open"),
            Weight.UNSOLD,
        )
        for key, look in sorted(named.items(), key=lambda entry: -clicks[entry[0]])
        if look.status == LookStatus.PUBLISHED and look.editor_id == editor.id
    ]
