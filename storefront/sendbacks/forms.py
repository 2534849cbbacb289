from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from foundation.web.fields import stripped
from storefront.returns.forms import chosen_pieces
from storefront.sendbacks.models import Way, Why
from storefront.sendbacks.words import WAYS


class SendbackForm(FlaskForm):
    """How the pieces come. The pieces are fields of their own: `line-ID` how many, `why-ID` the reason."""

    way = RadioField(
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


def chosen_of(typed: Any, line_ids: list[int]) -> tuple[dict[int, tuple[int, Why]], set[int]]:
    """What was chosen (line: how many, why), and which lines lack a number or a reason."""
    counts, wrong = chosen_pieces(typed, line_ids)
    chosen = {}
    for line_id, quantity in counts.items():
        why = str(typed.get(f"why-{line_id}", ""))
        if why in list(Why):
            chosen[line_id] = (quantity, Why(why))
        else:
            wrong.add(line_id)
    return chosen, wrong
