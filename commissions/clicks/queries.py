from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from commissions.clicks.models import Click, CreditChoice, VisitorSalt
from editors.links.models import Link
from editors.looks.models import Look
from editors.membership.models import Editor
from foundation.accounts.models import Account
from foundation.db import db


@dataclass(frozen=True, slots=True)
class VisitClick:
    """A click as the decision needs it, with what it led to."""

    click_id: int
    link_id: int
    link_code: str
    editor_id: int
    editor_account_id: int
    editor_email: str
    editor_status: str
    look_id: int | None
    look_title: str | None
    first_at: datetime
    last_at: datetime


def clicks_of_visit(visit: str, until: datetime) -> list[VisitClick]:
    """Every click of a visit up to a moment, oldest first."""
    rows = db.session.execute(
        select(
            Click.id,
            Click.link_id,
            Link.code,
            Click.editor_id,
            Editor.account_id,
            Account.email,
            Editor.status,
            Click.look_id,
            Look.title,
            Click.first_at,
            Click.last_at,
        )
        .join(Link, Link.id == Click.link_id)
        .join(Editor, Editor.id == Click.editor_id)
        .join(Account, Account.id == Editor.account_id)
        .outerjoin(Look, Look.id == Click.look_id)
        .where(Click.visit_id == visit, Click.first_at <= until)
        .order_by(Click.first_at, Click.id)
    )
    return [VisitClick(*row) for row in rows]


def choices_of_visit(visit: str, until: datetime) -> Sequence[CreditChoice]:
    """What the shopper said about credit during a visit, oldest first."""
    return db.session.scalars(
        select(CreditChoice)
        .where(CreditChoice.visit_id == visit, CreditChoice.at <= until)
        .order_by(CreditChoice.at, CreditChoice.id)
    ).all()


def editors_of_visit(visit: str) -> Sequence[Editor]:
    """Whose links this visit came by, by name: those the shopper can choose among."""
    return db.session.scalars(
        select(Editor)
        .where(Editor.id.in_(select(Click.editor_id).where(Click.visit_id == visit)))
        .order_by(Editor.name, Editor.id)
    ).all()


def salt_known_for(day: date) -> bytes | None:
    """The salt for the visitor hashes of a day, if anybody came by a link on it."""
    return db.session.scalars(select(VisitorSalt.salt).where(VisitorSalt.day == day)).one_or_none()
