from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from editors.gatherings.actions import GatheringDraft
from foundation.web.fields import NO_CONTROLS, stripped, tidy


class GatheringForm(FlaskForm):
    """A collection of an editor in words."""

    title = StringField(
        _l("Name"),
        filters=[stripped],
        validators=[DataRequired(_l("Give it a name.")), Length(max=80), NO_CONTROLS],
        render_kw={"maxlength": 80},
    )
    words = TextAreaField(
        _l("A few words"),
        filters=[tidy],
        validators=[Length(max=1000)],
        render_kw={"rows": 3, "maxlength": 1000},
    )
    title_it = StringField(
        _l("Name, in Italian"),
        filters=[stripped],
        validators=[Length(max=80), NO_CONTROLS],
        render_kw={"lang": "it", "maxlength": 80},
    )
    words_it = TextAreaField(
        _l("A few words, in Italian"),
        filters=[tidy],
        validators=[Length(max=1000)],
        render_kw={"rows": 3, "lang": "it", "maxlength": 1000},
    )

    @property
    def draft(self) -> GatheringDraft:
        """What was typed; an empty Italian is none."""
        return GatheringDraft(
            title=self.title.data,
            words=self.words.data,
            title_it=self.title_it.data or None,
            words_it=self.words_it.data or None,
        )
