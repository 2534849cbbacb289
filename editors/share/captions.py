"""Words to send with a link: in the reader's language or the other one, in three tones.

The first line of every caption is the disclosure of its country: the law wants it seen before anything else,
and networks cut captions after two lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _l

from editors.links.models import LinkTarget
from editors.share.subjects import Subject
from foundation.web.formats import percent

#: Pieces that a caption names; the rest are counted.
MOST_NAMED = 4


class Tone(StrEnum):
    WARM = "warm"
    PLAIN = "plain"
    PLAYFUL = "playful"


TONE_WORDS: dict[Tone, Any] = {
    Tone.WARM: _l("Warm"),
    Tone.PLAIN: _l("Plain words"),
    Tone.PLAYFUL: _l("Playful"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """An editor's personal code, and what it takes off."""

    code: str
    percent_bps: int

    def said(self) -> str:
        """The code in a line, in the language that is spoken now."""
        return gettext(
            "%(percent)s off with my code %(code)s.", percent=percent(self.percent_bps), code=self.code
        )


def caption(
    subject: Subject, *, tone: Tone, language: str, address: str, disclosure: str, offer: Offer | None = None
) -> str:
    """The whole caption, with the disclosure and the address in it, and the editor's code where they have
    one. `language` is `en` or `it`."""
    with force_locale(language):
        body = (_of_a_look if subject.target is LinkTarget.LOOK else _of_a_thing)(subject, tone, language)
        way = _way(subject.target, tone)
        saved = offer.said() if offer else ""
    return "\n\n".join(part for part in (disclosure, body, saved, f"{way} {address}") if part)


def _of_a_look(subject: Subject, tone: Tone, language: str) -> str:
    title, story = subject.title_in(language), subject.story_in(language)
    pieces = _named(subject.pieces_in(language))
    if tone is Tone.WARM:
        opening = gettext("I put this together and thought of you: “%(title)s”.", title=title)
        return "\n".join(part for part in (opening, story) if part)
    if tone is Tone.PLAIN:
        return gettext("%(title)s: %(pieces)s.", title=title, pieces=pieces)
    return gettext(
        "Nothing to wear? Not any more. “%(title)s”: %(pieces)s, and the morning is yours again.",
        title=title,
        pieces=pieces,
    )


def _of_a_thing(subject: Subject, tone: Tone, language: str) -> str:
    title, story = subject.title_in(language), subject.story_in(language)
    if subject.target is LinkTarget.WINDOW:
        words = {
            Tone.WARM: gettext("Everything I would lend my best friend hangs in one window: mine."),
            Tone.PLAIN: gettext("My looks, all in one place, each to be bought whole or in part."),
            Tone.PLAYFUL: gettext("I dress the window so that you need not stare at the wardrobe."),
        }
        return words[tone]
    if subject.target is LinkTarget.COLLECTION:
        words = {
            Tone.WARM: gettext("I walked through “%(title)s” and kept thinking of you.", title=title),
            Tone.PLAIN: gettext("%(title)s: what I would look at first this season.", title=title),
            Tone.PLAYFUL: gettext("“%(title)s”: one look, they said. That was an hour ago.", title=title),
        }
        return "\n".join(part for part in (words[tone], story if tone is Tone.PLAIN else "") if part)
    words = {
        Tone.WARM: gettext("I found something that made me think of you: %(title)s.", title=title),
        Tone.PLAIN: gettext("%(title)s: the piece I reach for when nothing else will do.", title=title),
        Tone.PLAYFUL: gettext("I only went in to look. It looked back: %(title)s.", title=title),
    }
    return words[tone]


def _way(target: LinkTarget, tone: Tone) -> str:
    if target is LinkTarget.LOOK:
        if tone is Tone.PLAYFUL:
            return gettext("Copy me, I want you to:")
        return gettext("All of it, each piece in your size:")
    return gettext("Here it is:") if tone is not Tone.PLAYFUL else gettext("Come and look:")


def _named(pieces: list[str]) -> str:
    named = ", ".join(pieces[:MOST_NAMED])
    more = len(pieces) - MOST_NAMED
    return gettext("%(pieces)s and %(num)s more", pieces=named, num=more) if more > 0 else named
