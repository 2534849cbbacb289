from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class CollectionNotFound(NotFound):
    sentence = _l("We have no collection of that name.")


class HandleTaken(Conflict):
    sentence = _l("Another collection has that address on the web already.")


class NotByHand(Invalid):
    sentence = _l("The pieces of this collection are found by its rules.")


class TooManyPieces(Invalid):
    sentence = _l("A collection by hand holds 500 pieces. Take some out first, or make it by rule.")


class NothingByThatRule(Invalid):
    sentence = _l("Write at least one rule before it goes on the web.")
