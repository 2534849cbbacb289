"""The evening online of the story: Amina's, from her kitchen, for whoever has no store near."""

from __future__ import annotations

from datetime import datetime, timedelta

from demo.story import guests
from demo.story.evenings import proposed
from events.calendar.deciding import approve_event
from events.calendar.models import EventFormat
from foundation import clock
from foundation.actors import Actor


def meet(desk: Actor, today: datetime, place_id: int, editor_id: int) -> None:
    """In six days; three have a seat, one of them with a friend on the same sofa."""
    with clock.held_at(today - timedelta(days=4)):
        event_id = proposed(
            editor_id,
            place_id,
            today + timedelta(days=6),
            format=EventFormat.ONLINE,
            joining_url="https://meet.example.org/amina-kitchen",
            title="Open your wardrobe",
            title_it="Apri l’armadio",
            words="Amina from her kitchen, you from your bedroom floor. Bring three things you have not worn for a"
            " year.",
            words_it="Amina dalla sua cucina, tu dal pavimento della camera. Porta tre cose che non metti da un"
            " anno.",
            happens="18:30 Hello from everybody\n18:45 Three things each\n19:45 What to do with the rest",
            happens_it="18:30 Ci si saluta\n18:45 Tre cose a testa\n19:45 Che cosa fare del resto",
            for_whom="Whoever lives far from a store, or would rather not dress for one.",
            for_whom_it="Chi abita lontano da un negozio, o non ha voglia di vestirsi per andarci.",
        )
    with clock.held_at(today - timedelta(days=3)):
        approve_event(actor=desk, event_id=event_id, room_id=None)
    guests.log_in(event_id, today)
