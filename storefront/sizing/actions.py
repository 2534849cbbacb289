"""What staff write down about sizes. Each act draws a new version, so that no page shows what was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from foundation import clock
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, lock_rows, unless_taken
from foundation.seen import refuse_changed
from storefront.sizing.errors import (
    GuideNotFound,
    NotForPieces,
    RangeTaken,
    TooManyPieces,
)
from storefront.sizing.models import (
    GUIDE_VERSIONS,
    SizeGuide,
    SizeGuideMeasure,
    SizeGuidePiece,
    SizeGuideRow,
)
from storefront.sizing.policy import MOST_MEASURES, MOST_PIECES, MOST_SIZES, Reach, Unit, figure


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A column; see `SizeGuideMeasure`."""

    name: str
    name_it: str | None = None
    how: str = ""
    how_it: str | None = None
    unit: Unit = Unit.CM


@dataclass(frozen=True, kw_only=True)
class GuideDraft:
    """A guide as somebody hands it in; see `SizeGuide`. `rows`: sizes with a figure for each measure."""

    name: str
    category: str = ""
    vendor: str = ""
    words: str = ""
    words_it: str | None = None
    measures: Sequence[Measure] = ()
    rows: Sequence[tuple[str, Sequence[str]]] = ()


def make_guide(*, actor: Actor, reach: Reach, draft: GuideDraft) -> SizeGuide:
    """A new guide, for a range or for pieces that are hung in it afterwards.

    Raises `RangeTaken` when another is for the same range, and `ValueError` as `change_guide` does.
    """
    guide = SizeGuide(reach=reach)
    after = _write(guide, draft)
    record(actor=actor, action="sizing.make", subject=("size_guide", guide.id), after=after)
    return guide


def change_guide(*, actor: Actor, guide_id: int, seen: str | None, draft: GuideDraft) -> SizeGuide:
    """Another table, other words, another range. `seen`: how it was when the draft was begun.

    Raises `GuideNotFound`, `ChangedMeanwhile`, `RangeTaken`; and `ValueError` for a table that is larger than
    anybody reads, has a row that is not as long as its measures, or a figure that is none.
    """
    guide = _locked(guide_id)
    refuse_changed(seen, guide.seen)
    before = _told(guide_id, guide)
    after = _write(guide, draft)
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        record(
            actor=actor,
            action="sizing.change",
            subject=("size_guide", guide_id),
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    return guide


def put_away(*, actor: Actor, guide_id: int) -> None:
    """It counts for nothing any more; the next one up does. Raises `GuideNotFound`."""
    guide = _locked(guide_id)
    if guide.ended_at is None:
        guide.ended_at = clock.now()
        guide.version = GUIDE_VERSIONS.next_value()
        db.session.flush()
        record(actor=actor, action="sizing.put_away", subject=("size_guide", guide_id))


def bring_back(*, actor: Actor, guide_id: int) -> None:
    """It counts again. Raises `GuideNotFound`, and `RangeTaken` when another took its place."""
    guide = _locked(guide_id)
    if guide.ended_at is not None:
        with unless_taken(RangeTaken, "uq_size_guides_for"):
            guide.ended_at = None
            guide.version = GUIDE_VERSIONS.next_value()
            db.session.flush()
        record(actor=actor, action="sizing.bring_back", subject=("size_guide", guide_id))


def add_piece(*, actor: Actor, guide_id: int, product_id: int) -> None:
    """A product has this guide of its own, and no other any more; twice is once. Raises `GuideNotFound`,
    `NotForPieces`, `TooManyPieces`. The guide it was taken out of tells of that as well."""
    guide = _for_pieces(guide_id)
    own = SizeGuidePiece.product_id == product_id
    before = db.session.scalar(select(SizeGuidePiece.guide_id).where(own).with_for_update())
    if before == guide_id:
        return
    held = select(func.count()).where(SizeGuidePiece.guide_id == guide_id)
    if (db.session.scalar(held) or 0) >= MOST_PIECES:
        raise TooManyPieces()
    statement = upsert(SizeGuidePiece).values(product_id=product_id, guide_id=guide_id)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=["product_id"], set_={"guide_id": guide_id})
    )
    _touch(guide)
    told = {"product_id": product_id}
    if before is not None:
        record(actor=actor, action="sizing.remove_piece", subject=("size_guide", before), before=told)
    record(
        actor=actor,
        action="sizing.add_piece",
        subject=("size_guide", guide_id),
        before=None if before is None else {"size_guide": before},
        after=told,
    )


def remove_piece(*, actor: Actor, guide_id: int, product_id: int) -> None:
    """Its department's or brand's guide counts again; twice is once. Raises as `add_piece` does."""
    guide = _for_pieces(guide_id)
    gone = db.session.scalars(
        delete(SizeGuidePiece)
        .where(SizeGuidePiece.guide_id == guide_id, SizeGuidePiece.product_id == product_id)
        .returning(SizeGuidePiece.product_id)
    ).all()
    if gone:
        _touch(guide)
        told = {"product_id": product_id}
        record(actor=actor, action="sizing.remove_piece", subject=("size_guide", guide_id), before=told)


def _locked(guide_id: int) -> SizeGuide:
    found = lock_rows(SizeGuide, [guide_id])
    if not found:
        raise GuideNotFound()
    return found[0]


def _for_pieces(guide_id: int) -> SizeGuide:
    guide = _locked(guide_id)
    if guide.reach != Reach.PIECES:
        raise NotForPieces()
    return guide


def _touch(guide: SizeGuide) -> None:
    guide.version = GUIDE_VERSIONS.next_value()
    guide.changed_at = clock.now()
    db.session.flush()


def _write(guide: SizeGuide, draft: GuideDraft) -> dict[str, Any]:
    """Bring a draft into its rows, and say what the audit keeps of it."""
    rows = [(size, _figures(draft.measures, figures)) for size, figures in draft.rows]
    if len(draft.measures) > MOST_MEASURES or len(rows) > MOST_SIZES:
        raise ValueError("That is more than anybody reads in a table.")
    with unless_taken(RangeTaken, "uq_size_guides_for"):
        for name in ("name", "category", "vendor", "words", "words_it"):
            setattr(guide, name, getattr(draft, name))
        db.session.add(guide)
        _touch(guide)
    for model in (SizeGuideMeasure, SizeGuideRow):
        db.session.execute(delete(model).where(model.guide_id == guide.id))
    if draft.measures:
        db.session.execute(
            insert(SizeGuideMeasure),
            [
                {"guide_id": guide.id, "position": place, **vars(measure)}
                for place, measure in enumerate(draft.measures, start=1)
            ],
        )
    if rows:
        db.session.execute(
            insert(SizeGuideRow),
            [
                {"guide_id": guide.id, "position": place, "size": size, "figures": figures}
                for place, (size, figures) in enumerate(rows, start=1)
            ],
        )
    return _told(guide.id, guide)


def _figures(measures: Sequence[Measure], typed: Sequence[str]) -> list[str]:
    """The figures of a row as they are kept; words stay as they are."""
    return [
        figure(one) if measure.unit == Unit.CM else " ".join(one.split())
        for measure, one in zip(measures, typed, strict=True)
    ]


def _told(guide_id: int, guide: SizeGuide) -> dict[str, Any]:
    """What the audit keeps of it: all of it, for it is short. Read under its lock."""
    measures = db.session.execute(
        select(
            SizeGuideMeasure.name,
            SizeGuideMeasure.name_it,
            SizeGuideMeasure.how,
            SizeGuideMeasure.how_it,
            SizeGuideMeasure.unit,
        )
        .where(SizeGuideMeasure.guide_id == guide_id)
        .order_by(SizeGuideMeasure.position)
    )
    rows = db.session.execute(
        select(SizeGuideRow.size, SizeGuideRow.figures)
        .where(SizeGuideRow.guide_id == guide_id)
        .order_by(SizeGuideRow.position)
    )
    return {
        "name": guide.name,
        "category": guide.category,
        "vendor": guide.vendor,
        "words": guide.words,
        "words_it": guide.words_it,
        "measures": [list(row) for row in measures],
        "rows": [[row.size, *row.figures] for row in rows],
    }
