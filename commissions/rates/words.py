"""Rates in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from commissions.rates.models import RateCard
from commissions.rates.policy import NEW, CardKind, Decision, Per, Scope, Verdict
from foundation.i18n import pick
from foundation.money import Money
from foundation.web.formats import money, percent
from storefront.catalog.categories import path_name


def scope_words() -> dict[Scope, str]:
    """What a rate can be for, the most specific first."""
    return {
        Scope.PRODUCT: _("A product"),
        Scope.COLLECTION: _("A collection"),
        Scope.CATEGORY: _("A department"),
        Scope.COHORT: _("A pilot group"),
        Scope.TIER: _("A step of the circle"),
        Scope.CUSTOMER: _("New or returning customers"),
        Scope.PROGRAMME: _("The whole programme"),
    }


def per_words() -> dict[Per, str]:
    """What a cap can be for."""
    return {
        Per.LINE: _("A line of an order"),
        Per.ORDER: _("An order"),
        Per.DAY: _("A day"),
        Per.MONTH: _("A month"),
    }


def about(scope: str, subject: str, label: str, label_it: str | None) -> str:
    """What a card is for, by its name: `Step Gold`, `Department Clothing > Dresses`."""
    named = pick(label, label_it)
    return {
        Scope.PRODUCT: _("Product %(name)s", name=named),
        Scope.COLLECTION: _("Collection %(name)s", name=named),
        Scope.CATEGORY: _("Department %(name)s", name=path_name(subject)),
        Scope.COHORT: _("Group %(name)s", name=named),
        Scope.TIER: _("Step %(name)s", name=named),
        Scope.CUSTOMER: _("New customers") if subject == NEW else _("Returning customers"),
        Scope.PROGRAMME: _("The whole programme"),
    }[Scope(scope)]


def card_words(card: RateCard) -> str:
    """What a card is for; a campaign by its own name."""
    if card.kind == CardKind.CAMPAIGN:
        return pick(card.label, card.label_it)
    return about(card.scope, card.subject, card.label, card.label_it)


def trace_of(decision: Decision, capped: Mapping[str, Any] | None) -> dict[str, Any]:
    """A decision as it is frozen on the line: every card with its name of that day, so that it can be told
    later.
    """
    return {
        "cards": [
            {
                "id": one.card.id,
                "scope": one.card.scope.value,
                "subject": one.card.subject,
                "label": one.card.label,
                "label_it": one.card.label_it,
                "bps": one.card.rate_bps,
                "verdict": one.verdict.value,
            }
            for one in decision.looked
        ],
        "campaigns": [
            {"id": one.id, "label": one.label, "label_it": one.label_it, "bps": one.rate_bps}
            for one in decision.campaigns
        ],
        "cap": dict(capped) if capped else None,
    }


def told(trace: Mapping[str, Any], currency: str) -> list[str]:
    """How a rate came to be, in sentences: who won, what was added, what stepped back, what a cap left."""
    if trace.get("advised"):
        return [_("Sold on the advice of the shop’s own staff: that earns nobody a commission.")]
    sentences = []
    for one in trace["cards"]:
        name = about(one["scope"], one["subject"], one["label"], one["label_it"])
        share = percent(one["bps"])
        sentences.append(
            {
                Verdict.WON: _(
                    "%(name)s: %(share)s. The most specific rate that fits.", name=name, share=share
                ),
                Verdict.BROADER: _(
                    "%(name)s: %(share)s. A more specific rate comes first.", name=name, share=share
                ),
                Verdict.LOWER: _(
                    "%(name)s: %(share)s. Equally specific, and the higher counts.", name=name, share=share
                ),
            }[Verdict(one["verdict"])]
        )
    for one in trace["campaigns"]:
        name = pick(one["label"], one["label_it"])
        sentences.append(_("Campaign %(name)s: %(share)s on top.", name=name, share=percent(one["bps"])))
    cap = trace["cap"]
    if cap:
        limit, left = (money(Money(cap[key], currency)) for key in ("amount", "allowed"))
        sentences.append(
            {
                Per.LINE: _("A line earns at most %(limit)s: %(left)s here.", limit=limit, left=left),
                Per.ORDER: _(
                    "An order earns at most %(limit)s: %(left)s of it on this line.", limit=limit, left=left
                ),
                Per.DAY: _(
                    "A day earns at most %(limit)s: %(left)s was left for this line.", limit=limit, left=left
                ),
                Per.MONTH: _(
                    "A month earns at most %(limit)s: %(left)s was left for this line.",
                    limit=limit,
                    left=left,
                ),
            }[Per(cap["per"])]
        )
    return sentences
