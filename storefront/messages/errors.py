from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, NotFound


class NothingWritten(NotFound):
    sentence = _l("Nobody has written about this order yet.")


class NobodyToWriteTo(Conflict):
    sentence = _l("Nobody left an address with this order, so a letter reaches nobody.")


class NotOrderedYet(Conflict):
    sentence = _l("Nothing is ordered yet: this order was not paid.")
