from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import MultipleFileField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from foundation.web.fields import Radios, Select, WholeNumber, stripped, tidy
from storefront.reviews.models import Rule
from storefront.reviews.policy import Fit
from storefront.reviews.words import FITS, RULES

MOST_PICTURES = 4
STARS: tuple[tuple[str, Any], ...] = (
    ("5", _l("Love it")),
    ("4", _l("Good")),
    ("3", _l("Fine")),
    ("2", _l("Disappointing")),
    ("1", _l("Not good")),
)

CANNOT_SAY: Any = _l("Cannot say")
RATHER_NOT: Any = _l("Rather not say")


class ReviewForm(FlaskForm):
    """What a buyer says. Only stars and words are needed; the sizes offered are those of the product."""

    stars = Radios(
        _l("How do you like it?"),
        choices=[SelectChoice(value, words) for value, words in STARS],
        validators=[InputRequired(_l("Choose from one to five stars."))],
    )
    words = TextAreaField(
        _l("What should somebody know before they buy it?"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write a sentence or two: that is what others decide by.")),
            Length(min=10, max=3000, message=_l("Between 10 and 3,000 characters, please.")),
        ],
        render_kw={"rows": 6, "maxlength": 3000},
    )
    fit = Radios(
        _l("How does your size fit?"),
        choices=[*(SelectChoice(str(fit), FITS[fit]) for fit in Fit), SelectChoice("", CANNOT_SAY)],
        default="",
        validators=[Optional()],
    )
    height_cm = WholeNumber(
        _l("Your height in centimetres"),
        validators=[
            Optional(),
            NumberRange(100, 230, message=_l("Between 100 and 230 centimetres, or nothing.")),
        ],
        render_kw={"inputmode": "numeric", "autocomplete": "off", "maxlength": 3},
    )
    usual_size = Select(_l("The size you usually wear"), validators=[Optional()])
    pictures = MultipleFileField(
        _l("Pictures"),
        render_kw={"accept": "image/jpeg,image/png,image/webp,image/avif", "multiple": True},
    )

    def offer(self, sizes: list[str]) -> None:
        """Say which usual sizes can be chosen; without any there is nothing to ask."""
        self.usual_size.choices = [
            SelectChoice("", RATHER_NOT),
            *(SelectChoice(size, size) for size in sizes),
        ]

    def validate_pictures(self, field: MultipleFileField) -> None:
        if len(self.files()) > MOST_PICTURES:
            raise ValidationError(_l("Four pictures at most, please."))

    def files(self) -> list[Any]:
        """The pictures that were chosen; a browser sends an empty one when none was."""
        return [file for file in self.pictures.data or () if getattr(file, "filename", "")]


class ReplyForm(FlaskForm):
    """What the shop says below a review."""

    reply = TextAreaField(
        _l("Your answer"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write what you want to say; everybody reads it.")),
            Length(max=1500, message=_l("Keep it under 1,500 characters.")),
        ],
        render_kw={"rows": 4, "maxlength": 1500},
    )


class RemovalForm(FlaskForm):
    """By which rule a review goes, and what everybody reads in its place."""

    rule = Radios(
        _l("Which rule does it break?"),
        choices=[SelectChoice(str(rule), RULES[rule]) for rule in Rule],
        validators=[InputRequired(_l("Choose the rule. Without one a review stays."))],
    )
    reason = StringField(
        _l("What everybody reads in its place"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Say in a sentence what was wrong: it is public.")),
            Length(max=300, message=_l("Keep it under 300 characters.")),
        ],
        render_kw={"maxlength": 300},
    )
