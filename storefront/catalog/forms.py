from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Length


def _words(label: Any) -> StringField:
    return StringField(
        label,
        filters=[lambda text: text.strip() if text else text],
        validators=[Length(max=1000, message=_l("Keep the words under 1,000 characters."))],
    )


class WordsForm(FlaskForm):
    """What a picture shows, for those who do not see it, in both languages."""

    alt = _words(_l("What it shows, in English"))
    alt_it = _words(_l("What it shows, in Italian"))
