from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class NoSuchLook(NotFound):
    sentence = _l("We could not find that look. It may have been taken down.")


class LookChanged(Conflict):
    """The form was filled in from an older version than the one that is stored."""

    sentence = _l("This look was changed in another window in the meantime.")


class LookUnready(Invalid):
    """A look cannot be published yet; `problems` names every reason as a sentence."""

    sentence = _l("This look is not ready to be shown yet.")

    def __init__(self, problems: list[Any]) -> None:
        super().__init__(problems=[str(problem) for problem in problems])
        self.problems = problems


class TooManyPieces(Invalid):
    sentence = _l("A look holds up to forty pieces, up to nine of each.")


class NotInTheShop(Invalid):
    status = 422
    sentence = _l("That piece is not in the shop, so it cannot go into a look.")


class SplitFrozen(Conflict):
    sentence = _l("This look was on show already: whose it is, and who has how much of it, stays as it is.")


class SplitChanged(Conflict):
    """Somebody agrees to a share that is not the one asked for now."""

    sentence = _l("The share was changed meanwhile. Look at it again, then say yes or no.")


class AskedAlready(Conflict):
    sentence = _l("You asked somebody already. Take that back first.")


class NobodyToAsk(Invalid):
    status = 422
    sentence = _l("There is no active style editor by that handle besides you.")


class ShareRefused(Invalid):
    status = 422
    sentence = _l("A share is a whole number from 1 to 99 per cent.")


class DayGone(Invalid):
    """A look was to go on show at a moment that has passed, or is there already."""

    status = 422
    sentence = _l("Choose a day and an hour to come.")


class CanvasRefused(Invalid):
    """A canvas sent what no look can be; `problems` says what, as sentences."""

    status = 422
    sentence = _l("That cannot be saved as a look.")

    def __init__(self, problems: list[str]) -> None:
        super().__init__(problems=problems)
        self.problems = problems


class CanvasTooLarge(Invalid):
    status = 413
    sentence = _l("That is more than a look can hold. Nothing was saved.")
