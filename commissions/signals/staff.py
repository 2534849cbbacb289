"""Fraud control for staff: what was noticed, the evidence laid out, the receipt beside it, the decision."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from commissions.claims import words as receipt_words
from commissions.claims.forms import DecisionForm
from commissions.claims.queries import receipt_by_number
from commissions.holds.words import told_editor
from commissions.signals import actions, errors
from commissions.signals.models import Case, CaseStatus
from commissions.signals.policy import Kind
from commissions.signals.queries import PAGE_SIZE, Pile, case_by_id, pile_of, piles, unpaid_orders, waiting_of
from commissions.signals.words import INNOCENT, NAMES, STATES, noticed_by, subject, told_about
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.audit.acts import sentence_of
from foundation.audit.queries import history
from foundation.db import all_or_nothing
from foundation.money import Money
from foundation.settings import current
from foundation.staff.queue import Job
from foundation.web.fields import REFUSED
from foundation.web.numbers import not_beyond, page_number, pages_of
from foundation.web.tabs import tabs

bp = Blueprint("staff_signals", __name__, url_prefix="/staff/signals")


@bp.get("")
@permitted(Permission.SIGNALS_VIEW)
def index() -> str:
    """What is held, what is flagged, what is decided; of one kind of signal if one was chosen."""
    wanted, page = request.args.get("pile", ""), page_number()
    pile = Pile(wanted) if wanted in list(Pile) else Pile.HELD
    chosen = request.args.get("kind", "")
    kind = Kind(chosen) if chosen in list(Kind) else None
    found, counts = pile_of(pile, kind, page), piles(kind)
    not_beyond(page, found)
    names = {Pile.HELD: _("Held"), Pile.FLAGGED: _("Flagged"), Pile.DECIDED: _("Decided")}
    return render_template(
        "commissions/signals/staff_list.html",
        rows=[
            (one, subject(one), [NAMES[kind] for kind in one.kinds], *STATES[CaseStatus(one.status)])
            for one in found
        ],
        pile=pile,
        kind=kind,
        kinds=[(one.value, NAMES[one]) for one in Kind],
        tabs=tabs(
            names,
            pile,
            lambda key: url_for("staff_signals.index", pile=str(key), kind=kind.value if kind else None),
            counts,
        ),
        page=page,
        pages=pages_of(counts[pile], PAGE_SIZE),
    )


@bp.get("/<int:case_id>")
@permitted(Permission.SIGNALS_VIEW)
def show(case_id: int) -> str:
    """One case: what was noticed and by what, what the editor says, and the decision."""
    return _page(_found(case_id), DecisionForm(formdata=None))


@bp.post("/<int:case_id>")
@permitted(Permission.SIGNALS_DECIDE)
def decide(case_id: int) -> Any:
    """Hold it, release it or take it back; each with a reason, and in words for the editor if they know."""
    found, form = _found(case_id), DecisionForm()
    wanted = request.form.get("do", "")
    tells = wanted == "reverse" or (wanted == "release" and found.held_at is not None)
    good = form.validate()
    if tells and not form.reply.data:
        form.reply.errors = (*form.reply.errors, _("Write what the editor reads."))
        good = False
    if not good or wanted not in ("hold", "release", "reverse"):
        return _page(found, form), REFUSED
    given: dict[str, Any] = {
        "actor": current_staff(),
        "case_id": case_id,
        "reason": str(form.reason.data),
        "return_days": current().return_days,
    }
    what = subject(found)
    try:
        with all_or_nothing():
            if wanted == "hold":
                actions.hold(**given)
            elif wanted == "release":
                actions.release(**given, reply=str(form.reply.data or ""))
            else:
                actions.reverse(**given, reply=str(form.reply.data or ""))
    except (errors.OwnCase, errors.NothingWaits) as refused:
        form.form_errors.append(str(refused))
        return _page(_found(case_id), form), refused.status
    except errors.CaseDecided as refused:
        flash(str(refused), "warn")
        return redirect(url_for("staff_signals.show", case_id=case_id), code=303)
    said = {
        "hold": _("Held: %(what)s. The editor was told.", what=what),
        "release": _("Released: %(what)s.", what=what),
        "reverse": _("Taken back: %(what)s. The editor was told.", what=what),
    }
    flash(said[wanted], "good")
    if wanted == "hold":
        return redirect(url_for("staff_signals.show", case_id=case_id), code=303)
    return redirect(url_for("staff_signals.index"), code=303)


def waiting_jobs() -> list[Job]:
    """For the desk's first page: what is held, and what is flagged."""
    if not _may(Permission.SIGNALS_DECIDE):
        return []
    return [
        Job(
            kind=_("Fraud control"),
            what=subject(one),
            href=url_for("staff_signals.show", case_id=one.id),
            since=one.opened_at,
            note=_("The editor has answered") if one.answered_at else str(STATES[CaseStatus(one.status)][0]),
            action=_("Look at it"),
            late=one.status == CaseStatus.HELD,
        )
        for pile in (Pile.HELD, Pile.FLAGGED)
        for one in pile_of(pile, None, 1)
    ]


def waiting_count() -> int:
    """How many wait for a decision, for the navigation."""
    if not _may(Permission.SIGNALS_VIEW):
        return 0
    counts = piles()
    return counts[Pile.HELD] + counts[Pile.FLAGGED]


def _may(permission: Permission) -> bool:
    account = current_account()
    return account is not None and permission in account.permissions


def _found(case_id: int) -> Case:
    found = case_by_id(case_id)
    if found is None:
        raise errors.NoSuchCase()
    return found


def _page(case: Case, form: DecisionForm) -> str:
    receipt = receipt_by_number(case.order_number) if case.order_number else None
    account, currency = current_account(), current().currency
    waiting = waiting_of(case.editor_id, case.order_id, currency)
    word, tone = STATES[CaseStatus(case.status)]
    return render_template(
        "commissions/signals/staff_show.html",
        case=case,
        title=subject(case),
        state=word,
        tone=tone,
        signals=[
            (NAMES[Kind(one.kind)], noticed_by(Kind(one.kind), one.evidence), INNOCENT[Kind(one.kind)], one)
            for one in case.noticed
        ],
        told=told_editor(told_about(case)),
        receipt=receipt,
        rule=receipt_words.rule(receipt) if receipt else "",
        candidates=receipt_words.rows(receipt, None) if receipt else [],
        held=Money(waiting.minor, currency),
        held_orders=waiting.orders,
        may_hold=case.status == CaseStatus.FLAGGED and bool(unpaid_orders(case.editor_id, case.order_id)),
        may_decide=_may(Permission.SIGNALS_DECIDE),
        may_open_order=_may(Permission.ORDERS_VIEW),
        own=account is not None and account.id == case.editor.account_id,
        form=form,
        history=[(row, sentence_of(row.action)) for row in history("signal_case", case.id)],
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
