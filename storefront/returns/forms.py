from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from foundation import ids
from foundation.settings import current
from foundation.web.amounts import typed_minor
from foundation.web.fields import stripped
from storefront.orders.forms import ReasonForm

Name = TypeVar("Name", int, str)
LARGEST = 999


class RefundForm(ReasonForm):
    """What comes back and why. The pieces are fields of their own, one `line-ID` for each line.

    `form_key` is drawn with each page: pressing the button twice is asking once, another page asks anew.
    """

    form_key = HiddenField(default=ids.token, validators=[Length(max=64)])

    restock = BooleanField(_l("The pieces hang on the rail again"), default=True)
    delivery = BooleanField(_l("Give back what delivery cost, too"))


class GoodwillForm(ReasonForm):
    """A sum given back without a piece. `form_key` is drawn with each page, as for a refund."""

    form_key = HiddenField(default=ids.token, validators=[Length(max=64)])
    amount = StringField(
        _l("How much"),
        filters=[stripped],
        validators=[DataRequired(_l("Write an amount, such as 12.50."))],
        render_kw={"inputmode": "decimal", "autocomplete": "off", "maxlength": 12},
    )
    off_earnings = BooleanField(_l("Take it off what a style editor earned, too"))
    minor = 0

    def validate_amount(self, field: StringField) -> None:
        """12, 12.5, 12,50: a point or a comma before what the currency has, and nothing else; never 0."""
        try:
            self.minor = typed_minor(str(field.data or ""), current().currency) or 0
        except ValueError:
            raise ValidationError(_l("Write an amount, such as 12.50.")) from None
        if not self.minor:
            raise ValidationError(_l("Write a sum above 0, such as 12.50."))


def chosen_pieces(typed: Any, names: Iterable[Name]) -> tuple[dict[Name, int], set[Name]]:
    """How many of each line (by its id or name) were typed, and which say something that is no number."""
    chosen: dict[Name, int] = {}
    wrong: set[Name] = set()
    for line_id in names:
        text = str(typed.get(f"line-{line_id}", "")).strip()
        if not text or text == "0":
            continue
        if (
            text.isascii()
            and text.isdecimal()
            and int(text[:9]) <= LARGEST
            and len(text) <= len(str(LARGEST))
        ):
            chosen[line_id] = int(text)
        else:
            wrong.add(line_id)
    return chosen, wrong
