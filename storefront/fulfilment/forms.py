from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Regexp

from foundation.web.fields import Select, a_key, stripped
from foundation.web.reasons import ReasonForm
from storefront.fulfilment.carriers import CARRIERS
from storefront.fulfilment.models import Fulfilment
from storefront.places.queries import stores


class ParcelForm(FlaskForm):
    """Who took the parcel, and its number."""

    carrier = Select(
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

    @classmethod
    def of(cls, parcel: Fulfilment) -> ParcelForm:
        """The form with what is known of a parcel."""
        known = {"tracking": parcel.tracking} | ({"carrier": parcel.carrier} if parcel.carrier else {})
        return cls(formdata=None, data=known)


class CollectForm(ReasonForm):
    """In which other store it is collected, and why."""

    place = Select(_l("Collected in"), coerce=a_key)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, prefix="collect-", **named)
        self.place.choices = [SelectChoice(str(one.id), one.name) for one in stores() if one.pickup]

    def leave_out(self, place_id: int | None) -> bool:
        """Offer every other store than this one; whether there are any."""
        self.place.choices = [one for one in self.place.choices if one.value != str(place_id)]
        return bool(self.place.choices)


class SeenToForm(ReasonForm):
    """What happens with an order whose store is shut."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, prefix="shut-", **named)


class AgainForm(ReasonForm):
    """Why a parcel is opened again; beside the other forms of an order's page."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, prefix="again-", **named)
