"""The studio: what an editor earns, by what, and what is announced."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, render_template

from commissions.rates.policy import Per
from commissions.rates.queries import every_cap, every_card
from commissions.rates.showing import Shown, caps_shown, of_editor, parted
from commissions.rates.words import per_words
from editors.cohorts.queries import cohort_of
from editors.membership.guards import current_editor, earner, editor_here
from editors.tiers.queries import tier_of
from foundation import clock

bp = Blueprint("rates", __name__)


@bp.get("/studio/rates")
@earner
def mine() -> str:
    """Every rate that can count for the editor, the most specific first, campaigns, caps, and what is
    announced.
    """
    return render_template("commissions/rates/studio_rates.html", **_rates_of(current_editor().id))


def announced_card(**_more: object) -> str:
    """A card of the studio: a cut that is announced, for as long as it is."""
    editor = editor_here()
    if editor is None:
        return ""
    found = _rates_of(editor.id)
    if not found["cuts"] and not found["cap_cuts"]:
        return ""
    return render_template("commissions/rates/announced_card.html", **found)


def _rates_of(editor_id: int) -> dict[str, Any]:
    now = clock.now()
    cohort, tier = cohort_of(editor_id), tier_of(editor_id)
    cards = of_editor(every_card(), cohort.id if cohort else None, tier.id if tier else None)
    parts = parted(cards, now)
    caps = [(per_words()[Per(cap.per)], cap) for cap in caps_shown(every_cap(), now)]
    return {
        "now": now,
        "rows": parts[Shown.NOW],
        "announced": parts[Shown.ANNOUNCED],
        "campaigns": parts[Shown.CAMPAIGNS],
        "caps": caps,
        "cuts": [row for row in parts[Shown.ANNOUNCED] if row.card.is_cut],
        "cap_cuts": [(words, cap) for words, cap in caps if cap.is_cut and cap.valid_from > now],
    }


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
