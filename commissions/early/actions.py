"""The writers of wishes to be paid early. Accepting prepares a run; approving and sending it is as ever."""

from __future__ import annotations

from commissions.early import errors
from commissions.early.models import EARLY_MOVES, EarlyPayout, EarlyStatus
from commissions.early.queries import payable_now
from commissions.payees.queries import payee_of
from commissions.payouts.actions import prepare_run
from commissions.payouts.models import PayoutRun
from editors.membership.letters import write_to
from editors.membership.queries import editor_by_id
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken
from foundation.money import Money
from foundation.payments.objects import PayeeStatus


def ask(*, actor: Actor, editor_id: int, minimum: Money) -> EarlyPayout:
    """The editor wants what is payable now. Raises `CannotReceive`, `TooLittle`, `AskedAlready`."""
    _refuse_unready(editor_id)
    amount = payable_now(editor_id, minimum.currency)
    if amount < minimum:
        raise errors.TooLittle()
    wish = EarlyPayout(
        editor_id=editor_id,
        currency=amount.currency,
        asked_minor=amount.minor,
        status=EarlyStatus.ASKED,
        asked_at=clock.now(),
    )
    with unless_taken(errors.AskedAlready, "uq_early_payouts_asked"):
        db.session.add(wish)
        db.session.flush()
    audit.record(
        actor=actor,
        action="early.ask",
        subject=("early_payout", wish.id),
        after={"amount_minor": amount.minor},
    )
    return wish


def accept(*, actor: Actor, account_id: int, wish_id: int, minimum: Money) -> PayoutRun:
    """Prepare a run of this editor alone, of what is payable by now. Raises `AnsweredBefore`, `OwnWish`,
    `CannotReceive`, and as preparing does `NothingToPay`.
    """
    wish = _open(wish_id, account_id)
    _refuse_unready(wish.editor_id)
    run = prepare_run(
        actor=actor,
        account_id=account_id,
        currency=wish.currency,
        minimum=minimum,
        editor_id=wish.editor_id,
    )
    wish.run_id = run.id
    _answer(actor, wish, EarlyStatus.ACCEPTED, None)
    audit.record(
        actor=actor, action="early.accept", subject=("early_payout", wish.id), after={"run_id": run.id}
    )
    write_to(wish.editor_id, "commissions/early/mail/accepted.txt", amount=wish.asked)
    return run


def decline(*, actor: Actor, account_id: int, wish_id: int, reply: str) -> EarlyPayout:
    """Say no, with words that the editor reads. Raises `WordsForNo`, `AnsweredBefore`, `OwnWish`."""
    if not reply.strip():
        raise errors.WordsForNo()
    wish = _open(wish_id, account_id)
    _answer(actor, wish, EarlyStatus.DECLINED, reply.strip()[:500])
    audit.record(actor=actor, action="early.decline", subject=("early_payout", wish.id), reason=wish.reply)
    write_to(wish.editor_id, "commissions/early/mail/declined.txt", amount=wish.asked, reply=wish.reply)
    return wish


def _open(wish_id: int, account_id: int) -> EarlyPayout:
    """The wish, locked, if it waits and is not the own one of whoever answers."""
    found = lock_rows(EarlyPayout, [wish_id])
    if not found:
        raise errors.NoSuchWish()
    wish = found[0]
    if wish.status != EarlyStatus.ASKED:
        raise errors.AnsweredBefore()
    editor = editor_by_id(wish.editor_id)
    if editor is not None and editor.account_id == account_id:
        raise errors.OwnWish()
    return wish


def _answer(actor: Actor, wish: EarlyPayout, status: EarlyStatus, reply: str | None) -> None:
    EARLY_MOVES.move(wish, status)
    wish.answered_at, wish.answered_by, wish.reply = clock.now(), actor.label, reply
    db.session.flush()


def _refuse_unready(editor_id: int) -> None:
    payee = payee_of(editor_id)
    if payee is None or payee.status != PayeeStatus.ACTIVE or payee.paused:
        raise errors.CannotReceive()
