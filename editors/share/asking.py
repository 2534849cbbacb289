"""What a request of the share kit asks for: whose link, leading where, said how."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from editors.links import errors, queries
from editors.links.models import Link, LinkTarget
from editors.membership.guards import current_editor
from editors.share.actions import ask_for_cards
from editors.share.captions import Tone
from editors.share.disclosing import disclosures
from foundation.accounts.guards import current_person
from foundation.errors import Invalid
from foundation.files.storage import outside_url
from foundation.i18n import LANGUAGES, reader_language
from foundation.settings import current


@dataclass(frozen=True, slots=True)
class Said:
    """What the editor chose to say: the language, the tone, the country of those who will read it."""

    language: str
    tone: Tone
    country: str


def own_link(code: str) -> Link:
    """The link of the editor who is here; raises `NoSuchLink`."""
    link = queries.link_of(current_editor().id, code)
    if link is None:
        raise errors.NoSuchLink()
    return link


def want_cards(link: Link) -> None:
    """Have the cards of a link drawn for its first use: in the reader's language, for the shop's country."""
    ask_for_cards(
        actor=current_person(), link_id=link.id, language=reader_language(), country=current().country
    )


def address_of(link: Link) -> str:
    """The link as it is sent: whole, with the name of the host."""
    return outside_url(f"/go/{link.code}")


def said() -> Said:
    """What was chosen, from the address; what is not known is as the reader's own."""
    language, tone = request.args.get("words", ""), request.args.get("tone", "")
    country = request.args.get("country", "")
    return Said(
        language if language in LANGUAGES else reader_language(),
        Tone(tone) if tone in set(Tone) else Tone.WARM,
        country if country in disclosures() else current().country,
    )


def wanted_target(text: str) -> tuple[LinkTarget, int | None]:
    """`window`, `look:12`, `gathering:4` and the like, as the forms say it; raises `Invalid`."""
    kind, _, number = text.partition(":")
    if kind == LinkTarget.WINDOW:
        return LinkTarget.WINDOW, None
    if kind in set(LinkTarget) and number.isascii() and number.isdecimal():
        return LinkTarget(kind), int(number[:18])
    raise Invalid()
