from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from editors.looks.cards import LookCard
from events.afterwards.actions import Answer
from events.afterwards.models import LONGEST_WORD, Feedback
from foundation.web.fields import NO_CONTROLS, Radios, a_key, choice, stripped, tidy

FACES: tuple[tuple[str, Any], ...] = (
    ("1", _l("Not at all")),
    ("2", _l("Hardly")),
    ("3", _l("So so")),
    ("4", _l("Yes")),
    ("5", _l("Very much")),
)
TAP = _l("Tap one of the five faces.")


def _faces(question: Any) -> Radios:
    return Radios(
        question,
        choices=[choice(value, words) for value, words in FACES],
        validators=[InputRequired(TAP)],
    )


class FeedbackForm(FlaskForm):
    """Three taps and a word."""

    welcome = _faces(_l("Did you feel welcome?"))
    found = _faces(_l("Was there something for you?"))
    again = _faces(_l("Would you come again?"))
    words = TextAreaField(
        _l("A word to host and store"),
        filters=[tidy],
        validators=[Length(max=LONGEST_WORD, message=_l("Keep it under 500 characters."))],
        render_kw={"rows": 3, "maxlength": LONGEST_WORD},
    )
    signed = BooleanField(_l("Put my first name below it"))

    @property
    def answer(self) -> Answer:
        """What was tapped and written; only after it was found right."""
        return Answer(
            welcome=int(self.welcome.data),
            found=int(self.found.data),
            again=int(self.again.data),
            words=str(self.words.data),
            signed=bool(self.signed.data and self.words.data),
        )

    @classmethod
    def of(cls, said: Feedback | None) -> FeedbackForm:
        if said is None:
            return cls(formdata=None)
        taps = {name: str(getattr(said, name)) for name in ("welcome", "found", "again")}
        return cls(formdata=None, words=said.words, signed=said.signed, **taps)


class LookForm(FlaskForm):
    """Which look an evening leads to."""

    look = Radios(_l("The look of the evening"), default="")
    reason = StringField(
        _l("Why"),
        filters=[stripped],
        validators=[Length(max=300, message=_l("That is too long.")), NO_CONTROLS],
        render_kw={"maxlength": 300},
    )
    #: Staff say why they change what is the host's.
    needs_reason = False

    def validate(self, extra_validators: Any = None) -> bool:
        right: bool = super().validate(extra_validators)
        if right and self.needs_reason and not self.reason.data:
            self.reason.errors = (_("Say why: it is the host’s look."),)
            return False
        return right

    def offer(self, looks: list[LookCard]) -> None:
        self.look.choices = [choice("", _("None")), *(choice(str(one.id), one.name) for one in looks)]

    @property
    def look_id(self) -> int | None:
        return a_key(self.look.data) or None
