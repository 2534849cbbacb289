"""Every commission as staff narrow the list: what was typed, what is wrong with it, and the rows of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, tuple_

from commissions.accruals.models import Commission
from commissions.accruals.policy import CommissionStatus
from commissions.rates.models import RateCard
from commissions.rates.policy import CardKind
from editors.membership.models import Editor
from foundation.db import db

BATCH = 2000
NEWEST = (Commission.accrued_at.desc(), Commission.id.desc())


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of all commissions is wanted; None and "" want all. Amounts in minor units, days as moments."""

    currency: str
    editor: str = ""
    number: str = ""
    state: CommissionStatus | None = None
    card: RateCard | None = None
    since: datetime | None = None
    until: datetime | None = None
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A narrowing with what was typed for it; `wrong` says by field what was mistyped."""

    narrowed: Narrowed
    typed: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Total:
    """How many there are, and what is left of them."""

    count: int
    minor: int


def page_of(narrowed: Narrowed, *, limit: int, offset: int) -> Sequence[tuple[Commission, Editor]]:
    """Commissions with their editors, newest first."""
    statement = select(Commission, Editor).join(Editor, Editor.id == Commission.editor_id)
    newest = statement.where(*_wanted(narrowed)).order_by(*NEWEST)
    return [(row[0], row[1]) for row in db.session.execute(newest.limit(limit).offset(offset))]


def total_of(narrowed: Narrowed) -> Total:
    """The sum of the whole list."""
    left = func.coalesce(func.sum(Commission.accrued_minor - Commission.reversed_minor), 0)
    row = db.session.execute(select(func.count(), left).where(*_wanted(narrowed))).one()
    return Total(int(row[0]), int(row[1]))


def all_of(narrowed: Narrowed) -> Iterator[tuple[Commission, Editor]]:
    """The whole list, some thousand rows at a time, each batch beginning where the one before ended."""
    after: tuple[datetime, int] | None = None
    while True:
        statement = select(Commission, Editor).join(Editor, Editor.id == Commission.editor_id)
        statement = statement.where(*_wanted(narrowed))
        if after is not None:
            statement = statement.where(tuple_(Commission.accrued_at, Commission.id) < after)
        found = db.session.execute(statement.order_by(*NEWEST).limit(BATCH)).all()
        for row in found:
            yield row[0], row[1]
        if len(found) < BATCH:
            return
        after = (found[-1][0].accrued_at, found[-1][0].id)


def _wanted(by: Narrowed) -> list[ColumnElement[bool]]:
    left = Commission.accrued_minor - Commission.reversed_minor
    wanted: list[ColumnElement[bool]] = [Commission.currency == by.currency]
    if by.editor:
        wanted.append(
            Commission.editor_id.in_(select(Editor.id).where(Editor.handle == by.editor.lower().lstrip("@")))
        )
    if by.number:
        wanted.append(Commission.order_number == by.number.upper())
    if by.state is not None:
        wanted.append(Commission.status == by.state)
    if by.card is not None and by.card.kind == CardKind.CAMPAIGN:
        wanted.append(Commission.trace["campaigns"].contains([{"id": by.card.id}]))
    elif by.card is not None:
        wanted.append(Commission.rate_card_id == by.card.id)
    if by.since is not None:
        wanted.append(Commission.accrued_at >= by.since)
    if by.until is not None:
        wanted.append(Commission.accrued_at < by.until)
    if by.least is not None:
        wanted.append(left >= by.least)
    if by.most is not None:
        wanted.append(left <= by.most)
    return wanted
