"""The lead's briefs, pinned at the top of every studio."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template

from editors.briefs.models import Brief
from editors.briefs.queries import briefs_on
from editors.looks.card_queries import looks_by_ids
from editors.looks.pictures import card_values
from foundation import clock
from foundation.settings import current
from storefront.catalog.cards import product_card
from storefront.catalog.queries import products_by_ids


def pinned(**_: Any) -> str:
    """What the lead says and picks just now; nothing while nothing is pinned."""
    briefs = briefs_on(clock.now().astimezone(ZoneInfo(current().timezone)).date())
    if not briefs:
        return ""
    return render_template("editors/briefs/pinned.html", briefs=briefs, picked=shown_picks(briefs))


def shown_picks(briefs: Sequence[Brief]) -> dict[int, dict[str, Any]]:
    """Products and looks of briefs, picks loaded, by the pick's id; what is no longer shown is missing."""
    picks = [pick for brief in briefs for pick in brief.picks]
    products = {one.id: one for one in products_by_ids(p.product_id for p in picks if p.product_id)}
    looks = {card.id: card for card in looks_by_ids([p.look_id for p in picks if p.look_id])}
    shown: dict[int, dict[str, Any]] = {}
    for pick in picks:
        if pick.product_id in products:
            card = product_card(products[pick.product_id])
            shown[pick.id] = {"href": card["href"], "title": card["name"], "picture": card["picture"]}
        elif pick.look_id in looks:
            shown[pick.id] = card_values(looks[pick.look_id])
    return shown
