"""What is typed in the share kit."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp

from editors.share.disclosures import LONGEST
from foundation.web.fields import Select, WholeNumber

MOST_PERCENT = 50
SAID = _l("Say it in both languages: readers of either have to understand it.")
BOTH = _l("Write it in both languages: editors choose either.")
TOO_LONG = _l("%(most)s letters at most: it has to fit onto a card.", most=LONGEST)
SHARE = _l("A whole number from 1 to %(most)s.", most=MOST_PERCENT)
SIGNS = _l("3 to 24 letters, digits or hyphens.")
WHY = _l("Say why: it stays in the log.")

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


class CodeForm(FlaskForm):
    """A personal code: for one editor, or with 0 for all who have none."""

    editor = Select(_l("For"), coerce=int, validate_choice=True)
    percent = WholeNumber(_l("Percent off"), validators=[NumberRange(1, MOST_PERCENT, message=SHARE)])
    code = StringField(_l("Code"), validators=[Optional(), Regexp("^[A-Za-z0-9-]{3,24}$", message=SIGNS)])
    reason = StringField(_l("Why, in a sentence"), validators=[DataRequired(WHY)])


class CaptionForm(FlaskForm):
    """The words captions of one kind are made of."""

    words = TextAreaField(_l("In English"), validators=[DataRequired(BOTH)])
    words_it = TextAreaField(_l("In Italian"), validators=[DataRequired(BOTH)])
