from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length

from foundation.i18n import LANGUAGES

_TERM = (
    DataRequired(_l("Write one to three words, in letters and digits.")),
    Length(max=60, message=_l("Keep it under 60 characters.")),
)


class SynonymForm(FlaskForm):
    """Two terms that mean the same in a language."""

    language = SelectField(_l("Language"), choices=list(LANGUAGES.items()))
    term = StringField(_l("These words"), validators=_TERM)
    other = StringField(_l("Mean the same as"), validators=_TERM)
