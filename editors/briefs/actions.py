"""The lead writes briefs, picks for them, and takes them down."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from editors.briefs.errors import EnoughPicks, LeadOnly, NoSuchBrief
from editors.briefs.models import MOST_PICKS, Brief, BriefPick
from editors.briefs.queries import brief_by_id
from editors.membership.queries import programme_lead
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from foundation.seen import refuse_changed


@dataclass(frozen=True, kw_only=True)
class BriefDraft:
    """A brief as the lead hands it in; see `models.Brief`."""

    title: str
    title_it: str | None
    words: str
    words_it: str | None
    first_day: date
    last_day: date


def write_brief(
    *,
    actor: Actor,
    editor_id: int,
    draft: BriefDraft,
    brief_id: int | None = None,
    seen: str | None = None,
) -> Brief:
    """A new brief, signed by the lead, or other words for one. Raises `LeadOnly`, `ChangedMeanwhile`."""
    _refuse_others(editor_id)
    if brief_id is None:
        brief = Brief(editor_id=editor_id, written_at=clock.now(), **asdict(draft))
        db.session.add(brief)
    else:
        brief = _locked(brief_id)
        refuse_changed(seen, brief.seen)
        for name, value in asdict(draft).items():
            setattr(brief, name, value)
    db.session.flush()
    audit.record(actor=actor, action="briefs.write", subject=("brief", brief.id))
    return brief


def add_pick(
    *, actor: Actor, editor_id: int, brief_id: int, product_id: int | None = None, look_id: int | None = None
) -> None:
    """Put a piece or a look into a brief; twice is once. Raises `EnoughPicks`."""
    _refuse_others(editor_id)
    _locked(brief_id)
    brief = brief_by_id(brief_id)
    if brief is not None and len(brief.picks) >= MOST_PICKS:
        raise EnoughPicks()
    db.session.execute(
        insert(BriefPick)
        .values(brief_id=brief_id, product_id=product_id, look_id=look_id)
        .on_conflict_do_nothing()
    )
    audit.record(actor=actor, action="briefs.pick", subject=("brief", brief_id))


def drop_pick(*, actor: Actor, editor_id: int, brief_id: int, pick_id: int) -> None:
    """Take a pick out again."""
    _refuse_others(editor_id)
    _locked(brief_id)
    db.session.execute(delete(BriefPick).where(BriefPick.id == pick_id, BriefPick.brief_id == brief_id))
    audit.record(actor=actor, action="briefs.drop_pick", subject=("brief", brief_id))


def end_brief(*, actor: Actor, editor_id: int, brief_id: int) -> None:
    """Take it down before its last day."""
    _refuse_others(editor_id)
    brief = _locked(brief_id)
    if brief.ended_at is None:
        brief.ended_at = clock.now()
        audit.record(actor=actor, action="briefs.end", subject=("brief", brief_id))


def _refuse_others(editor_id: int) -> None:
    lead = programme_lead()
    if lead is None or lead.id != editor_id:
        raise LeadOnly()


def _locked(brief_id: int) -> Brief:
    locked = lock_rows(Brief, [brief_id])
    if not locked:
        raise NoSuchBrief()
    return locked[0]
