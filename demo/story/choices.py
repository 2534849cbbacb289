"""What editors do with their money besides waiting for the next run: before it, instead of it, and to where."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask

from commissions.early.actions import accept, ask
from commissions.early.queries import payable_now
from commissions.instead.actions import donate, take_as_credit
from commissions.instead.queries import open_causes
from commissions.payees.queries import payee_of
from commissions.payouts.approving import approve_run
from demo.story.people import FINANCE, STORE
from editors.membership.models import Editor
from editors.membership.queries import editor_by_handle
from foundation import clock
from foundation.accounts.models import Account
from foundation.accounts.queries import account_by_email
from foundation.actors import Actor
from foundation.db import leave_transaction, unit_of_work
from foundation.money import Money
from foundation.settings import current
from stripe_sandbox.accounts import change_bank
from stripe_sandbox.store import opened

# Days before today: the morning of the second run, when everybody has something that can be paid.
DECIDED = 1
# Whoever changes banks waits a week, so the run says why it leaves her out. She whose account waits for papers
# can still take credit and give.
IN_A_HURRY, WITHOUT_PAPERS, MOVES_BANK = "pietro", "noemi", "amina"
SPENT_MINOR, GIVEN_MINOR = 2_000, 1_500


def turn_of_the_day(app: Flask, days_ago: int, morning: datetime) -> None:
    """Whatever an editor decides that day."""
    if days_ago != DECIDED:
        return
    clock.hold(morning + timedelta(hours=4))
    with app.app_context():
        _ask_early()
        _take_credit()
        _give()
        _change_bank()


def _ask_early() -> None:
    """Pietro's rent is due: he asks, one person prepares a run of his alone, another approves."""
    least = Money(current().payout_minimum_minor, current().currency)
    with unit_of_work():
        editor, me = _editor(IN_A_HURRY)
        if payable_now(editor.id, least.currency) < least:
            return
        wish = ask(actor=me, editor_id=editor.id, minimum=least)
    with unit_of_work():
        who = _staff(STORE.email)
        run = accept(actor=who.as_staff(), account_id=who.id, wish_id=wish.id, minimum=least)
    with unit_of_work():
        who = _staff(FINANCE.email)
        approve_run(actor=who.as_staff(), account_id=who.id, run_id=run.id)


def _take_credit() -> None:
    with unit_of_work():
        editor, me = _editor(WITHOUT_PAPERS)
        payable = payable_now(editor.id, current().currency)
        amount = Money(min(SPENT_MINOR, payable.minor), payable.currency)
        if amount:
            take_as_credit(
                actor=me,
                editor_id=editor.id,
                account_id=editor.account_id,
                amount=amount,
                seen=payable,
                bonus_bps=current().store_credit_bonus_bps,
            )


def _give() -> None:
    with unit_of_work():
        editor, me = _editor(WITHOUT_PAPERS)
        payable = payable_now(editor.id, current().currency)
        amount = Money(min(GIVEN_MINOR, payable.minor), payable.currency)
        if amount:
            cause = open_causes()[-1]
            donate(actor=me, editor_id=editor.id, amount=amount, seen=payable, cause_id=cause.id)


def _change_bank() -> None:
    """Amina has another bank: Stripe tells us, and nothing is sent to her for a week."""
    editor, _me = _editor(MOVES_BANK)
    payee = payee_of(editor.id)
    account = payee.account if payee else None
    leave_transaction()
    if account:
        with opened() as store:
            change_bank(store, account)


def _editor(handle: str) -> tuple[Editor, Actor]:
    editor = editor_by_handle(handle)
    assert editor is not None
    return editor, Actor.person(editor.account_id, editor.name)


def _staff(email: str) -> Account:
    account = account_by_email(email)
    assert account is not None
    return account
