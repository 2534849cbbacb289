"""What the share kit keeps: cards that were drawn, and what staff say of advertising in a country."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from editors.links.models import LinkTarget
from editors.looks.models import Look
from editors.share.captions import Tone, Worded, checked
from editors.share.cards import Size
from editors.share.disclosures import Disclosure
from editors.share.models import PageCard, ShareCard, WrittenCaption, WrittenDisclosure
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db
from foundation.jobs import queue

MAKE_CARDS = "editors.make_share_cards"
MAKE_PAGE_CARDS = "editors.make_page_cards"


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


def ask_for_page_cards(*, actor: Actor, look_id: int) -> None:
    """Have the cards of a look's page drawn once this has committed; asked twice they are drawn once."""
    queue.defer(MAKE_PAGE_CARDS, once=f"{MAKE_PAGE_CARDS}:{look_id}", look_id=look_id)


def keep_page_card(*, actor: Actor, look_id: int, language: str, made_of: str, key: str) -> None:
    """Note what was drawn for a look's page in the place of the one before; nothing for one that is gone."""
    if db.session.get(Look, look_id) is None:
        return
    fresh = {"made_of": made_of, "key": key, "made_at": clock.now()}
    db.session.execute(
        insert(PageCard)
        .values(look_id=look_id, language=language, **fresh)
        .on_conflict_do_update(index_elements=["look_id", "language"], set_=fresh)
    )


def write_disclosure(*, actor: Actor, country: str, said: Disclosure) -> None:
    """Say it so in a country from now on: captions, cards and paper made from here on carry it."""
    fresh = {"sentence": said.sentence, "sentence_it": said.sentence_it, "changed_at": clock.now()}
    written = db.session.scalars(
        insert(WrittenDisclosure)
        .values(country=country, **fresh)
        .on_conflict_do_update(index_elements=["country"], set_=fresh)
        .returning(WrittenDisclosure.id)
    ).one()
    audit.record(
        actor=actor,
        action="share.disclose",
        subject=("disclosure", written),
        after={"country": country, "sentence": said.sentence, "sentence_it": said.sentence_it},
    )


def drop_disclosure(*, actor: Actor, country: str) -> None:
    """Say again in a country what the house knows of it; twice is once."""
    dropped = db.session.scalars(
        delete(WrittenDisclosure).where(WrittenDisclosure.country == country).returning(WrittenDisclosure.id)
    ).one_or_none()
    if dropped is not None:
        audit.record(
            actor=actor,
            action="share.disclose_as_known",
            subject=("disclosure", dropped),
            after={"country": country},
        )


def write_caption(*, actor: Actor, target: LinkTarget, tone: Tone, said: Worded) -> None:
    """Make captions of these words from now on; raises `CaptionUnfit`."""
    tidy = Worded(checked(said.words, target), checked(said.words_it, target))
    fresh = {"words": tidy.words, "words_it": tidy.words_it, "changed_at": clock.now()}
    written = db.session.scalars(
        insert(WrittenCaption)
        .values(target=target, tone=tone, **fresh)
        .on_conflict_do_update(index_elements=["target", "tone"], set_=fresh)
        .returning(WrittenCaption.id)
    ).one()
    audit.record(
        actor=actor,
        action="share.write_caption",
        subject=("caption", written),
        after={"target": target, "tone": tone, "words": tidy.words, "words_it": tidy.words_it},
    )


def drop_caption(*, actor: Actor, target: LinkTarget, tone: Tone) -> None:
    """Say again what the house says; twice is once."""
    dropped = db.session.scalars(
        delete(WrittenCaption)
        .where(WrittenCaption.target == target, WrittenCaption.tone == tone)
        .returning(WrittenCaption.id)
    ).one_or_none()
    if dropped is not None:
        audit.record(
            actor=actor,
            action="share.caption_of_the_house",
            subject=("caption", dropped),
            after={"target": target, "tone": tone},
        )
