from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from editors.agreements.models import Acceptance
from editors.membership.models import (
    Answer,
    Appeal,
    Application,
    ApplicationNote,
    ApplicationStatus,
    Editor,
    EditorStatus,
    HandleClaim,
)
from editors.membership.policy import handle_shape, shape_of_name
from foundation.accounts.models import Account
from foundation.db import db
from storefront.catalog.models import Product
from storefront.orders.models import Order, OrderStatus


def editor_by_id(editor_id: int) -> Editor | None:
    return db.session.scalars(select(Editor).where(Editor.id == editor_id)).one_or_none()


def editor_by_handle(handle: str) -> Editor | None:
    """The editor of a window, whatever the capitals; of any status: the page decides what to say."""
    return db.session.scalars(select(Editor).where(Editor.handle == handle.lower())).one_or_none()


def editor_by_account(account_id: int) -> Editor | None:
    return db.session.scalars(select(Editor).where(Editor.account_id == account_id)).one_or_none()


def editors_with_accounts() -> Sequence[tuple[Editor, Account]]:
    """Everybody who is or was an editor with their account, the programme lead first, then by name."""
    rows = db.session.execute(
        select(Editor, Account)
        .join(Account, Account.id == Editor.account_id)
        .order_by(Editor.lead_since.is_(None), Editor.status, Editor.name, Editor.id)
    )
    return [(editor, account) for editor, account in rows]


def without_agreement(version_id: int) -> Sequence[tuple[Editor, Account]]:
    """Editors of today who have not accepted that version, with their accounts."""
    accepted = select(Acceptance.editor_id).where(Acceptance.version_id == version_id)
    rows = db.session.execute(
        select(Editor, Account)
        .join(Account, Account.id == Editor.account_id)
        .where(Editor.status.in_([EditorStatus.ACTIVE, EditorStatus.PAUSED]), Editor.id.not_in(accepted))
        .order_by(Editor.id)
    )
    return [(editor, account) for editor, account in rows]


def appeals_waiting() -> Sequence[tuple[Appeal, Editor]]:
    """Who asks for a second look, the first first."""
    rows = db.session.execute(
        select(Appeal, Editor)
        .join(Editor, Editor.id == Appeal.editor_id)
        .where(Appeal.granted.is_(None))
        .order_by(Appeal.sent_at, Appeal.id)
    )
    return [(appeal, editor) for appeal, editor in rows]


def last_appeal(editor: Editor) -> Appeal | None:
    """What was asked about the removal of an editor, if anything was."""
    return db.session.scalars(
        select(Appeal).where(Appeal.editor_id == editor.id, Appeal.removed_at == editor.ended_at)
    ).one_or_none()


def programme_lead() -> Editor | None:
    """The one stylist who leads the programme, if somebody was appointed."""
    return db.session.scalars(
        select(Editor).where(Editor.lead_since.is_not(None), Editor.status == EditorStatus.ACTIVE)
    ).one_or_none()


def taken_shapes() -> set[str]:
    """How every handle looks that somebody has or had; small (a short word or two an editor)."""
    return set(db.session.scalars(select(HandleClaim.shape)))


def brand_shapes() -> set[str]:
    """How the brands of the catalogue look as handles."""
    return {shape_of_name(vendor) for vendor in db.session.scalars(select(Product.vendor).distinct())} - {""}


def editor_who_had(handle: str) -> Editor | None:
    """Whoever had this handle, or has or had one that looks like it; asked for what nobody has."""
    claim = select(HandleClaim.editor_id).where(HandleClaim.shape == handle_shape(handle.lower()))
    return db.session.scalars(select(Editor).where(Editor.id == claim.scalar_subquery())).one_or_none()


def application_by_id(application_id: int) -> Application | None:
    return db.session.scalars(
        select(Application).where(Application.id == application_id).options(joinedload(Application.account))
    ).one_or_none()


def waiting_applications() -> Sequence[Application]:
    """What waits for an answer, oldest first."""
    return db.session.scalars(
        select(Application)
        .where(Application.status == ApplicationStatus.APPLIED)
        .options(joinedload(Application.account))
        .order_by(Application.applied_at, Application.id)
    ).all()


def decided_applications(limit: int = 30) -> Sequence[Application]:
    """What was answered or taken back, newest first."""
    return db.session.scalars(
        select(Application)
        .where(Application.status != ApplicationStatus.APPLIED)
        .options(joinedload(Application.account))
        .order_by(Application.decided_at.desc(), Application.id.desc())
        .limit(limit)
    ).all()


def answers_to(application_id: int) -> Sequence[Answer]:
    """What was answered to the questions of staff, as they were asked."""
    return db.session.scalars(
        select(Answer).where(Answer.application_id == application_id).order_by(Answer.position)
    ).all()


def file_of_answer(application_id: int, answer_id: int) -> Answer | None:
    """The answer if it is one of that application and a file."""
    return db.session.scalars(
        select(Answer).where(
            Answer.id == answer_id, Answer.application_id == application_id, Answer.file_key.is_not(None)
        )
    ).one_or_none()


def notes_on(application_id: int) -> Sequence[ApplicationNote]:
    """What staff wrote to each other, the first first."""
    return db.session.scalars(
        select(ApplicationNote)
        .where(ApplicationNote.application_id == application_id)
        .order_by(ApplicationNote.id)
    ).all()


def waiting_application_of(account_id: int) -> Application | None:
    return db.session.scalars(
        select(Application).where(
            Application.account_id == account_id, Application.status == ApplicationStatus.APPLIED
        )
    ).one_or_none()


def earlier_applications(application: Application) -> Sequence[Application]:
    """What became of the same person's applications before this one, the latest first."""
    return db.session.scalars(
        select(Application)
        .where(Application.account_id == application.account_id, Application.id < application.id)
        .order_by(Application.id.desc())
    ).all()


def paid_orders(account_id: int) -> int:
    """How many orders somebody paid."""
    return db.session.scalars(
        select(func.count())
        .select_from(Order)
        .where(Order.account_id == account_id, Order.status == OrderStatus.PAID)
    ).one()


def waiting_count() -> int:
    """How many applications wait for an answer."""
    return db.session.scalars(
        select(func.count()).where(Application.status == ApplicationStatus.APPLIED)
    ).one()


def last_application(account_id: int) -> Application | None:
    """The newest application of somebody, whatever became of it."""
    return db.session.scalars(
        select(Application)
        .where(Application.account_id == account_id)
        .order_by(Application.applied_at.desc(), Application.id.desc())
        .limit(1)
    ).one_or_none()


def last_decline(account_id: int) -> datetime | None:
    """When somebody was last told no."""
    return db.session.scalars(
        select(func.max(Application.decided_at)).where(
            Application.account_id == account_id, Application.status == ApplicationStatus.DECLINED
        )
    ).one()
