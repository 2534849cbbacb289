"""Debts of editors that two people give up, asked for and decided on the page of the books."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from commissions.books import actions
from commissions.books.queries import last_proof, write_offs_asked
from commissions.books.staff import books_page, bp, reader_id
from commissions.statements.proof import said_of
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.money import Money
from foundation.settings import current
from foundation.staff.queue import Job
from foundation.web.formats import money
from foundation.web.numbers import sent_number


@bp.post("/write-offs")
@permitted(Permission.DEBTS_WRITE_OFF)
def ask() -> Response | tuple[str, int]:
    """One person wants a debt to be given up."""
    editor_id, reason = sent_number("editor") or 0, request.form.get("reason", "")
    amount = Money(sent_number("amount") or 0, current().currency)

    def work() -> str:
        actions.ask_write_off(
            actor=current_staff(),
            account_id=reader_id(),
            editor_id=editor_id,
            amount=amount,
            reason=reason,
        )
        return _("Asked. Nothing is booked: someone else has to agree.")

    return _decided(work, form=f"reason-{editor_id}", reason=reason)


@bp.post("/write-offs/<int:write_off_id>/agree")
@permitted(Permission.DEBTS_WRITE_OFF)
def agree(write_off_id: int) -> Response | tuple[str, int]:
    """Another person agrees, and it is booked."""

    def work() -> str:
        found = actions.agree_to_write_off(
            actor=current_staff(), account_id=reader_id(), write_off_id=write_off_id
        )
        return _("Booked. %(amount)s is given up.", amount=money(found.amount))

    return _decided(work, form=f"agree-{write_off_id}")


@bp.post("/write-offs/<int:write_off_id>/refuse")
@permitted(Permission.DEBTS_WRITE_OFF)
def refuse(write_off_id: int) -> Response | tuple[str, int]:
    """The debt stays, with a reason."""
    reason = request.form.get("reason", "")

    def work() -> str:
        actions.refuse_write_off(
            actor=current_staff(), account_id=reader_id(), write_off_id=write_off_id, answer=reason
        )
        return _("The debt stays.")

    return _decided(work, form=f"refuse-{write_off_id}", reason=reason)


def _decided(work: Callable[[], str], *, form: str, reason: str = "") -> Response | tuple[str, int]:
    """Do it and show the debts; what cannot be is said there, beside what was typed."""
    try:
        with all_or_nothing():
            said = work()
    except Problem as problem:
        return books_page(form=form, sentence=str(problem), reason=reason)[0], problem.status
    flash(said)
    return redirect(url_for("books.index", _anchor="debts"), code=303)


def waiting_jobs() -> list[Job]:
    """For the desk's first page: books that do not fit, and debts that wait for a second person."""
    account = current_account()
    if account is None or Permission.BOOKS_VIEW not in account.permissions:
        return []
    jobs = []
    found = last_proof()
    if found is not None and found.fault:
        jobs.append(
            Job(
                kind=_("Books"),
                what=_("The books do not fit"),
                href=url_for("books.index"),
                since=found.at,
                note=said_of(found.fault, found.row),
                action=_("Look at it"),
                late=True,
            )
        )
    if Permission.DEBTS_WRITE_OFF not in account.permissions:
        return jobs
    return jobs + [
        Job(
            kind=_("Books"),
            what=_("Write off %(amount)s that %(name)s owes", amount=money(one.amount), name=one.editor.name),
            href=url_for("books.index", _anchor="debts"),
            since=one.asked_at,
            note=_("%(name)s asked for it. It waits for a second person.", name=one.asked_by.label),
            action=_("Decide"),
        )
        for one in write_offs_asked(current().currency)
        if one.asked_by_id != account.id
    ]
