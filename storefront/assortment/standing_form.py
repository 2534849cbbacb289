"""Where a product stands: put into the shop, now or on a day, made a draft again, archived; with a reason."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from foundation import clock
from foundation.actors import Actor
from foundation.web.fields import DayAndHour, Radios
from foundation.web.reasons import ReasonForm
from storefront.catalog.models import PRODUCT_MOVES, Product, ProductStatus
from storefront.catalog.standing import activate_product, archive_product, schedule_product, withdraw_product


class StandingForm(ReasonForm):
    """The next place of a product; `day` is meant on the shop's own clock."""

    to = Radios(
        _l("Where it goes"), validate_choice=False, validators=[InputRequired(_l("Choose where it goes."))]
    )
    day = DayAndHour(_l("Day and hour"), validators=[Optional()])

    def offer(self, status: ProductStatus) -> None:
        words = {
            ProductStatus.ACTIVE: _("Into the shop, now"),
            ProductStatus.SCHEDULED: _("Into the shop on a day"),
            ProductStatus.DRAFT: _("A draft again: nobody sees it"),
            ProductStatus.ARCHIVED: _("Archived: gone, kept for orders and looks"),
        }
        self.to.choices = [
            SelectChoice(str(end), said)
            for end, said in words.items()
            if PRODUCT_MOVES.allows(status, end) or (end is status is ProductStatus.SCHEDULED)
        ]

    def complete(self, zone: str) -> bool:
        """Whether everything it needs was said; what is missing stands beside its field."""
        right = self.validate()
        if self.to.data and self.to.data not in list(ProductStatus):
            self.to.errors = (_("Choose where it goes."),)
            return False
        if self.to.data == ProductStatus.SCHEDULED and not self.day.errors:
            at = self.at(zone)
            if at is None or at <= clock.now():
                self.day.errors = (_("Choose a day and an hour to come."),)
                return False
        return bool(right)

    def at(self, zone: str) -> datetime | None:
        day = self.day.data
        return day.replace(tzinfo=ZoneInfo(zone)) if isinstance(day, datetime) else None


def move(*, actor: Actor, product_id: int, form: StandingForm, zone: str) -> Product:
    """Do it."""
    reason, at = str(form.reason.data), form.at(zone)
    match ProductStatus(form.to.data):
        case ProductStatus.ACTIVE:
            return activate_product(actor=actor, product_id=product_id, reason=reason)
        case ProductStatus.ARCHIVED:
            return archive_product(actor=actor, product_id=product_id, reason=reason)
        case ProductStatus.DRAFT:
            return withdraw_product(actor=actor, product_id=product_id, reason=reason)
    assert at is not None
    return schedule_product(actor=actor, product_id=product_id, at=at, reason=reason)
