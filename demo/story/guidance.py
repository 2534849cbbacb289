"""Steps, a mentor, and what the lead of the demo's circle writes for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from editors.briefs.actions import BriefDraft, add_pick, write_brief
from editors.cohorts.actions import CohortDraft, join_cohort, keep_for_cohorts, save_cohort
from editors.membership.features import Feature
from editors.membership.models import Editor
from editors.mentors import actions as mentors
from editors.tiers.actions import TierDraft, move_everybody, save_tier
from foundation import clock
from foundation.actors import Actor
from foundation.db import db

WINDOW, WINDOW_IT = "Your window, your links, your receipts.", "La tua vetrina, i tuoi link, le tue ricevute."
EARLY, EARLY_IT = (
    "New pieces reach you a week before the shop.",
    "I nuovi capi ti arrivano una settimana prima.",
)
EVENING, EVENING_IT = "An evening of your own in the store.", "Una serata tua in negozio."
TIERS = (
    ("Basting", "Imbastitura", WINDOW, WINDOW_IT, 1, 0),
    ("Seam", "Cucitura", EARLY, EARLY_IT, 2, 4),
    ("Tailoring", "Sartoria", EVENING, EVENING_IT, 3, 12),
)
PICKS = ("tempo-blazer", "biblioteca-cardigan", "passo-loafers", "lago-scarf")


def set_steps(actor: Actor) -> None:
    """Three steps; editors stand on them after the days of selling."""
    for name, name_it, perks, perks_it, looks, orders in TIERS:
        draft = TierDraft(
            name=name,
            name_it=name_it,
            perks=perks,
            perks_it=perks_it,
            looks_needed=looks,
            orders_needed=orders,
        )
        save_tier(actor=actor, draft=draft)


def guide(today: datetime, lead: int, learner: int, others: Sequence[int], products: dict[str, int]) -> None:
    """The lead pins a brief with picks, an editor asks her for a hand, and a few try something first."""
    editor = db.session.get_one(Editor, lead)
    actor = Actor.person(editor.account_id, editor.name)
    with clock.held_at(today - timedelta(days=4)):
        draft = BriefDraft(
            title="Three layers for a first cold morning",
            title_it="Tre strati per la prima mattina fredda",
            words="Not a coat yet. Show one person who leaves the house at seven and comes home at seven.",
            words_it="Non ancora un cappotto. Mostra una persona che esce alle sette e torna alle sette.",
            first_day=(today - timedelta(days=4)).date(),
            last_day=(today + timedelta(days=17)).date(),
        )
        brief = write_brief(actor=actor, editor_id=lead, draft=draft)
        for handle in PICKS:
            if handle in products:
                add_pick(actor=actor, editor_id=lead, brief_id=brief.id, product_id=products[handle])
        mentors.ask(actor=actor, editor_id=learner, handle=editor.handle, to_learn=True)
    with clock.held_at(today - timedelta(days=14)):
        group = CohortDraft(
            name="Mentors, first",
            name_it="I mentori, per primi",
            words="Try with us how a mentor helps. Two months, then everybody has it.",
            words_it="Prova con noi come aiuta un mentore. Due mesi, poi ce l’hanno tutti.",
            cap=6,
            first_day=clock.now().date(),
            last_day=(today + timedelta(days=46)).date(),
            features=[Feature.MENTORS],
        )
        cohort = save_cohort(actor=actor, draft=group)
        for member in (lead, learner, others[0], others[1]):
            join_cohort(actor=actor, cohort_id=cohort.id, editor_id=member, day=clock.now().date())
        keep_for_cohorts(actor=actor, feature=Feature.MENTORS, only_cohorts=True)
    move_everybody()
