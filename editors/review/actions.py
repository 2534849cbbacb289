"""What staff write down about answering applications."""

from __future__ import annotations

from editors.review.errors import NoSuchReason
from editors.review.models import ONLY, ApplicationRules, DeclineReason
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from foundation.seen import refuse_changed


def save_reason(
    *,
    actor: Actor,
    name: str,
    sentence: str,
    sentence_it: str | None,
    reason_id: int | None = None,
    seen: str | None = None,
) -> DeclineReason:
    """A new reason, or other words for one: answers given keep theirs. Raises `ChangedMeanwhile`."""
    if reason_id is None:
        reason = DeclineReason()
        db.session.add(reason)
    else:
        reason = _locked(reason_id)
        refuse_changed(seen, reason.seen)
    reason.name, reason.sentence, reason.sentence_it = name, sentence, sentence_it
    db.session.flush()
    audit.record(actor=actor, action="review.save_reason", subject=("decline_reason", reason.id))
    return reason


def retire_reason(*, actor: Actor, reason_id: int) -> None:
    """Offer it no more."""
    reason = _locked(reason_id)
    if reason.retired_at is None:
        reason.retired_at = clock.now()
        audit.record(actor=actor, action="review.retire_reason", subject=("decline_reason", reason.id))


def offer_reason(*, actor: Actor, reason_id: int) -> None:
    """Offer a retired one again."""
    reason = _locked(reason_id)
    if reason.retired_at is not None:
        reason.retired_at = None
        audit.record(actor=actor, action="review.offer_reason", subject=("decline_reason", reason.id))


def set_rules(
    *,
    actor: Actor,
    ask_again_days: int,
    approve_orders: int | None,
    approve_consents: bool,
    reason: str,
    seen: str | None = None,
) -> ApplicationRules:
    """When somebody may ask again, and what is approved by itself from now on. Raises `ChangedMeanwhile`."""
    (rules,) = lock_rows(ApplicationRules, [ONLY])
    refuse_changed(seen, rules.seen)
    before = _told(rules)
    rules.ask_again_days, rules.approve_orders = ask_again_days, approve_orders
    rules.approve_consents = approve_consents
    audit.record(
        actor=actor,
        action="review.set_rules",
        subject=("application_rules", ONLY),
        reason=reason,
        before=before,
        after=_told(rules),
    )
    db.session.flush()
    return rules


def _told(rules: ApplicationRules) -> dict[str, int | bool | None]:
    names = ("ask_again_days", "approve_orders", "approve_consents")
    return {name: getattr(rules, name) for name in names}


def _locked(reason_id: int) -> DeclineReason:
    locked = lock_rows(DeclineReason, [reason_id])
    if not locked:
        raise NoSuchReason()
    return locked[0]
