"""The window of an editor: `/@handle`."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from editors.looks import queries
from editors.looks.models import OCCASION_WORDS, Occasion
from editors.looks.pictures import card_values
from editors.membership.errors import NoSuchEditor
from editors.membership.queries import editor_by_handle
from foundation.accounts.guards import public
from storefront.catalog.queries import products_by_ids

bp = Blueprint("window", __name__)


@bp.get("/@<handle>")
@public
def window(handle: str) -> Any:
    """Who somebody is and what they put together; nobody there once they left."""
    editor = editor_by_handle(handle)
    if editor is None or not editor.on_show:
        raise NoSuchEditor()
    if handle != editor.handle:
        return redirect(url_for("window.window", handle=editor.handle), code=301)
    return render_template(
        "editors/looks/window.html",
        editor=editor,
        looks=[
            card_values(look) | {"by": OCCASION_WORDS[Occasion(look.occasion)]}
            for look in queries.looks_of(editor.id, on_show_only=True)
        ],
        favourites=products_by_ids(queries.favourite_products(editor.id)),
    )
