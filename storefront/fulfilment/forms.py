from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Regexp

from foundation.web.fields import stripped
from storefront.fulfilment.carriers import CARRIERS


class ParcelForm(FlaskForm):
    """Who took the parcel, and its number."""

    carrier = SelectField(
        _l("Carrier"), choices=[SelectChoice(key, carrier.name) for key, carrier in CARRIERS.items()]
    )
    tracking = StringField(
        _l("Number of the parcel"),
        filters=[stripped],
        validators=[
            Length(max=60, message=_l("Keep it under 60 characters.")),
            Regexp(r"^[\w .\-/]*$", message=_l("Only letters, digits, spaces, dots and dashes, please.")),
        ],
        render_kw={"maxlength": 60, "autocomplete": "off"},
    )
