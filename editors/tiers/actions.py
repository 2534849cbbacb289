"""Writing steps down, and moving editors on them."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass

from sqlalchemy.dialects.postgresql import insert

from editors.membership.models import Editor, EditorStatus
from editors.tiers import queries
from editors.tiers.errors import NoSuchTier
from editors.tiers.models import EditorTier, Tier
from editors.tiers.policy import GRACE, Measure, Move, Step, decide
from foundation import clock
from foundation.accounts.queries import account_by_id
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from foundation.mail import actions as mail
from foundation.seen import refuse_changed

MOVER = Actor.system("tiers")
LETTERS = {Move.UP: "up", Move.WARN: "warn", Move.DOWN: "down"}


@dataclass(frozen=True, kw_only=True)
class TierDraft:
    """A step as somebody hands it in; see `models.Tier`."""

    name: str
    name_it: str | None
    perks: str
    perks_it: str | None
    looks_needed: int
    orders_needed: int


def save_tier(*, actor: Actor, draft: TierDraft, tier_id: int | None = None, seen: str | None = None) -> Tier:
    """A new step, or other needs for one; editors move at night. Raises `ChangedMeanwhile`, `NoSuchTier`."""
    if tier_id is None:
        tier = Tier(**asdict(draft))
        db.session.add(tier)
    else:
        tier = _locked(tier_id)
        refuse_changed(seen, tier.seen)
        for name, value in asdict(draft).items():
            setattr(tier, name, value)
    db.session.flush()
    audit.record(actor=actor, action="tiers.save", subject=("tier", tier.id), after=asdict(draft))
    return tier


def retire_tier(*, actor: Actor, tier_id: int) -> None:
    """The step is gone; whoever stood on it stands on the highest they fulfil from tonight on."""
    tier = _locked(tier_id)
    if tier.retired_at is None:
        tier.retired_at = clock.now()
        audit.record(actor=actor, action="tiers.retire", subject=("tier", tier.id))


def move_everybody() -> Counter[Move]:
    """Look at each active editor and move who is to be moved; how often which. Safe to repeat."""
    everybody = queries.active_ids()
    measures = queries.measures_of(everybody)
    return Counter(move_editor(editor_id=one, measure=measures[one]) for one in everybody)


def move_editor(*, editor_id: int, measure: Measure) -> Move:
    """Move one editor as the policy says, and write to them."""
    (editor,) = lock_rows(Editor, [editor_id])
    if editor.status != EditorStatus.ACTIVE:
        return Move.STAY
    steps = {tier.id: _step(tier) for tier in queries.tiers()}
    names = {tier.id: tier for tier in queries.tiers()}
    place = queries.place_of(editor_id)
    here = steps.get(place.tier_id) if place else None
    now = clock.now()
    move, step = decide(list(steps.values()), here, measure, place.falls_at if place else None, now)
    if move is Move.STAY and (place is None or here is not None):
        return move
    if step is None:
        if place is not None:
            db.session.delete(place)
    else:
        falls_at = now + GRACE if move is Move.WARN else None
        since = place.since if place and step == here else now
        values = {"tier_id": step.id, "since": since, "falls_at": falls_at}
        db.session.execute(
            insert(EditorTier)
            .values(editor_id=editor_id, **values)
            .on_conflict_do_update(index_elements=["editor_id"], set_=values)
        )
        if place is not None:
            db.session.refresh(place)
    audit.record(
        actor=MOVER,
        action=f"tiers.{move}",
        subject=("editor", editor_id),
        before={"tier_id": here.id if here else None},
        after={"tier_id": step.id if step else None},
    )
    if move in LETTERS and (tier := names.get(step.id if step else here.id if here else 0)):
        _tell(editor, tier, LETTERS[move], fell=step is None)
    db.session.flush()
    return move


def _tell(editor: Editor, tier: Tier, letter: str, *, fell: bool) -> None:
    account = account_by_id(editor.account_id)
    if account is None:
        return
    italian = account.language == "it"
    mail.post(
        to=account.email,
        language=account.language,
        template=f"editors/tiers/mail/{letter}.txt",
        name=editor.first_name,
        tier=None if fell else (tier.name_it if italian and tier.name_it else tier.name),
        perks=tier.perks_it if italian and tier.perks_it else tier.perks,
        days=GRACE.days,
    )


def _step(tier: Tier) -> Step:
    return Step(tier.id, tier.looks_needed, tier.orders_needed)


def _locked(tier_id: int) -> Tier:
    locked = lock_rows(Tier, [tier_id])
    if not locked:
        raise NoSuchTier()
    return locked[0]
