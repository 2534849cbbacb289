"""Words to send with a link: in the reader's language or the other one, in three tones.

The first line of every caption is the disclosure of its country: the law wants it seen before anything else,
and networks cut captions after two lines. It is no part of what staff write (`captioning`), so no words of
theirs can leave it out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _l

from editors.links.models import LinkTarget
from editors.share.errors import CaptionUnfit
from editors.share.subjects import Subject
from foundation.web.formats import percent

#: Pieces that a caption names; the rest are counted.
MOST_NAMED = 4
LONGEST_WORDS = 600
#: What stands for something else in the words of a caption; `pieces` only of a look, which alone has some.
TITLE, STORY, PIECES, LINK = "title", "story", "pieces", "link"
_STANDS = re.compile(r"\{([^{}]*)\}")


class Tone(StrEnum):
    WARM = "warm"
    PLAIN = "plain"
    PLAYFUL = "playful"


TONE_WORDS: dict[Tone, Any] = {
    Tone.WARM: _l("Warm"),
    Tone.PLAIN: _l("Plain words"),
    Tone.PLAYFUL: _l("Playful"),
}
# What the house says where staff wrote nothing.
_OPENINGS: dict[LinkTarget, dict[Tone, Any]] = {
    LinkTarget.LOOK: {
        Tone.WARM: _l("I put this together and thought of you: “%(title)s”."),
        Tone.PLAIN: _l("%(title)s: %(pieces)s."),
        Tone.PLAYFUL: _l(
            "Nothing to wear? Not any more. “%(title)s”: %(pieces)s, and the morning is yours again."
        ),
    },
    LinkTarget.PRODUCT: {
        Tone.WARM: _l("I found something that made me think of you: %(title)s."),
        Tone.PLAIN: _l("%(title)s: the piece I reach for when nothing else will do."),
        Tone.PLAYFUL: _l("I only went in to look. It looked back: %(title)s."),
    },
    LinkTarget.COLLECTION: {
        Tone.WARM: _l("I walked through “%(title)s” and kept thinking of you."),
        Tone.PLAIN: _l("%(title)s: what I would look at first this season."),
        Tone.PLAYFUL: _l("“%(title)s”: one look, they said. That was an hour ago."),
    },
    LinkTarget.GATHERING: {
        Tone.WARM: _l("I hung these side by side, and half of them made me think of you: “%(title)s”."),
        Tone.PLAIN: _l("%(title)s: what I put together, each piece to be bought by itself."),
        Tone.PLAYFUL: _l("“%(title)s”: I did the choosing, you do the twirling."),
    },
    LinkTarget.WINDOW: {
        Tone.WARM: _l("Everything I would lend my best friend hangs in one window: mine."),
        Tone.PLAIN: _l("My looks, all in one place, each to be bought whole or in part."),
        Tone.PLAYFUL: _l("I dress the window so that you need not stare at the wardrobe."),
    },
}
_TELLS = (
    (LinkTarget.LOOK, Tone.WARM),
    (LinkTarget.COLLECTION, Tone.PLAIN),
    (LinkTarget.GATHERING, Tone.WARM),
    (LinkTarget.GATHERING, Tone.PLAIN),
)


@dataclass(frozen=True, slots=True)
class Worded:
    """The words captions of one kind are made of, in both languages of the shop."""

    words: str
    words_it: str

    def in_language(self, language: str) -> str:
        """The words in a language, `en` or `it`."""
        return self.words_it if language == "it" else self.words


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


def may_stand(target: LinkTarget) -> tuple[str, ...]:
    """What can stand in braces in the words for a target."""
    return (TITLE, PIECES, STORY, LINK) if target is LinkTarget.LOOK else (TITLE, STORY, LINK)


def house_words(target: LinkTarget, tone: Tone) -> Worded:
    """What the house says: words with `{title}` and the like in them, `{link}` in the last paragraph."""
    return Worded(_house(target, tone, "en"), _house(target, tone, "it"))


def _house(target: LinkTarget, tone: Tone, language: str) -> str:
    with force_locale(language):
        opening = str(_OPENINGS[target][tone]) % {name: f"{{{name}}}" for name in (TITLE, PIECES)}
        way = _way(target, tone)
    story = f"\n{{{STORY}}}" if (target, tone) in _TELLS else ""
    return f"{opening}{story}\n\n{way} {{{LINK}}}"


def checked(words: str, target: LinkTarget) -> str:
    """Words as they are kept, without blanks at the ends of lines; raises `CaptionUnfit`, which says what is
    wrong with them."""
    lines = [" ".join(line.split()) for line in words.splitlines()]
    tidy = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    known, used = may_stand(target), _STANDS.findall(tidy)
    strange = next((one for one in used if one not in known), None)
    if strange is not None:
        every = ", ".join(f"{{{one}}}" for one in known)
        raise CaptionUnfit(
            gettext("{%(word)s} stands for nothing here. There are %(known)s.", word=strange, known=every)
        )
    if re.search(r"[{}]", _STANDS.sub("", tidy)):
        raise CaptionUnfit(gettext("A brace is open or closed alone. Write it like {title}."))
    if used.count(LINK) != 1:
        raise CaptionUnfit(gettext("Put {link} in once: without it the caption leads nowhere."))
    if len(tidy) > LONGEST_WORDS:
        raise CaptionUnfit(gettext("%(most)s letters at most: captions are cut short.", most=LONGEST_WORDS))
    return tidy


def caption(
    subject: Subject,
    *,
    tone: Tone,
    language: str,
    address: str,
    disclosure: str,
    offer: Offer | None = None,
    worded: Worded | None = None,
) -> str:
    """The whole caption: the disclosure first, then what is worded (None: the words of the house), with
    the editor's code, where they have one, before the paragraph of the address. `language` is `en` or `it`.
    """
    with force_locale(language):
        saved = offer.said() if offer else ""
        pieces = _named(subject.pieces_in(language))
    values = {
        TITLE: subject.title_in(language),
        STORY: subject.story_in(language),
        PIECES: pieces,
        LINK: address,
    }
    said = (worded or house_words(subject.target, tone)).in_language(language)
    parts = [disclosure]
    for paragraph in said.split("\n\n"):
        if f"{{{LINK}}}" in paragraph:
            parts.append(saved)
        parts.append("\n".join(line for one in paragraph.split("\n") if (line := _filled(one, values))))
    return "\n\n".join(part for part in parts if part)


def _filled(line: str, values: Mapping[str, str]) -> str:
    """A line with everything in its place. In one pass: braces in a title stand for themselves."""
    return _STANDS.sub(lambda found: values[found[1]], line)


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
