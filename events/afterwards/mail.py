"""The thanks to who came: once, in their language; to nobody else."""

from __future__ import annotations

from flask_babel import force_locale
from sqlalchemy.dialects.postgresql import insert

from editors.looks.card_queries import looks_by_ids
from editors.looks.cards import LookCard
from events.afterwards.policy import ANSWERS_FOR, is_thanked
from events.afterwards.queries import THANKS, chosen_look
from events.calendar.models import Event
from events.calendar.queries import event_by_id
from events.guests.models import CAME, RsvpLetter
from events.guests.queries import rsvp_by_id
from events.perks.models import EventPerk
from events.perks.queries import perk_of
from foundation import clock
from foundation.db import db
from foundation.mail.actions import post
from foundation.web.formats import moment, percent
from storefront.promotions.models import VoucherStatus

TEMPLATE = "events/afterwards/mail/thanks.txt"


def thank(rsvp_id: int) -> bool:
    """Write the thanks, unless it was written, is not its hour, or they did not come; whether it was now."""
    rsvp, now = rsvp_by_id(rsvp_id), clock.now()
    if rsvp is None or rsvp.email is None or rsvp.status != CAME:
        return False
    if not rsvp.event.booked or not is_thanked(rsvp.event.ends_at, now, rsvp.event.local(now)):
        return False
    written = insert(RsvpLetter).values(rsvp_id=rsvp_id, kind=THANKS, about=0, at=now)
    if not db.session.execute(written.on_conflict_do_nothing().returning(RsvpLetter.kind)).first():
        return False
    event = event_by_id(rsvp.event_id)
    perk, shown = _perk(event), looks_shown(event)
    with force_locale(rsvp.language):
        until = moment(event.ends_at + ANSWERS_FOR, "day", zone=event.time_zone)
        code = (
            {
                "code": perk.code,
                "off": percent(perk.percent_bps),
                "until": moment(perk.voucher.ends_at, "day", zone=event.time_zone)
                if perk.voucher.ends_at
                else "",
            }
            if perk
            else None
        )
        looks = [{"title": one.name, "path": f"/looks/{one.slug}"} for one in shown]
    post(
        to=rsvp.email,
        language=rsvp.language,
        template=TEMPLATE,
        carries_key=True,
        name=rsvp.first_name,
        both=rsvp.arrived > 1,
        title=event.title_it if rsvp.language == "it" and event.title_it else event.title,
        host=event.editor.first_name,
        looks=looks,
        perk=code,
        until=until,
        ticket=f"/tickets/{rsvp.secret}",
        feedback=f"/tickets/{rsvp.secret}/feedback",
    )
    return True


def looks_shown(event: Event) -> list[LookCard]:
    """The look of the evening first, then those of the rail in its order; each once, while it is on show."""
    wanted = [chosen_look(event.id), *(one.look_id for one in event.looks)]
    found = {card.id: card for card in looks_by_ids([one for one in wanted if one is not None])}
    return [found[look_id] for look_id in dict.fromkeys(wanted) if look_id in found]


def _perk(event: Event) -> EventPerk | None:
    """The code of the evening, while it takes something off."""
    perk = perk_of(event.id)
    if perk is None or perk.voucher.status != VoucherStatus.ACTIVE:
        return None
    return None if perk.voucher.ends_at is not None and perk.voucher.ends_at <= clock.now() else perk
