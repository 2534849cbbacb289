"""Rules for hosts in the reader's words."""

from __future__ import annotations

from flask_babel import gettext as _

from commissions.hosting.models import HostRule
from commissions.hosting.policy import Way
from commissions.hosting.ports import Hosted
from foundation.web.formats import money, percent


def award_names(hosted: Hosted) -> tuple[str, str]:
    """What the award of an event is called for good, in English and in Italian."""
    return f"Hosting: {hosted.title}"[:80], f"Serata ospitata: {hosted.title_it}"[:80]


def rule_words(rule: HostRule) -> str:
    """What a rule gives, in one sentence."""
    if rule.way == Way.GUEST and rule.each is not None:
        found = _("%(amount)s for each guest who comes", amount=money(rule.each))
    else:
        share = percent(rule.rate_bps or 0)
        found = _("%(share)s of what guests buy and nobody else earns by", share=share)
    if rule.most is None:
        return found
    return _("%(found)s, %(most)s at most", found=found, most=money(rule.most))
