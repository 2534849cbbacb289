"""What steps give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import editors.tiers.jobs
import editors.tiers.models
from editors.share.ports import sort_editors
from editors.tiers import panels, staff
from editors.tiers.acts import ACTS, PARTS, SUBJECTS
from editors.tiers.queries import standing_on
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.web import navigation, slots

REGISTERED = (editors.tiers.models, editors.tiers.jobs)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS, PARTS)
    app.register_blueprint(staff.bp)
    sort_editors(standing_on)
    slots.fill(app, "studio.cards", panels.steps_panel, order=60)
    slots.fill(app, "member.panels", panels.steps_panel, order=10)
    entry = navigation.Entry(
        _l("Steps"),
        "programme_tiers.tiers",
        permission=Permission.EDITORS_MANAGE,
        belongs=("programme_tiers.",),
    )
    navigation.add(app, "programme.nav", entry, order=60)
