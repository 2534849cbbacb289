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
    sentence = _l("A look holds up to twelve pieces, up to nine of each.")
