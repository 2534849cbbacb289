from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Optional, ValidationError

from foundation.web.fields import stripped
from storefront.usual.policy import LONGEST, Worn, is_size


def _a_size(form: FlaskForm, field: StringField) -> None:
    if not is_size(field.data or ""):
        raise ValidationError(str(_l("Write a size as it stands on a label: M, 42, W31.")))


def _field(label: Any) -> StringField:
    return StringField(label, [Optional(), _a_size], filters=[stripped], render_kw={"maxlength": LONGEST})


class SizesForm(FlaskForm):
    """A size for each place; what stays empty is forgotten."""

    top = _field(_l("Shirts and knits"))
    outer = _field(_l("Coats and jackets"))
    full = _field(_l("Dresses"))
    bottom = _field(_l("Trousers and skirts"))
    shoes = _field(_l("Shoes"))

    def sizes(self) -> dict[str, str]:
        """By place."""
        return {slot.value: self[slot.value].data or "" for slot in Worn}
