"""What staff write down about sizes. Each act draws a new version, so that no page shows what was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, replace
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from foundation import clock
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, lock_rows, unless_taken
from storefront.sizing.drafts import NOTHING_SEEN, GuideDraft, Measure
from storefront.sizing.errors import (
    BothChanged,
    GuideNotFound,
    NotForPieces,
    RangeTaken,
    TooManyPieces,
)
from storefront.sizing.merging import merge
from storefront.sizing.models import (
    GUIDE_VERSIONS,
    SizeGuide,
    SizeGuideMeasure,
    SizeGuidePiece,
    SizeGuideRow,
)
from storefront.sizing.policy import MOST_MEASURES, MOST_PIECES, MOST_SIZES, Reach, Unit, figure
from storefront.sizing.queries import count_pieces, draft_of


def make_guide(*, actor: Actor, reach: Reach, draft: GuideDraft) -> SizeGuide:
    """A new guide, for a range or for pieces that are hung in it afterwards.

    Raises `RangeTaken` when another is for the same range, and `ValueError` as `change_guide` does.
    """
    guide, draft = SizeGuide(reach=reach), _plain(draft)
    _write(guide, draft)
    record(actor=actor, action="sizing.make", subject=("size_guide", guide.id), after=_told(draft))
    return guide


def change_guide(
    *, actor: Actor, guide_id: int, seen: str | None, draft: GuideDraft, was: GuideDraft | None = None
) -> bool:
    """Another table, other words, another range; whether somebody else changed it meanwhile.

    `seen` and `was`: how it was when the draft was begun. What both changed without colliding is put together
    (`merging.merge`). Raises `BothChanged` where they collide, `GuideNotFound`, `RangeTaken`; and
    `ValueError` for a table that is larger than anybody reads, has a row that is not as long as its measures,
    or a figure that is none.
    """
    guide = _locked(guide_id)
    now, wanted = draft_of(guide), _plain(draft)
    meanwhile = seen is not None and seen != guide.seen
    if meanwhile:
        merged = merge(was or NOTHING_SEEN, wanted, now)
        if merged.collisions:
            raise BothChanged(merged=merged, seen=guide.seen, now=now)
        wanted = merged.draft
    before, after = _told(now), _told(wanted)
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        _write(guide, wanted)
        record(
            actor=actor,
            action="sizing.change",
            subject=("size_guide", guide_id),
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    return meanwhile


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
    if count_pieces(guide_id) >= MOST_PIECES:
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


def _plain(draft: GuideDraft) -> GuideDraft:
    """A draft with its figures as they are kept, and words as they are; raises `ValueError`."""
    if len(draft.measures) > MOST_MEASURES or len(draft.rows) > MOST_SIZES:
        raise ValueError("That is more than anybody reads in a table.")
    return replace(draft, rows=[(size, _figures(draft.measures, figures)) for size, figures in draft.rows])


def _figures(measures: Sequence[Measure], typed: Sequence[str]) -> list[str]:
    return [
        figure(one) if measure.unit == Unit.CM else " ".join(one.split())
        for measure, one in zip(measures, typed, strict=True)
    ]


def _write(guide: SizeGuide, draft: GuideDraft) -> None:
    """Bring a draft into its rows."""
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
    if draft.rows:
        db.session.execute(
            insert(SizeGuideRow),
            [
                {"guide_id": guide.id, "position": place, "size": size, "figures": list(figures)}
                for place, (size, figures) in enumerate(draft.rows, start=1)
            ],
        )


def _told(draft: GuideDraft) -> dict[str, Any]:
    """What the audit keeps of a guide: all of it, for it is short."""
    return {
        "name": draft.name,
        "category": draft.category,
        "vendor": draft.vendor,
        "words": draft.words,
        "words_it": draft.words_it,
        "measures": [list(astuple(one)) for one in draft.measures],
        "rows": [[size, *figures] for size, figures in draft.rows],
    }
