from __future__ import annotations

from editors.membership.errors import PilotOnly
from editors.share.actions import (
    MAKE_CARDS,
    MAKE_PAGE_CARDS,
    ask_for_page_cards,
    keep_card,
    keep_page_card,
)
from editors.share.cards import Size, draw, made_of
from editors.share.drawing import PAGE_SIZE, card_of, picture_on, stale_page_cards
from editors.share.errors import NoCard
from editors.share.health import check_links
from editors.share.page_card_queries import shown
from editors.share.queries import kept_card, link_with_editor
from foundation.actors import Actor
from foundation.db import in_steps, leave_transaction, unit_of_work
from foundation.files.storage import read, store
from foundation.jobs.queue import job

BY = Actor.system("share.cards")
REFRESH_PAGE_CARDS = "editors.refresh_page_cards"


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
                actor=BY,
                link_id=link_id,
                size=size,
                language=language,
                country=country,
                made_of=made_of(card, size),
                key=key,
            )


@job(name=MAKE_PAGE_CARDS, can_wait=True)
@in_steps
def make_page_cards(*, look_id: int) -> None:
    """Draw the cards of a look's page that are not there yet or stale; none for what is not on show."""
    found = shown(look_id)
    wanted = stale_page_cards(found[0]) if found else {}
    leave_transaction()
    picture = read(found[0].picture_key) if wanted else None
    for language, card in wanted.items():
        key = store(draw(card, PAGE_SIZE, picture), ".jpg")
        with unit_of_work():
            keep_page_card(
                actor=BY, look_id=look_id, language=language, made_of=made_of(card, PAGE_SIZE), key=key
            )


@job(name=REFRESH_PAGE_CARDS, cron="19 3 * * *")
def refresh_page_cards() -> None:
    """Every night: the cards that say an editor's name, handle or disclosure as it was before."""
    for one in shown():
        if stale_page_cards(one):
            ask_for_page_cards(actor=BY, look_id=one.look_id)
