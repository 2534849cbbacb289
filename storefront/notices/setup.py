"""What letters about stock give the application."""

from __future__ import annotations

from flask import Flask

import storefront.notices.jobs
import storefront.notices.models
from foundation.accounts.facts import EmailChanged
from foundation.facts import subscribe
from foundation.privacy.chapters import cover
from storefront.catalog.facts import ProductChanged
from storefront.notices import views
from storefront.notices.privacy import CHAPTER
from storefront.notices.reactions import is_back, on_email_changed, tell_of_stock

REGISTERED = (storefront.notices.models, storefront.notices.jobs)


def init_app(app: Flask) -> None:
    cover(app, CHAPTER, order=34)
    app.register_blueprint(views.bp)
    subscribe(EmailChanged, on_email_changed)
    subscribe(ProductChanged, tell_of_stock, when=is_back)
