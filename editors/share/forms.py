"""What is typed in the share kit."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp

from editors.share.disclosures import LONGEST

SAID = _l("Say it in both languages: readers of either have to understand it.")
TOO_LONG = _l("%(most)s letters at most: it has to fit onto a card.", most=LONGEST)

FITS = (DataRequired(SAID), Length(max=LONGEST, message=TOO_LONG))


class DisclosureForm(FlaskForm):
    """What is said of advertising in a country."""

    country = StringField(_l("Country"), validators=[Regexp("^[A-Z]{2}$", message=_l("Choose a country."))])
    sentence = TextAreaField(
        _l("In English"), validators=[DataRequired(SAID), Length(max=LONGEST, message=TOO_LONG)]
    )
    sentence_it = TextAreaField(
        _l("In Italian"), validators=[DataRequired(SAID), Length(max=LONGEST, message=TOO_LONG)]
    )
