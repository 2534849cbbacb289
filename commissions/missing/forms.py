from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from commissions.missing.words import WAYS
from foundation.web.fields import NO_CONTROLS, Radios, choice, stripped, tidy
from storefront.orders.policy import as_numbered

LONGEST = 1000


class NumberForm(FlaskForm):
    """The number of an order that is missing."""

    number = StringField(
        _l("Order number"),
        filters=[stripped, as_numbered],
        validators=[
            DataRequired(_l("Write the number of the order.")),
            Length(max=20, message=_l("An order number is shorter than that.")),
            NO_CONTROLS,
        ],
        render_kw={
            "maxlength": 20,
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
        },
    )


class ReportForm(NumberForm):
    """What speaks for it."""

    came_by = Radios(
        _l("How did they come?"),
        choices=[choice(str(way), words) for way, words in WAYS.items()],
        validators=[InputRequired(_l("Choose what comes closest."))],
    )
    words = TextAreaField(
        _l("What happened, and when?"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Tell us what happened: it is what we decide by.")),
            Length(min=20, max=LONGEST, message=_l("Between 20 and 1,000 characters, please.")),
        ],
        render_kw={"rows": 5, "maxlength": LONGEST},
    )
    evidence = FileField(
        _l("A picture or a PDF"),
        render_kw={"accept": "image/jpeg,image/png,image/webp,image/avif,application/pdf"},
    )

    def file(self) -> Any:
        """What was chosen, or None: a browser sends an empty one when nothing was."""
        found = self.evidence.data
        return found if getattr(found, "filename", "") else None
