"""A guest pressed "Follow": the wish waits in their session while they sign in, and is done then."""

from __future__ import annotations

from typing import Any

from flask import Flask, flash, session
from flask_babel import gettext

from editors.following.actions import follow
from editors.following.errors import OwnWindow
from editors.membership.errors import NoSuchEditor
from foundation.accounts.models import Account

_KEY = "follow"


def remember(editor_id: int) -> None:
    session[_KEY] = editor_id


def fulfil(sender: Flask, user: Account, **named: Any) -> None:
    """Somebody signed in: they follow whom they wanted to."""
    wanted = session.pop(_KEY, None)
    if not isinstance(wanted, int):
        return
    try:
        follow(actor=user.as_person(), account_id=user.id, editor_id=wanted)
    except (NoSuchEditor, OwnWindow) as refused:
        flash(str(refused), "warn")
    else:
        flash(gettext("You follow them now. What they put together next is in your account."), "good")
