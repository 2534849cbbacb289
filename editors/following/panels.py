"""What following puts on pages below and beside it."""

from __future__ import annotations

from typing import Any

from flask import render_template

from editors.following.queries import looks_followed
from editors.looks.pictures import card_values
from foundation.accounts.guards import current_account

STRIP = 4


def home_strip(**_: Any) -> str:
    """What is new of those whom the reader follows; nothing for guests, and without a follow."""
    account = current_account()
    looks = looks_followed(account.id, STRIP) if account else ()
    if not looks:
        return ""
    return render_template("editors/following/strip.html", looks=[card_values(look) for look in looks])
