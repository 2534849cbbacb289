from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, false, or_, select

from commissions.clicks.models import CarriedClick, Click, CreditBond, CreditChoice, VisitorSalt
from commissions.clicks.policy import Device
from editors.links.models import Link
from editors.looks.models import Look, LookPiece
from editors.membership.models import Editor, EditorStatus
from editors.saves.models import SavedLook
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
    referrer: str | None
    device: Device | None
    country: str | None


_CLICKS = (
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
        Click.referrer,
        Click.device,
        Click.country,
    )
    .join(Link, Link.id == Click.link_id)
    .join(Editor, Editor.id == Click.editor_id)
    .join(Account, Account.id == Editor.account_id)
    .outerjoin(Look, Look.id == Click.look_id)
    .order_by(Click.first_at, Click.id)
)


def clicks_of_visit(visit: str, until: datetime) -> list[VisitClick]:
    """Every click of a visit up to a moment, oldest first."""
    return _found(Click.visit_id == visit, Click.first_at <= until)


def clicks_carried(visit: str, since: datetime, until: datetime) -> list[VisitClick]:
    """The clicks that a cookie brought to a visit from earlier ones, in some days, oldest first."""
    carried = select(CarriedClick.click_id).where(CarriedClick.visit_id == visit, CarriedClick.at <= until)
    return _found(Click.id.in_(carried), Click.last_at >= since)


def clicks_of_account(account_id: int, since: datetime, until: datetime, but: str | None) -> list[VisitClick]:
    """The clicks of the visits on which somebody signed in, in some days, but for those of visit `but`."""
    visits = select(CreditBond.visit_id).where(CreditBond.account_id == account_id)
    others = Click.visit_id.in_(visits) & (Click.visit_id != (but or ""))
    return _found(others, Click.last_at >= since, Click.first_at <= until)


def choices_of_account(account_id: int, until: datetime) -> Sequence[CreditChoice]:
    """What somebody said about credit on the visits on which they signed in, oldest first."""
    visits = select(CreditBond.visit_id).where(CreditBond.account_id == account_id)
    return db.session.scalars(
        select(CreditChoice)
        .where(CreditChoice.visit_id.in_(visits), CreditChoice.at <= until)
        .order_by(CreditChoice.at, CreditChoice.id)
    ).all()


@dataclass(frozen=True, slots=True)
class SavedFrom:
    """A look somebody kept that holds a piece they bought, and whose it is."""

    look_id: int
    editor_id: int
    editor_account_id: int
    editor_email: str
    editor_status: str
    saved_at: datetime


def saved_from(
    *, visit: str | None, account_id: int | None, product_ids: Sequence[int], since: datetime, until: datetime
) -> list[SavedFrom]:
    """The looks saved in some days that hold one of these products; the latest ten, oldest first."""
    mine = or_(
        SavedLook.account_id == account_id if account_id is not None else false(),
        SavedLook.visit_id == visit if visit is not None else false(),
    )
    holds = exists().where(LookPiece.look_id == SavedLook.look_id, LookPiece.product_id.in_(product_ids))
    rows = db.session.execute(
        select(
            SavedLook.look_id,
            Look.editor_id,
            Editor.account_id,
            Account.email,
            Editor.status,
            SavedLook.saved_at,
        )
        .join(Look, Look.id == SavedLook.look_id)
        .join(Editor, Editor.id == Look.editor_id)
        .join(Account, Account.id == Editor.account_id)
        .where(mine, holds, SavedLook.saved_at >= since, SavedLook.saved_at <= until)
        .order_by(SavedLook.saved_at.desc(), SavedLook.id.desc())
        .limit(10)
    )
    return [SavedFrom(*row) for row in reversed(rows.all())]


def choices_of_visit(visit: str, until: datetime) -> Sequence[CreditChoice]:
    """What the shopper said about credit during a visit, oldest first."""
    return db.session.scalars(
        select(CreditChoice)
        .where(CreditChoice.visit_id == visit, CreditChoice.at <= until)
        .order_by(CreditChoice.at, CreditChoice.id)
    ).all()


def editors_met(visit: str | None, account_id: int | None, since: datetime) -> Sequence[Editor]:
    """Whose links this visit, or an earlier one by account or cookie, came by: by name, to choose."""
    visits = select(CreditBond.visit_id).where(CreditBond.account_id == account_id)
    carried = select(CarriedClick.click_id).where(CarriedClick.visit_id == visit)
    clicks = select(Click.editor_id).where(
        or_(
            Click.visit_id == visit if visit is not None else false(),
            Click.id.in_(carried) if visit is not None else false(),
            Click.visit_id.in_(visits) & (Click.last_at >= since) if account_id is not None else false(),
        )
    )
    return db.session.scalars(
        select(Editor).where(Editor.id.in_(clicks)).order_by(Editor.name, Editor.id)
    ).all()


def bonded_click(account_id: int, since: datetime, until: datetime) -> tuple[VisitClick, Editor] | None:
    """The click of an earlier visit that an account is bound to now: the last one that the shopper did not
    take back, by whom they chose if they did. None where there is none."""
    word = next(reversed(choices_of_account(account_id, until)), None)

    def stands(click: VisitClick) -> bool:
        said = word is None or click.last_at > word.at or word.editor_id == click.editor_id
        return said and click.editor_account_id != account_id and click.editor_status == EditorStatus.ACTIVE

    clicks = [one for one in clicks_of_account(account_id, since, until, None) if stands(one)]
    last = max(clicks, key=lambda one: (one.last_at, one.click_id), default=None)
    return None if last is None else (last, db.session.get_one(Editor, last.editor_id))


def salt_known_for(day: date) -> bytes | None:
    """The salt for the visitor hashes of a day, if anybody came by a link on it."""
    return db.session.scalars(select(VisitorSalt.salt).where(VisitorSalt.day == day)).one_or_none()


def _found(*which: ColumnElement[bool]) -> list[VisitClick]:
    rows: Sequence[Any] = db.session.execute(_CLICKS.where(*which)).all()
    return [VisitClick(*row) for row in rows]
