"""The writers of what finance decides about the books: a debt is given up by two people, never by one."""

from __future__ import annotations

from sqlalchemy import select

from commissions.accruals.actions import note_payables
from commissions.accruals.models import PayableMovement
from commissions.books import errors
from commissions.books.models import WRITE_OFF_MOVES, BookProof, WriteOff, WriteOffStatus
from commissions.ledger.actions import EntryDraft, LegDraft, post
from commissions.ledger.models import AccountKind, EntryKind, Side
from commissions.ledger.queries import debt_account
from commissions.statements.proof import Proof
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken
from foundation.money import Money

LONGEST_REASON = 500


def note_proof(*, actor: Actor, proof: Proof) -> BookProof:
    """Keep what a proof found, for the page of the books and for who asks later."""
    noted = BookProof(at=clock.now(), entries=proof.entries, fault=proof.fault, row=proof.row)
    db.session.add(noted)
    db.session.flush()
    return noted


def ask_write_off(*, actor: Actor, account_id: int, editor_id: int, amount: Money, reason: str) -> WriteOff:
    """Ask that an editor's debt be given up; another person decides. `amount` is the debt that was seen.

    Raises `ReasonMissing`, `DebtChanged` when the editor owes another sum by now, `AskedAlready`.
    """
    reason = _sensible(reason)
    if not amount or _lock_debt(editor_id, amount.currency) != amount.minor:
        raise errors.DebtChanged()
    asked = WriteOff(
        editor_id=editor_id,
        currency=amount.currency,
        amount_minor=amount.minor,
        status=WriteOffStatus.ASKED,
        reason=reason,
        asked_by_id=account_id,
        asked_at=clock.now(),
    )
    with unless_taken(errors.AskedAlready, "uq_write_offs_asked"):
        db.session.add(asked)
        db.session.flush()
    audit.record(
        actor=actor,
        action="books.ask_write_off",
        subject=("write_off", asked.id),
        reason=asked.reason,
        after={"editor": editor_id, "amount_minor": amount.minor},
    )
    return asked


def agree_to_write_off(*, actor: Actor, account_id: int, write_off_id: int) -> WriteOff:
    """The second person agrees: the debt is booked as given up. Raises `SamePerson` for who asked, and
    `DebtChanged` when less is owed by now: a payout netted it meanwhile, or a refund failed.
    """
    found = _lock(write_off_id)
    if found.asked_by_id == account_id:
        raise errors.SamePerson()
    WRITE_OFF_MOVES.move(found, WriteOffStatus.BOOKED)
    found.decided_by_id, found.decided_at = account_id, clock.now()
    db.session.flush()
    if _lock_debt(found.editor_id, found.currency) < found.amount_minor:
        raise errors.DebtChanged()
    entry = _entry(found)
    note_payables([(post(actor=actor, entry=entry), entry)])
    db.session.flush()
    audit.record(
        actor=actor,
        action="books.write_off",
        subject=("write_off", found.id),
        reason=found.reason,
        after={"editor": found.editor_id, "amount_minor": found.amount_minor},
    )
    return found


def refuse_write_off(*, actor: Actor, account_id: int, write_off_id: int, answer: str) -> WriteOff:
    """The debt stays, with a reason; whoever asked may take it back so too."""
    answer = _sensible(answer)
    found = _lock(write_off_id)
    WRITE_OFF_MOVES.move(found, WriteOffStatus.REFUSED)
    found.decided_by_id, found.decided_at = account_id, clock.now()
    found.answer = answer
    db.session.flush()
    audit.record(
        actor=actor, action="books.refuse_write_off", subject=("write_off", found.id), reason=found.answer
    )
    return found


def _sensible(reason: str) -> str:
    """The words without the space around them; raises `ReasonMissing` and `ReasonTooLong`."""
    words = reason.strip()
    if not words:
        raise errors.ReasonMissing()
    if len(words) > LONGEST_REASON:
        raise errors.ReasonTooLong()
    return words


def _lock(write_off_id: int) -> WriteOff:
    found = lock_rows(WriteOff, [write_off_id])
    if not found:
        raise errors.NoSuchWriteOff()
    return found[0]


def _lock_debt(editor_id: int, currency: str) -> int:
    """What the editor owes and no payout nets, in minor units; the movements it is made of are locked.

    A payout that is about to take them waits; one that has taken them leaves no debt here.
    """
    unpaid = db.session.scalars(
        select(PayableMovement.amount_minor)
        .where(
            PayableMovement.editor_id == editor_id,
            PayableMovement.currency == currency,
            PayableMovement.payout_id.is_(None),
        )
        .order_by(PayableMovement.id)
        .with_for_update()
    ).all()
    return max(0, -sum(unpaid))


def _entry(found: WriteOff) -> EntryDraft:
    """From the debt to the write-offs; what of it was taken back during a transfer lies on payable."""
    of_debt = min(found.amount_minor, debt_account(found.editor_id, found.currency))
    legs = [LegDraft(AccountKind.HOUSE_WRITE_OFF, Side.DEBIT, found.amount)]
    for kind, minor in (
        (AccountKind.EDITOR_DEBT, of_debt),
        (AccountKind.EDITOR_PAYABLE, found.amount_minor - of_debt),
    ):
        if minor:
            legs.append(LegDraft(kind, Side.CREDIT, Money(minor, found.currency), found.editor_id))
    return EntryDraft(f"write_off:{found.id}", EntryKind.WRITTEN_OFF, tuple(legs))
