from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class PlaceNotFound(NotFound):
    sentence = _l("We have no place of that name.")


class SlugTaken(Conflict):
    sentence = _l("Another place has that address on the web already.")


class DayTaken(Conflict):
    sentence = _l("That day has its own hours already. Take them away first.")


class WarehouseStays(Invalid):
    sentence = _l("The web sells from the warehouse: it cannot be closed.")
