from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from editors.membership import errors
from editors.membership.claiming import checked_handle
from editors.review.models import DeclineReason
from foundation.web.fields import choice, tidy


class ApplicationForm(FlaskForm):
    """Who somebody is and how they dress people; staff ask more (`editors.questions`).

    There is no field for followers, and there never is.
    """

    name = StringField(
        _l("Your name"),
        filters=[tidy],
        validators=[DataRequired(_l("Tell us what to call you.")), Length(max=120)],
        render_kw={"autocomplete": "name", "maxlength": 120},
    )
    city = StringField(
        _l("Your city"),
        filters=[tidy],
        validators=[DataRequired(_l("Tell us which city you are in.")), Length(max=80)],
        render_kw={"autocomplete": "address-level2", "maxlength": 80},
    )
    handle_wish = StringField(
        _l("Your handle"),
        filters=[tidy],
        validators=[DataRequired(_l("Choose the word your window is found by."))],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "maxlength": 40},
    )
    words = TextAreaField(
        _l("Who is it for, and why these pieces?"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write a few sentences. They are what we read first.")),
            Length(min=30, max=2000, message=_l("Between 30 and 2,000 characters, please.")),
        ],
        render_kw={"rows": 5, "maxlength": 2000},
    )
    discloses = BooleanField(
        _l("I say that I earn a commission wherever I share a look."),
        validators=[InputRequired(_l("We need your word on this: people trust what is said openly."))],
    )
    has_read = BooleanField(
        _l("I have read how commission works"),
        validators=[InputRequired(_l("Please read it first; it takes a minute."))],
    )

    def validate_handle_wish(self, field: StringField) -> None:
        try:
            checked_handle(field.data)
        except (errors.HandleUnfit, errors.HandleReserved) as refused:
            raise ValidationError(refused.sentence) from None


class DecisionForm(FlaskForm):
    """What staff write when they answer an application."""

    reply = TextAreaField(
        _l("What you write"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write a line. Nobody should get an answer without words.")),
            Length(max=2000),
        ],
        render_kw={"rows": 3, "maxlength": 2000},
    )
    handle = StringField(_l("Handle"), filters=[tidy], validators=[Length(max=30)])
    reason_id = SelectField(_l("Reason, if it is a no"), coerce=int, default=0)
    reason = StringField(_l("Reason in your own words"), filters=[tidy], validators=[Length(max=400)])

    def offer(self, reasons: Sequence[DeclineReason]) -> None:
        """Say which reasons there are to choose from."""
        self.reason_id.choices = [
            choice("0", _l("None of these")),
            *(choice(str(one.id), one.name) for one in reasons),
        ]

    @property
    def chosen_reason(self) -> int | None:
        return self.reason_id.data or None


class NoteForm(FlaskForm):
    """A word to each other on an application."""

    note = TextAreaField(
        _l("Note for your colleagues"),
        filters=[tidy],
        validators=[DataRequired(_l("Write something first.")), Length(max=1000)],
        render_kw={"rows": 2, "maxlength": 1000},
    )


class AppealForm(FlaskForm):
    """Why a removed editor asks for a second look."""

    words = TextAreaField(
        _l("What should we look at again?"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write why. Somebody who did not decide before reads it.")),
            Length(max=2000, message=_l("Up to 2,000 characters, please.")),
        ],
        render_kw={"rows": 5, "maxlength": 2000},
    )


class AppealAnswerForm(FlaskForm):
    """What staff write when they answer an appeal."""

    reply = TextAreaField(
        _l("What you write"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write a line. Nobody should get an answer without words.")),
            Length(max=2000, message=_l("Up to 2,000 characters, please.")),
        ],
        render_kw={"rows": 3, "maxlength": 2000},
    )
