"""Staff: missing sales, the nearest deadline first, each with all that is known to decide it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Flask, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from commissions.claims import words as receipt_words
from commissions.claims.errors import AlreadyTheirs
from commissions.claims.forms import ReplyForm
from commissions.claims.queries import receipt_by_number
from commissions.missing import actions, errors
from commissions.missing.models import CameBy, MissingSale, MissingStatus
from commissions.missing.policy import LATE_FROM
from commissions.missing.queries import PAGE_SIZE, Pile, clicks_towards, missing_by_id, pile_of, piles
from commissions.missing.words import STATES, WAYS
from foundation import clock
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.audit.acts import sentence_of
from foundation.audit.queries import history
from foundation.db import all_or_nothing, in_steps, leave_transaction
from foundation.errors import NotFound
from foundation.files import storage
from foundation.files.keys import type_of
from foundation.seen import ChangedMeanwhile
from foundation.settings import current
from foundation.staff.queue import Job
from foundation.web.fields import REFUSED
from foundation.web.formats import day
from foundation.web.numbers import not_beyond, page_number, pages_of
from foundation.web.tabs import tabs
from storefront.orders.queries import order_by_number

bp = Blueprint("staff_missing", __name__, url_prefix="/staff/missing-sales")


@bp.get("")
@permitted(Permission.CLAIMS_DECIDE)
def index() -> str:
    """What waits, or what is decided."""
    wanted, page = request.args.get("pile", ""), page_number()
    pile = Pile(wanted) if wanted in list(Pile) else Pile.OPEN
    found, counts = pile_of(pile, page), piles()
    not_beyond(page, found)
    names = {Pile.OPEN: _("Wait for an answer"), Pile.DECIDED: _("Decided")}
    return render_template(
        "commissions/missing/staff_list.html",
        rows=[(one, WAYS[CameBy(one.came_by)], *STATES[one.status], _late(one)) for one in found],
        pile=pile,
        tabs=tabs(names, pile, lambda key: url_for("staff_missing.index", pile=str(key)), counts),
        page=page,
        pages=pages_of(counts[pile], PAGE_SIZE),
    )


@bp.get("/<int:missing_id>")
@permitted(Permission.CLAIMS_DECIDE)
def show(missing_id: int) -> str:
    """One missing sale: what its editor says, what the shop knows, and the answer."""
    return _page(_found(missing_id))


@bp.post("/<int:missing_id>")
@permitted(Permission.CLAIMS_DECIDE)
def decide(missing_id: int) -> Any:
    """Credit it or not; both are told to the editor, and both need a reason."""
    found, form = _found(missing_id), ReplyForm()
    if not form.validate():
        return _page(found, form), REFUSED
    grant = request.form.get("do") == "grant"
    name, number = found.editor.first_name, found.order_number
    try:
        with all_or_nothing():
            actions.answer(
                actor=current_staff(),
                missing_id=missing_id,
                grant=grant,
                reply=str(form.reply.data),
                reason=str(form.reason.data),
                return_days=current().return_days,
                seen=form.was_seen,
            )
    except (ChangedMeanwhile, AlreadyTheirs, errors.OwnReport) as refused:
        form.form_errors.append(str(refused))
        return _page(_found(missing_id), form), refused.status
    except errors.DecidedBefore as refused:
        flash(str(refused), "warn")
        return redirect(url_for("staff_missing.show", missing_id=missing_id), code=303)
    if grant:
        flash(_("Order %(number)s is credited to %(name)s now.", number=number, name=name), "good")
    else:
        flash(_("%(name)s was told, with your words.", name=name), "good")
    return redirect(url_for("staff_missing.index"), code=303)


@bp.get("/<int:missing_id>/file")
@permitted(Permission.CLAIMS_DECIDE)
@in_steps
def file(missing_id: int) -> Response:
    """What the editor sent with it: a picture is shown, a PDF is carried away."""
    found = _found(missing_id)
    if found.file_key is None:
        raise NotFound()
    key, name = found.file_key, found.file_name
    leave_transaction()
    content = io.BytesIO(storage.read(key))
    as_paper = type_of(key) == "application/pdf"
    shown = send_file(content, mimetype=type_of(key), as_attachment=as_paper, download_name=name)
    shown.headers["Cache-Control"] = "private, no-store"
    shown.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    shown.headers["X-Content-Type-Options"] = "nosniff"
    return shown


def waiting_jobs() -> list[Job]:
    """For the desk's first page: missing sales that wait for an answer."""
    if not _may_decide():
        return []
    return [
        Job(
            kind=_("Missing sale"),
            what=_("%(name)s asks about order %(number)s", name=one.editor.name, number=one.order_number),
            href=url_for("staff_missing.show", missing_id=one.id),
            since=one.sent_at,
            note=_("Answer due %(day)s", day=day(one.due_at, "short")),
            action=_("Look at it"),
            late=_late(one),
        )
        for one in pile_of(Pile.OPEN, 1)
    ]


def waiting_count() -> int:
    """How many wait, for the navigation."""
    return piles()[Pile.OPEN] if _may_decide() else 0


def _may_decide() -> bool:
    account = current_account()
    return account is not None and Permission.CLAIMS_DECIDE in account.permissions


def _late(one: MissingSale) -> bool:
    return one.status == MissingStatus.OPEN and one.due_at - clock.now() < LATE_FROM


def _found(missing_id: int) -> MissingSale:
    found = missing_by_id(missing_id)
    if found is None:
        raise errors.NoSuchMissingSale()
    return found


def _page(found: MissingSale, form: ReplyForm | None = None) -> str:
    receipt = receipt_by_number(found.order_number)
    if receipt is None:
        raise errors.NoSuchMissingSale()
    order = order_by_number(found.order_number)
    zone = current().timezone
    last = receipt.checkout_began_at.astimezone(ZoneInfo(zone)).date()
    first = last - timedelta(days=receipt.window_days)
    form = form or ReplyForm(formdata=None)
    form.seen.data = str(receipt.id)
    account = current_account()
    permissions = account.permissions if account else frozenset()
    state, tone = STATES[found.status]
    return render_template(
        "commissions/missing/staff_show.html",
        missing=found,
        way=WAYS[CameBy(found.came_by)],
        state=state,
        tone=tone,
        late=_late(found),
        waits=found.status == MissingStatus.OPEN,
        picture=found.file_key is not None and ".webp" in found.file_key,
        order=order,
        receipt=receipt,
        rule=receipt_words.rule(receipt),
        candidates=receipt_words.rows(receipt, None),
        clicks=clicks_towards(found.editor_id, found.order_id, zone, first, last),
        days=receipt.window_days,
        own=account is not None and account.id == found.editor.account_id,
        may_open_order=Permission.ORDERS_VIEW in permissions,
        form=form,
        history=[(row, sentence_of(row.action)) for row in history("missing_sale", found.id)],
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
