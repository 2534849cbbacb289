"""What privacy gives the application."""

from __future__ import annotations

from flask import Flask, render_template

import foundation.privacy.jobs
from foundation.audit import acts
from foundation.privacy import views
from foundation.privacy.acts import ACTS as NAMED
from foundation.privacy.chapters import cover
from foundation.privacy.own import ACCOUNT, ACTS, LETTERS
from foundation.web import slots

REGISTERED = (foundation.privacy.jobs,)


def on_account(**_: object) -> str:
    """The way there, on the page of the account."""
    return render_template("foundation/privacy/_on_account.html")


def init_app(app: Flask) -> None:
    acts.name(app, NAMED)
    app.register_blueprint(views.bp)
    cover(app, ACCOUNT, order=0)
    cover(app, LETTERS, order=90)
    cover(app, ACTS, order=95)
    slots.fill(app, "account.foot", on_account)
