"""What saved looks give the application."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_login import user_logged_in, user_logged_out

import editors.saves.jobs
import editors.saves.models
from editors.saves import panels, views
from editors.saves.actions import join_account
from editors.saves.privacy import CHAPTER
from editors.saves.queries import saved_count
from foundation.accounts.models import Account
from foundation.privacy.chapters import cover
from foundation.web import slots
from foundation.web.visits import visit_id

REGISTERED = (editors.saves.models, editors.saves.jobs)


def bring_looks_along(sender: Flask, user: Account, **named: Any) -> None:
    """Somebody signed in: what this visit kept joins their account's."""
    visit = visit_id()
    if visit is not None:
        join_account(actor=user.as_person(), visit=visit, account_id=user.id)
    panels.remember(saved_count(None, user.id))


def leave_looks_behind(sender: Flask, user: Account, **named: Any) -> None:
    """Somebody signed out: what they keep stays with their account."""
    panels.remember(saved_count(visit_id(), None) if visit_id() else 0)


def init_app(app: Flask) -> None:
    cover(app, CHAPTER, order=43)
    app.register_blueprint(views.bp)
    user_logged_in.connect(bring_looks_along, app)
    user_logged_out.connect(leave_looks_behind, app)
    slots.fill(app, "look.acts", panels.button)
    slots.fill(app, "wishes.panels", panels.on_wish_list)
