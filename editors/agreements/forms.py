from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from editors.agreements.models import AgreementVersion
from foundation import clock
from foundation.web.fields import NO_CONTROLS, Day, stripped, tidy
from foundation.web.meanwhile import SeenForm

LONGEST = 20_000


def _text(label: Any, rows: int, longest: int, *validators: Any) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[tidy],
        validators=[*validators, Length(max=longest, message=_l("That is too long."))],
        render_kw={"rows": rows, "maxlength": longest},
    )


class DraftForm(SeenForm):
    """The next version, in both languages: an agreement is read in one's own."""

    words = _text(_l("The agreement, in English"), 14, LONGEST, DataRequired(_l("Write the agreement.")))
    words_it = _text(
        _l("The agreement, in Italian"), 14, LONGEST, DataRequired(_l("Write it in Italian, too."))
    )
    news = _text(_l("What is new, in English"), 3, 1000)
    news_it = _text(_l("What is new, in Italian"), 3, 1000)

    @classmethod
    def of(cls, version: AgreementVersion | None) -> DraftForm:
        return cls(formdata=None, obj=version)


class PublishForm(FlaskForm):
    """From when on everybody needs it, and why there is a new one."""

    until = Day(_l("The old version holds until"), validators=[InputRequired(_l("Choose a day."))])
    reason = StringField(
        _l("Why"),
        filters=[stripped],
        validators=[DataRequired(_l("Say why, in a few words.")), Length(max=200), NO_CONTROLS],
        render_kw={"maxlength": 200},
    )

    def validate_until(self, field: Day) -> None:
        if field.data is not None and field.data < clock.now().date():
            raise ValidationError(_l("Choose a day that is still to come."))
