from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from foundation.web.fields import Select, stripped
from storefront.catalog.models import Focus

FOCUS: dict[Focus, Any] = {
    Focus.WHOLE: _l("All of it, as it is"),
    Focus.CENTRE: _l("The middle"),
    Focus.TOP: _l("The upper part"),
    Focus.BOTTOM: _l("The lower part"),
    Focus.LEFT: _l("The left part"),
    Focus.RIGHT: _l("The right part"),
}


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
    focus = Select(
        _l("What stays in sight"),
        choices=[SelectChoice(str(key), words) for key, words in FOCUS.items()],
        filters=[stripped],  # `Optional` takes spaces for nothing, and lets them pass
        validators=[Optional()],
    )
