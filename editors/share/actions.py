"""What the share kit keeps: cards that were drawn."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from editors.share.cards import Size
from editors.share.models import ShareCard
from foundation import clock
from foundation.actors import Actor
from foundation.db import db
from foundation.jobs import queue

MAKE_CARDS = "editors.make_share_cards"


def ask_for_cards(*, actor: Actor, link_id: int, language: str, country: str) -> None:
    """Have the cards of a link drawn once this has committed; asked twice they are drawn once."""
    queue.defer(
        MAKE_CARDS,
        once=f"{MAKE_CARDS}:{link_id}:{language}:{country}",
        link_id=link_id,
        language=language,
        country=country,
    )


def keep_card(
    *, actor: Actor, link_id: int, size: Size, language: str, country: str, made_of: str, key: str
) -> None:
    """Note a drawn card in the place of the one before. Of two that are drawn at once either may stay: what
    is stale is seen by its `made_of`."""
    values = {
        "link_id": link_id,
        "size": size.value,
        "language": language,
        "country": country,
        "made_of": made_of,
        "key": key,
        "made_at": clock.now(),
    }
    fresh = {name: values[name] for name in ("made_of", "key", "made_at")}
    db.session.execute(
        insert(ShareCard)
        .values(**values)
        .on_conflict_do_update(index_elements=["link_id", "size", "language", "country"], set_=fresh)
    )
