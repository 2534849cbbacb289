"""Where an editor stands, in the studio: the step, what is missing for the next, and a grace that runs."""

from __future__ import annotations

from typing import Any

from flask import render_template

from editors.membership.guards import editor_here
from editors.tiers import queries
from editors.tiers.policy import Step, following


def steps_panel(editor_id: int, **_: Any) -> str:
    """Nothing while the shop has no steps, nor for somebody whose membership ended."""
    tiers, editor = queries.tiers(), editor_here()
    if not tiers or editor is None or not editor.on_show:
        return ""
    place = queries.place_of(editor_id)
    measure = queries.measures_of([editor_id])[editor_id]
    steps = {tier.id: Step(tier.id, tier.looks_needed, tier.orders_needed) for tier in tiers}
    here = steps.get(place.tier_id) if place else None
    after = following(list(steps.values()), here)
    named = {tier.id: tier for tier in tiers}
    return render_template(
        "editors/tiers/panel.html",
        tier=named.get(here.id) if here else None,
        place=place,
        following=named.get(after.id) if after else None,
        missing=after.missing(measure) if after else None,
        kept_missing=here.missing(measure) if here else None,
        measure=measure,
    )
