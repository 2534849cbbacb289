"""Whom this visit shops with, as the session keeps it, and whether the reader is a person at all."""

from __future__ import annotations

from flask import request, session

from commissions.clicks import policy
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
