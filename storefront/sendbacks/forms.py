from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from foundation.web.fields import Radios, stripped
from foundation.web.numbers import MOST_DIGITS
from storefront.returns.forms import chosen_pieces
from storefront.sendbacks.errors import TwoKindsOfOneLine
from storefront.sendbacks.models import Way, Why
from storefront.sendbacks.policy import Pieces
from storefront.sendbacks.words import WAYS


class SendbackForm(FlaskForm):
    """How the pieces come. The pieces are fields of their own: `line-NAME` how many, `why-NAME` the reason,
    `instead-NAME` the variant that is wanted instead; nothing there: money."""

    way = Radios(
        _l("How do they come back?"),
        choices=[SelectChoice(str(way), WAYS[way]) for way in Way],
        default=str(Way.SHIP),
        validators=[InputRequired(_l("Choose how they come back."))],
    )
    words = TextAreaField(
        _l("Anything we should know?"),
        filters=[stripped],
        validators=[Length(max=500, message=_l("Keep it under 500 characters."))],
        render_kw={"rows": 3, "maxlength": 500},
    )


class Chosen(NamedTuple):
    """What comes back (line: how many, why), the variants wanted instead, and the exchanges by which pieces
    of a line came."""

    pieces: dict[int, tuple[int, Why]]
    instead: dict[int, int]
    came_by: dict[int, int]


def number_of(text: str) -> int:
    """The variant a field names; 0, which is none, for nonsense."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else 0


def name_of(pieces: Pieces) -> str:
    """What the fields of these pieces are called: by their line, or by the exchange by which they came."""
    line_id, of_exchange = pieces
    return f"x{of_exchange}" if of_exchange else str(line_id)


def chosen_of(typed: Any, known: Iterable[Pieces]) -> tuple[Chosen, set[str]]:
    """What was chosen of the pieces of an order, and which of them lack a number or a reason.

    Raises `TwoKindsOfOneLine` when of one line both what was sold and what came by an exchange is named.
    """
    names = {name_of(pieces): pieces for pieces in known}
    counts, wrong = chosen_pieces(typed, names)
    chosen = Chosen({}, {}, {})
    for name, quantity in counts.items():
        (line_id, of_exchange), why = names[name], str(typed.get(f"why-{name}", ""))
        if why not in list(Why):
            wrong.add(name)
            continue
        if line_id in chosen.pieces:
            raise TwoKindsOfOneLine()
        chosen.pieces[line_id] = (quantity, Why(why))
        variant = str(typed.get(f"instead-{name}", ""))
        if of_exchange:
            chosen.came_by[line_id] = of_exchange
        elif variant:
            chosen.instead[line_id] = number_of(variant)
    return chosen, wrong
