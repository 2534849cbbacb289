from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import Length

from foundation import ids
from storefront.orders.forms import ReasonForm

LARGEST = 999


class RefundForm(ReasonForm):
    """What comes back and why. The pieces are fields of their own, one `line-ID` for each line.

    `form_key` is drawn with each page: pressing the button twice is asking once, another page asks anew.
    """

    form_key = HiddenField(default=ids.token, validators=[Length(max=64)])

    restock = BooleanField(_l("The pieces hang on the rail again"), default=True)
    delivery = BooleanField(_l("Give back what delivery cost, too"))


def chosen_pieces(typed: Any, line_ids: list[int]) -> tuple[dict[int, int], set[int]]:
    """How many of each line were typed, and which lines say something that is no number."""
    chosen: dict[int, int] = {}
    wrong: set[int] = set()
    for line_id in line_ids:
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
