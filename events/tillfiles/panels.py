"""The way to files of tills, from the events of staff."""

from __future__ import annotations

from flask import render_template

from foundation.accounts.guards import current_account
from foundation.accounts.permissions import Permission


def link() -> str:
    """For who may decide about events."""
    account = current_account()
    if account is None or Permission.EVENTS_DECIDE not in account.permissions:
        return ""
    return render_template("events/tillfiles/link.html")
