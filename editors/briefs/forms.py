from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from editors.briefs.actions import BriefDraft
from foundation.web.fields import NO_CONTROLS, Day, stripped, tidy
from foundation.web.meanwhile import SeenForm


def _title(label: Any, *validators: Any) -> StringField:
    return StringField(
        label,
        filters=[stripped],
        validators=[*validators, Length(max=120, message=_l("That is too long.")), NO_CONTROLS],
        render_kw={"maxlength": 120},
    )


def _words(label: Any, *validators: Any) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[tidy],
        validators=[*validators, Length(max=2000, message=_l("Up to 2,000 characters, please."))],
        render_kw={"rows": 5, "maxlength": 2000},
    )


class BriefForm(SeenForm):
    """A brief of the lead."""

    title = _title(_l("Title, in English"), DataRequired(_l("Give it a title.")))
    title_it = _title(_l("Title, in Italian"))
    words = _words(_l("What it is about, in English"), DataRequired(_l("Write a sentence or two.")))
    words_it = _words(_l("What it is about, in Italian"))
    first_day = Day(_l("Pinned from"), validators=[InputRequired(_l("Choose a day."))])
    last_day = Day(_l("Pinned until"), validators=[InputRequired(_l("Choose a day."))])

    def validate_last_day(self, field: Day) -> None:
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError(_("It cannot end before it begins."))

    def draft(self) -> BriefDraft:
        """What was filled in; only after it was found right."""
        assert self.first_day.data is not None
        assert self.last_day.data is not None
        return BriefDraft(
            title=str(self.title.data),
            title_it=self.title_it.data or None,
            words=str(self.words.data),
            words_it=self.words_it.data or None,
            first_day=self.first_day.data,
            last_day=self.last_day.data,
        )
