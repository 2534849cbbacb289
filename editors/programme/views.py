"""The page that tells of the programme."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from editors.membership.counting import SEEN, count
from editors.programme.queries import programme_page
from foundation.accounts.guards import public
from foundation.db import writes
from foundation.files.storage import url_of
from foundation.web.readers import counts

bp = Blueprint("programme", __name__)


@bp.get("/editors/programme")
@public
@writes
def programme() -> str:
    """What style editors do here. Each opening is counted, and nothing of who opened it is kept."""
    if counts(request.method, request.headers.get):
        count(SEEN)
    page = programme_page()
    return render_template(
        "editors/programme/programme.html", page=page, url_of=url_of, apply=url_for("membership.apply")
    )
