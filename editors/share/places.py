"""What the places of a link are called, and the name a new one gets in one tap."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from editors.links.models import Link, LinkPlace
from foundation import clock
from foundation.web.formats import day

#: The places offered in one tap, and the words on the button.
OFFERED: dict[LinkPlace, Any] = {
    LinkPlace.POST: _l("A post"),
    LinkPlace.STORY: _l("A story"),
    LinkPlace.MESSAGE: _l("A message"),
    LinkPlace.PRINT: _l("In print"),
}


def new_name(place: LinkPlace) -> str:
    """A name that says where and when: "Story, 22 Nov 2026"."""
    today = day(clock.now(), "medium")
    words = {
        LinkPlace.POST: gettext("Post, %(day)s", day=today),
        LinkPlace.STORY: gettext("Story, %(day)s", day=today),
        LinkPlace.MESSAGE: gettext("Message, %(day)s", day=today),
        LinkPlace.PRINT: gettext("In print, %(day)s", day=today),
    }
    return words[place]


def name_of(link: Link) -> str:
    """What the editor knows a link by; the plain one has no name of its own."""
    return link.name or gettext("Everywhere")
