from __future__ import annotations

from datetime import timedelta

from commissions.bonuses.actions import earn_at_events, mature_at_events, note_paid, settle_editor
from commissions.bonuses.policy import BonusKind
from commissions.bonuses.queries import bonus_by_id, due_awards, event_bonuses, still_open_to
from commissions.bonuses.reactions import BONUSES
from editors.membership.letters import write_to
from foundation import clock
from foundation.db import in_steps, unit_of_work
from foundation.jobs.queue import job
from foundation.settings import current

BATCH = 200
LATE = timedelta(days=90)  # so long after an event somebody may still be noted


def bring_up_to_date() -> int:
    """Note what was earned at events and what was paid, and make payable what is due; returns how many."""
    now, days = clock.now(), current().return_days
    with unit_of_work():
        earn_at_events(actor=BONUSES, bonuses=event_bonuses(now - LATE), return_days=days)
        note_paid(actor=BONUSES)
    with unit_of_work():
        due = due_awards(now, BATCH)
        bonuses = [(one, one.bonus) for one in due if one.bonus is not None]
        by_sales = [(one.editor_id, bonus) for one, bonus in bonuses if bonus.kind != BonusKind.EVENT]
        events = [one.id for one, bonus in bonuses if bonus.kind == BonusKind.EVENT]
        mature_at_events(actor=BONUSES, award_ids=events)
        for editor_id, bonus in by_sales:
            settle_editor(actor=BONUSES, editor_id=editor_id, bonuses=[bonus])
        return len(due)


@job(name="bonuses.tell_end")
def tell_end(bonus_id: int) -> None:
    """Write to every active editor who could still have earned it that a bonus ends early."""
    bonus = bonus_by_id(bonus_id)
    for editor_id in still_open_to(bonus):
        write_to(editor_id, "commissions/bonuses/mail/ends.txt", bonus=bonus)


@job(name="commissions.bonuses", cron="*/5 * * * *", retries=False)
@in_steps
def look_after_bonuses() -> None:
    """Every five minutes: what is due becomes payable."""
    while bring_up_to_date() == BATCH:
        pass
