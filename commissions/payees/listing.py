"""Every editor as somebody who is paid: their account at Stripe, and what they are owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select, text

from commissions.ledger.balances import ACCOUNTS, OWED_KINDS
from commissions.payees.models import Payee
from editors.membership.models import Editor
from foundation import clock
from foundation.db import db
from foundation.payments.objects import PayeeStatus


class Standing(StrEnum):
    """How far an editor is on the way to being paid, as staff narrow the list; begun: Stripe has not all it
    needs; paused: another bank account was seen lately; returned: their bank sent the last payout back.
    """

    NONE = "none"
    BEGUN = "begun"
    ACTIVE = "active"
    RESTRICTED = "restricted"
    CLOSED = "closed"
    PAUSED = "paused"
    RETURNED = "returned"


_OWED = text(
    f"""
    SELECT editor_id, sum(credit_minor - debit_minor)::bigint FROM ({ACCOUNTS}) account
    WHERE editor_id = ANY(:editors) AND currency = :currency AND kind IN {OWED_KINDS}
    GROUP BY editor_id
    """
)


@dataclass(frozen=True, slots=True)
class Line:
    """An editor with their account, if they have begun one, and what they are owed; a debt has a minus."""

    editor: Editor
    payee: Payee | None
    owed_minor: int


def standing_of(payee: Payee | None) -> Standing:
    """How far they are, by the account alone."""
    if payee is None or payee.account is None:
        return Standing.NONE
    known = {
        PayeeStatus.ACTIVE: Standing.ACTIVE,
        PayeeStatus.RESTRICTED: Standing.RESTRICTED,
        PayeeStatus.CLOSED: Standing.CLOSED,
    }
    return known.get(PayeeStatus(payee.status), Standing.BEGUN)


def count_of(words: str, standing: Standing | None) -> int:
    """How many editors the list holds."""
    wanted = _wanted(words, standing)
    return db.session.scalars(
        select(func.count()).select_from(Editor).outerjoin(Payee, Payee.editor_id == Editor.id).where(*wanted)
    ).one()


def page_of(
    words: str, standing: Standing | None, currency: str, *, limit: int, offset: int
) -> Sequence[Line]:
    """Some of the list by name, in two statements whatever its length."""
    found = db.session.execute(
        select(Editor, Payee)
        .outerjoin(Payee, Payee.editor_id == Editor.id)
        .where(*_wanted(words, standing))
        .order_by(func.lower(Editor.name), Editor.id)
        .limit(limit)
        .offset(offset)
    ).all()
    values = {"editors": [row[0].id for row in found], "currency": currency, "until": None}
    owed = {row[0]: int(row[1]) for row in db.session.execute(_OWED, values)} if found else {}
    return [Line(row[0], row[1], owed.get(row[0].id, 0)) for row in found]


def _wanted(words: str, standing: Standing | None) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if name := words.strip().lstrip("@"):
        wanted.append(
            or_(Editor.name.icontains(name, autoescape=True), Editor.handle.icontains(name, autoescape=True))
        )
    if standing is not None:
        wanted.append(_is(standing))
    return wanted


def _is(standing: Standing) -> ColumnElement[bool]:
    if standing is Standing.NONE:
        return Payee.account.is_(None)
    if standing is Standing.PAUSED:
        return Payee.paused_until > clock.now()
    if standing is Standing.RETURNED:
        return Payee.bank_failure.is_not(None)
    if standing is Standing.BEGUN:
        finished = (PayeeStatus.ACTIVE, PayeeStatus.RESTRICTED, PayeeStatus.CLOSED)
        return Payee.account.is_not(None) & Payee.status.not_in(finished)
    return Payee.account.is_not(None) & (Payee.status == PayeeStatus(standing.value))
