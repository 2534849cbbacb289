from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class BulkEditNotFound(NotFound):
    sentence = _l("We know of no such act.")


class TooLateToTakeBack(Conflict):
    sentence = _l("It can no longer be taken back: more than a day has passed.")


class NothingChanged(Conflict):
    sentence = _l("Nothing was changed: none of these products takes it now. Look at them again.")


class NothingChosen(Invalid):
    sentence = _l("Choose a product first.")
