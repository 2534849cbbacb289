from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from foundation.i18n import LANGUAGES
from foundation.web.fields import Select
from storefront.search.errors import NotATerm
from storefront.search.policy import term_of


def is_term(form: FlaskForm, field: StringField) -> None:
    """It can be kept as a term; told beside the field that cannot."""
    if not term_of(field.data or ""):
        raise ValidationError(NotATerm.sentence)


_TERM = (
    DataRequired(NotATerm.sentence),
    Length(max=60, message=_l("Keep it under 60 characters.")),
    is_term,
)


class SynonymForm(FlaskForm):
    """Two terms that mean the same in a language."""

    language = Select(_l("Language"), choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()])
    term = StringField(_l("These words"), validators=_TERM)
    other = StringField(_l("Mean the same as"), validators=_TERM)
