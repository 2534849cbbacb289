"""A look in words: its name and story in the reader's language, and what stayed out of the bag."""

from __future__ import annotations

from flask_babel import gettext, ngettext

from editors.looks.models import Look
from foundation.i18n import pick
from storefront.cart.actions import Refused, Why
from storefront.catalog.naming import piece_name


def look_name(look: Look) -> str:
    return pick(look.title, look.title_it)


def signed_by(name: str, other: str | None) -> str:
    """Whose look it is, in one line."""
    return gettext("%(name)s and %(other)s", name=name, other=other) if other else name


def look_story(look: Look) -> str:
    return pick(look.story, look.story_it)


def refusal_sentence(refused: Refused) -> str:
    """Why one piece stayed behind, and what can be done."""
    if refused.why == Why.GONE:
        return gettext("One piece is no longer sold. The rest is as you wished.")
    piece = piece_name(refused)
    if refused.why == Why.SOLD_OUT or refused.left == 0:
        return gettext("%(piece)s is sold out. The rest can be bought.", piece=piece)
    return ngettext(
        "Of %(piece)s there is only %(num)s left. Ask for fewer, or buy the rest without it.",
        "Of %(piece)s there are only %(num)s left. Ask for fewer, or buy the rest without it.",
        refused.left,
        piece=piece,
    )
