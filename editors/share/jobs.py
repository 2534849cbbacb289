from __future__ import annotations

from editors.membership.errors import PilotOnly
from editors.share.actions import MAKE_CARDS, keep_card
from editors.share.cards import Size, draw, made_of
from editors.share.drawing import card_of, picture_on
from editors.share.errors import NoCard
from editors.share.health import check_links
from editors.share.queries import kept_card, link_with_editor
from foundation.actors import Actor
from foundation.db import in_steps, leave_transaction, unit_of_work
from foundation.files.storage import store
from foundation.jobs.queue import job


@job(name="editors.check_links", cron="41 3 * * *")
def check_links_daily() -> None:
    """Every night: links whose target is gone, sold out or over. Collections end without a word."""
    check_links()


@job(name=MAKE_CARDS)
@in_steps
def make_share_cards(*, link_id: int, language: str, country: str) -> None:
    """Draw the cards of a link that are not there yet or stale.

    None for what has left the show meanwhile, nor for an editor who may not make cards yet.
    """
    link = link_with_editor(link_id)
    try:
        card = card_of(link, language, country) if link else None
    except (NoCard, PilotOnly):
        card = None
    wanted = []
    for size in Size if card else ():
        kept = kept_card(link_id, size, language, country)
        if card and (kept is None or kept.made_of != made_of(card, size)):
            wanted.append(size)
    leave_transaction()  # drawing takes its time: no row waits for it
    if card is None or card.picture_key is None:
        return  # a look whose picture comes later has its cards drawn then
    picture = picture_on(card)
    for size in wanted:
        key = store(draw(card, size, picture), ".jpg")
        with unit_of_work():
            keep_card(
                actor=Actor.system("share.cards"),
                link_id=link_id,
                size=size,
                language=language,
                country=country,
                made_of=made_of(card, size),
                key=key,
            )
