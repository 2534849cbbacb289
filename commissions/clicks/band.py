"""Whom this visit shops with, as the session keeps it, and who reads: a person at all, and on which day."""

from __future__ import annotations

from datetime import date

from flask import request, session

from commissions.clicks import policy
from foundation import clock
from foundation.settings import current

CREDIT = "credit"


def shop_with(
    editor_id: int, name: str, handle: str, look: str | None = None, click_id: int | None = None
) -> None:
    """Keep whom one shops with; handles change meanwhile, so the number is kept, too."""
    session[CREDIT] = {"editor": editor_id, "name": name, "handle": handle, "look": look, "click": click_id}


def is_person() -> bool:
    """Does a person open this page, as far as a request can tell?"""
    return policy.counts(request.method, request.headers.get, driven=current().demo)


def reader_id() -> int | None:
    """The account of a signed-in reader by the signed session alone: enough to mark a click as one's own."""
    account_id = str(session.get("_user_id", "")).partition(".")[0]
    return int(account_id) if account_id.isdecimal() else None


def shop_day() -> date:
    """Today, as the shop counts its days."""
    return clock.today(current().timezone)
