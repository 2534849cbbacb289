from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import AnyOf, InputRequired, NumberRange, Optional

from foundation.web.fields import WholeNumber
from storefront.cart.errors import QuantityRefused
from storefront.cart.policy import MOST_OF_ONE

LARGEST_ID = 2**63 - 1


class QuantityForm(FlaskForm):
    """How many of a piece."""

    quantity = WholeNumber(
        _l("How many"),
        validators=[
            InputRequired(QuantityRefused.sentence),
            NumberRange(1, MOST_OF_ONE, message=QuantityRefused.sentence),
        ],
    )


class AddForm(QuantityForm):
    """A piece from its own page. The origin is there when a piece is put back into its look."""

    variant_id = IntegerField(
        _l("Size"),
        validators=[
            InputRequired(_l("Choose a size first.")),
            NumberRange(1, LARGEST_ID, message=_l("Choose a size first.")),
        ],
    )
    next = StringField(validators=[Optional(), AnyOf(["cart"])])
