from __future__ import annotations

from editors.membership.letters import write_to
from events.calendar.queries import event_by_id
from events.proposals.words import span_words, store_words


def tell_host(event_id: int, said: str, words: str = "") -> None:
    """The host reads that the store has other hours then, or that it takes place all the same."""
    event = event_by_id(event_id)
    write_to(
        event.editor_id,
        "events/hitches/mail/hours.txt",
        said=said,
        spoken=lambda: {"title": event.called, "when": span_words(event)},
        where=store_words(event.place),
        words=words,
        event_id=event.id,
    )
