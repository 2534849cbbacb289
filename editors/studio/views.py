"""The first page of the studio."""

from __future__ import annotations

from itertools import chain

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from editors.links.queries import links_of
from editors.looks.card_queries import looks_of
from editors.looks.models import LookStatus
from editors.looks.pictures import card_values
from editors.membership.guards import current_editor, style_editor
from editors.share.health_page import told
from editors.share.queries import findings_of
from editors.studio.next_steps import next_steps
from editors.studio.queries import sold_out_pieces
from foundation import clock
from foundation.files.storage import url_of
from foundation.web import slots

bp = Blueprint("studio", __name__, url_prefix="/studio")

LATEST = 4


@bp.get("")
@style_editor
def today() -> str:
    """What came in, what to do next, the looks worked on last."""
    editor = current_editor()
    looks = looks_of(editor.id)
    links = links_of(editor.id)
    return render_template(
        "editors/studio/today.html",
        editor=editor,
        now=clock.now(),
        looks=looks[:LATEST],
        count=len(looks),
        shown=sum(look.status == LookStatus.PUBLISHED for look in looks),
        steps=next_steps(
            editor,
            looks,
            links,
            sold_out_pieces(editor.id),
            chain.from_iterable(slots.gather("studio.steps")),
            {link: told(problem) for link, problem in findings_of(editor.id).items()},
        ),
    )


@bp.get("/media")
@style_editor
def media() -> str:
    """Every picture of the editor's looks, to be looked at large, taken along and shared."""
    pictures = [
        {
            "look": look,
            "shown": card_values(look),
            "large": url_of(look.picture_large_key) if look.picture_large_key else None,
            "photo": url_of(look.photo_key) if look.photo_key else None,
        }
        for look in looks_of(current_editor().id)
        if look.pieces or look.photo_key
    ]
    return render_template("editors/studio/media.html", pictures=pictures)


@bp.get("/window")
@style_editor
def window() -> Response:
    """Where the profile was before it had a page of its own."""
    return redirect(url_for("profiles.profile"), code=301)
