"""How an editor is shown beside their work: face, one quiet line, and what their window says of them."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import gettext as _

from editors.membership.models import Editor
from editors.profiles.policy import SPECIALITY_WORDS, Speciality
from editors.profiles.queries import store_of
from foundation.files.storage import url_of
from storefront.usual.policy import Worn
from storefront.usual.queries import sizes_of


def portrait_of(editor: Editor) -> dict[str, str] | None:
    """The addresses of a portrait, small and large; None: the initial stands there."""
    if not editor.portrait_key or not editor.portrait_large_key:
        return None
    return {"small": url_of(editor.portrait_key), "large": url_of(editor.portrait_large_key)}


def specialities_of(editor: Editor) -> list[str]:
    """What they are asked for, in the reader's language, in the order of the list."""
    return [str(SPECIALITY_WORDS[one]) for one in Speciality if one in editor.specialities]


def note_of(editor: Editor) -> str:
    """The quiet line under their name."""
    parts = [
        _("Style editor in %(city)s", city=editor.city),
        editor.in_short,
        " · ".join(specialities_of(editor)),
    ]
    return ". ".join(part for part in parts if part)


def window_facts(*, editor: Editor, **_values: Any) -> str:
    """What a window says besides its words: specialities, store, sizes."""
    sizes = sizes_of(editor.account_id) if editor.shows_sizes else {}
    return render_template(
        "editors/profiles/_facts.html",
        specialities=specialities_of(editor),
        store=store_of(editor),
        sizes=[sizes[place] for place in Worn if place in sizes],
    )
