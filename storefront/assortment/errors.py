from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class BulkEditNotFound(NotFound):
    sentence = _l("We know of no such act.")


class TooLateToTakeBack(Conflict):
    sentence = _l("It can no longer be taken back: more than a day has passed.")


class NothingChanged(Conflict):
    sentence = _l("Nothing was changed: none of these products takes it now. Look at them again.")


class HandleTaken(Conflict):
    sentence = _l("Another product has this handle.")


class NumbersTaken(Conflict):
    """Article numbers that are another product's; `owners` says whose, by number."""

    sentence = _l("Another product has one of these article numbers.")

    def __init__(self, owners: dict[str, str]) -> None:
        super().__init__()
        self.owners = owners


class NothingChosen(Invalid):
    sentence = _l("Choose a product first.")
