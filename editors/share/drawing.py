"""From a link to its card: what stands on it, and the file, kept or drawn now."""

from __future__ import annotations

from flask_babel import force_locale, gettext

from editors.links.models import Link, LinkTarget
from editors.looks.words import signed_by
from editors.membership.features import Feature
from editors.membership.ports import refuse_without
from editors.share.captions import Offer
from editors.share.cards import Card, Size, draw, made_of
from editors.share.disclosing import disclosure_for
from editors.share.errors import NoCard
from editors.share.page_card_queries import Shown
from editors.share.queries import kept_card, personal_code
from editors.share.subjects import Subject, subject_of
from foundation.db import leave_transaction
from foundation.errors import NotFound
from foundation.files.storage import outside_url, read
from foundation.i18n import LANGUAGES
from foundation.settings import current

#: What networks show for an address.
PAGE_SIZE = Size.WIDE


def card_of(link: Link, language: str, country: str) -> Card:
    """What stands on the cards of a link, with its editor loaded.

    Raises `NoCard` for what is not on show, `PilotOnly` for an editor who may not make cards yet.
    """
    refuse_without(Feature.SHARE_CARDS, link.editor_id)
    subject = subject_of(link, link.editor)
    if not subject.on_show:
        raise NoCard()
    with force_locale(language):
        by = _whose(subject, link.editor.name)
        offer = offer_of(link.editor_id)
        saved = offer.said() if offer else ""
    return Card(
        title=_title(subject, language),
        by=by,
        address=outside_url(f"/go/{link.code}").partition("://")[2],
        disclosure=disclosure_for(country).said_in(language),
        picture_key=subject.picture_key,
        offer=saved,
    )


def offer_of(editor_id: int) -> Offer | None:
    """The personal code an editor has now."""
    code = personal_code(editor_id)
    return Offer(code.code, code.percent_bps) if code else None


def card_file(link: Link, size: Size, language: str, country: str) -> bytes:
    """The card as it is now: the one that was drawn, or when that is not there or stale, drawn anew.

    Ends the transaction: reading files and drawing keep no row waiting.
    """
    card = card_of(link, language, country)
    kept = kept_card(link.id, size, language, country)
    leave_transaction()
    if kept is not None and kept.made_of == made_of(card, size):
        try:
            return read(kept.key)
        except NotFound:
            pass  # swept away meanwhile: it is drawn again
    return draw(card, size, picture_on(card))


def picture_on(card: Card) -> bytes | None:
    """The picture of a card, read outside of any transaction; None where there is none."""
    return read(card.picture_key) if card.picture_key else None


def page_cards_of(shown: Shown) -> dict[str, Card]:
    """What stands on the card of a look's own page, in each language.

    It belongs to no link and carries no code: the address on it is that of its editor's window.
    """
    said = disclosure_for(current().country)
    cards = {}
    for language in LANGUAGES:
        with force_locale(language):
            by = gettext("A look by %(name)s", name=signed_by(shown.editor_name, shown.second_name))
        cards[language] = Card(
            title=shown.title_it if language == "it" and shown.title_it else shown.title,
            by=by,
            address=outside_url(f"/@{shown.handle}").partition("://")[2],
            disclosure=said.said_in(language),
            picture_key=shown.picture_key,
        )
    return cards


def stale_page_cards(shown: Shown) -> dict[str, Card]:
    """Those of them that are not drawn, or were drawn from something else."""
    return {
        language: card
        for language, card in page_cards_of(shown).items()
        if shown.made_of.get(language) != made_of(card, PAGE_SIZE)
    }


def _title(subject: Subject, language: str) -> str:
    if subject.target is LinkTarget.WINDOW:
        with force_locale(language):
            return gettext("The window of %(name)s", name=subject.title)
    return subject.title_in(language)


def _whose(subject: Subject, name: str) -> str:
    if subject.target is LinkTarget.LOOK:
        return gettext("A look by %(name)s", name=name)
    if subject.target is LinkTarget.GATHERING:
        return gettext("A collection by %(name)s", name=name)
    if subject.target is LinkTarget.WINDOW:
        return gettext("Looks, each to be bought whole or in part")
    return gettext("Picked by %(name)s", name=name)
