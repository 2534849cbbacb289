"""What membership gives the application."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_login import current_user

import editors.membership.jobs
import editors.membership.models
from editors.membership import member_views, policy, queries, staff, staff_agreement, views
from editors.membership.acts import ACTS, PARTS, REASONS, SUBJECTS
from editors.membership.errors import PilotOnly
from editors.membership.guards import may_try
from editors.membership.privacy import CHAPTER
from foundation import clock
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.staff.queue import PLACE, Job
from foundation.web import navigation, slots
from storefront.catalog.cards import picture_card, product_card, product_path
from storefront.catalog.models import Product

REGISTERED = (editors.membership.models, editors.membership.jobs)


def init_app(app: Flask) -> None:
    cover(app, CHAPTER, order=40)
    acts.name(app, ACTS, SUBJECTS, PARTS, REASONS)
    app.register_blueprint(
        Blueprint("editors", __name__, root_path=str(Path(__file__).parents[1]), template_folder="templates")
    )
    app.jinja_env.globals.update(picture_of=picture_of, product_card=product_card, product_path=product_path)
    app.jinja_env.globals.update(may_try=may_try, not_yet=PilotOnly.sentence)
    app.register_error_handler(PilotOnly, member_views.not_yet)
    app.register_blueprint(views.bp)
    app.register_blueprint(staff.bp)
    app.register_blueprint(staff_agreement.bp)
    app.register_blueprint(member_views.bp)
    app.register_blueprint(member_views.agreement_bp)
    slots.fill(app, "studio.notices", member_views.resting_card)
    slots.fill(app, "studio.notices", member_views.agreement_card)
    _navigate(app)
    slots.fill(app, PLACE, waiting_jobs)


def picture_of(product: Product) -> dict[str, Any]:
    """The cover of a product for the picture macros; `product.cover` has to be loaded."""
    return picture_card(product, product.cover)


def waiting_jobs(**_: object) -> list[Job]:
    """The applications that this member of staff may decide, for the first page of the desk."""
    if Permission.APPLICATIONS_DECIDE not in current_user.permissions:
        return []
    soon = clock.now() + policy.ANSWER_WITHIN * 2 / 5
    appeals = [
        Job(
            kind=gettext("Second look"),
            what=gettext("%(name)s asks for a second look", name=editor.name),
            href=url_for("membership_staff.editors"),
            since=appeal.sent_at,
            note=appeal.words[:90],
            action=gettext("Read"),
        )
        for appeal, editor in (
            queries.appeals_waiting() if Permission.EDITORS_MANAGE in current_user.permissions else ()
        )
    ]
    return appeals + [
        Job(
            kind=gettext("Application"),
            what=gettext("%(name)s wants to become a style editor", name=application.name),
            href=url_for("membership_staff.applications", open=application.id),
            since=application.applied_at,
            note=application.words[:90],
            action=gettext("Read"),
            late=policy.answer_due(application.applied_at) < soon,
        )
        for application in queries.waiting_applications()
    ]


def _navigate(app: Flask) -> None:
    own = navigation.Entry(
        _l("Membership"), "member.show", belongs=("member.", "agreement."), group=_l("About you")
    )
    navigation.add(app, "studio.nav", own, order=85)
    agreement = navigation.Entry(
        _l("Agreement"), "programme_agreement.agreement", permission=Permission.EDITORS_MANAGE,
        belongs=("programme_agreement.",),
    )  # fmt: skip
    navigation.add(app, "programme.nav", agreement, order=50)
    for order, (label, endpoint) in enumerate(
        (
            (_l("Become a style editor"), "membership.apply"),
            (_l("How commission works"), "membership.how_commission_works"),
        )
    ):
        navigation.add(app, "foot.community", navigation.Entry(label, endpoint), order=10 + order)
    navigation.add(
        app,
        "staff.nav",
        navigation.Entry(
            _l("Applications"),
            "membership_staff.applications",
            group=_l("People"),
            permission=Permission.APPLICATIONS_DECIDE,
            count=queries.waiting_count,
            count_words=lambda count: ngettext("%(num)s waits", "%(num)s wait", count),
        ),
        order=40,
    )
    navigation.add(
        app,
        "staff.nav",
        navigation.Entry(
            _l("Style editors"),
            "membership_staff.editors",
            group=_l("People"),
            permission=Permission.EDITORS_MANAGE,
        ),
        order=41,
    )
