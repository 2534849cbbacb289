from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from editors.agreements.models import Acceptance, AgreementVersion
from foundation.db import db


def agreement_now() -> AgreementVersion | None:
    """The version that counts; None while the shop has none."""
    return db.session.scalars(
        select(AgreementVersion)
        .where(AgreementVersion.number.is_not(None))
        .order_by(AgreementVersion.number.desc())
        .limit(1)
    ).one_or_none()


def draft() -> AgreementVersion | None:
    return db.session.scalars(select(AgreementVersion).where(AgreementVersion.number.is_(None))).one_or_none()


def version_by_number(number: int) -> AgreementVersion | None:
    return db.session.scalars(select(AgreementVersion).where(AgreementVersion.number == number)).one_or_none()


def published_versions() -> Sequence[tuple[AgreementVersion, int]]:
    """Every published version, the latest first, with how many accepted it."""
    rows = db.session.execute(
        select(AgreementVersion, func.count(Acceptance.id))
        .outerjoin(Acceptance, Acceptance.version_id == AgreementVersion.id)
        .where(AgreementVersion.number.is_not(None))
        .group_by(AgreementVersion.id)
        .order_by(AgreementVersion.number.desc())
    )
    return [(version, count) for version, count in rows]


def accepted_by(editor_id: int) -> Sequence[tuple[AgreementVersion, Acceptance]]:
    """What an editor accepted, the latest first, with when."""
    rows = db.session.execute(
        select(AgreementVersion, Acceptance)
        .join(Acceptance, Acceptance.version_id == AgreementVersion.id)
        .where(Acceptance.editor_id == editor_id)
        .order_by(AgreementVersion.number.desc())
    )
    return [(version, acceptance) for version, acceptance in rows]


def has_accepted(editor_id: int, version_id: int) -> bool:
    return (
        db.session.scalars(
            select(Acceptance.id).where(
                Acceptance.editor_id == editor_id, Acceptance.version_id == version_id
            )
        ).one_or_none()
        is not None
    )
