from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from editors.links.policy import LONGEST_CODE, SHORTEST
from foundation.errors import Conflict, Invalid, NotFound


class NoSuchLink(NotFound):
    sentence = _l("There is no such link in your studio.")


class NothingToShare(Conflict):
    """A link was asked for something the public cannot see."""

    sentence = _l("That is not on show just now, so a link would lead nowhere. Publish it first.")


class TooManyPlaces(Conflict):
    sentence = _l("So many links to one thing are enough. Use one that is out already.")


class NameTaken(Conflict):
    sentence = _l("You have a link to this by that name already.")


class NothingPacked(Invalid):
    sentence = _l("Nothing is packed. Take at least one piece.")


class WordUnfit(Invalid):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "A word of your own has %(low)s to %(high)s letters and digits, with single hyphens inside.",
                low=SHORTEST,
                high=LONGEST_CODE,
            )
        )


class WordTaken(Conflict):
    """The word belongs to the shop, to another editor, or to a link; `instead` are some that are free."""

    sentence = _l("That word, or one that looks just like it, is taken.")

    def __init__(self, instead: Sequence[str] = (), sentence: Any = None) -> None:
        super().__init__(sentence)
        self.instead = tuple(instead)
