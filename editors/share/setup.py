"""What the share kit gives the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import editors.share.jobs
import editors.share.models
from editors.looks.facts import LookComposed, LookTakenDown
from editors.looks.ports import shared_as
from editors.share import download_views, reactions, shared_views, staff, staff_captions, staff_codes, views
from editors.share.acts import ACTS, PARTS, SUBJECTS
from editors.share.page_card_queries import files_of_page
from editors.share.privacy import CHAPTER
from foundation import facts
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import navigation
from storefront.catalog.facts import ProductChanged

REGISTERED = (editors.share.jobs, editors.share.models)


def init_app(app: Flask) -> None:
    cover(app, CHAPTER, order=43)
    acts.name(app, ACTS, SUBJECTS, PARTS)
    app.register_blueprint(shared_views.bp)
    app.register_blueprint(views.bp)
    app.register_blueprint(download_views.bp)
    app.register_blueprint(staff.bp)
    app.register_blueprint(staff_captions.bp)
    app.register_blueprint(staff_codes.bp)
    navigation.add(
        app,
        "staff.nav",
        navigation.Entry(
            _l("Personal codes"),
            "personal_codes.index",
            group=_l("People"),
            permission=Permission.VOUCHERS_MANAGE,
            belongs=("personal_codes.",),
        ),
        order=44,
    )
    navigation.add(
        app,
        "staff.nav",
        navigation.Entry(
            _l("Disclosures"), "share_staff.index", group=_l("People"), permission=Permission.EDITORS_MANAGE
        ),
        order=43,
    )
    navigation.add(
        app,
        "staff.nav",
        navigation.Entry(
            _l("Captions"), "share_captions.index", group=_l("People"), permission=Permission.EDITORS_MANAGE
        ),
        order=45,
    )
    shared_as(files_of_page)
    facts.subscribe(LookComposed, reactions.on_look_composed)
    facts.subscribe(LookTakenDown, reactions.on_look_taken_down)
    facts.subscribe(ProductChanged, reactions.on_product_changed, when=reactions.is_about_stock)
