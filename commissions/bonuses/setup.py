"""What bonuses give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import commissions.bonuses.jobs
import commissions.bonuses.models
from commissions.accruals.facts import SaleSettled
from commissions.bonuses import reactions, staff, views
from commissions.bonuses.acts import ACTS, PARTS, SUBJECTS
from commissions.bonuses.privacy import CHAPTER
from foundation import facts
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import navigation
from foundation.web.navigation import Entry

REGISTERED = (
    commissions.bonuses.jobs,
    commissions.bonuses.models,
)


def init_app(app: Flask) -> None:
    for part in (views, staff):
        part.init_app(app)
    facts.subscribe(SaleSettled, reactions.on_sale_settled)
    cover(app, CHAPTER, order=47)
    acts.name(app, ACTS, SUBJECTS, PARTS)
    mine = Entry(_l("Bonuses"), "bonuses.mine", group=_l("Money"))
    navigation.add(app, "studio.nav", mine, order=43)
    ours = Entry(
        _l("Bonuses"),
        "staff_bonuses.index",
        group=_l("Money"),
        permission=Permission.RATES_VIEW,
        belongs=("staff_bonuses.",),
    )
    navigation.add(app, "staff.nav", ours, order=73)
