from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from editors.tiers.actions import TierDraft
from editors.tiers.models import Tier
from foundation.web.fields import NO_CONTROLS, WholeNumber, stripped
from foundation.web.meanwhile import SeenForm


def _line(label: Any, longest: int, *validators: Any) -> StringField:
    return StringField(
        label,
        filters=[stripped],
        validators=[*validators, Length(max=longest, message=_l("That is too long.")), NO_CONTROLS],
        render_kw={"maxlength": longest},
    )


def _count(label: Any) -> WholeNumber:
    whole = _l("Write a whole number, or 0.")
    return WholeNumber(
        label,
        validators=[InputRequired(whole), NumberRange(0, 10_000, message=whole)],
        render_kw={"inputmode": "numeric", "min": 0, "max": 10_000},
    )


class TierForm(SeenForm):
    """A step of the circle."""

    name = _line(_l("Name, in English"), 60, DataRequired(_l("Give it a name.")))
    name_it = _line(_l("Name, in Italian"), 60)
    perks = TextAreaField(
        _l("What it brings, in English"),
        filters=[stripped],
        validators=[Length(max=300)],
        render_kw={"rows": 2},
    )
    perks_it = TextAreaField(
        _l("What it brings, in Italian"),
        filters=[stripped],
        validators=[Length(max=300)],
        render_kw={"rows": 2},
    )
    looks_needed = _count(_l("Looks on show, at least"))
    orders_needed = _count(_l("Kept orders in ninety days, at least"))

    @classmethod
    def of(cls, tier: Tier) -> TierForm:
        return cls(formdata=None, obj=tier)

    def draft(self) -> TierDraft:
        """What was filled in; only after it was found right."""
        return TierDraft(
            name=str(self.name.data),
            name_it=self.name_it.data or None,
            perks=self.perks.data or "",
            perks_it=self.perks_it.data or None,
            looks_needed=int(self.looks_needed.data or 0),
            orders_needed=int(self.orders_needed.data or 0),
        )
