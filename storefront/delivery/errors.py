from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, NotFound


class ZoneNotFound(NotFound):
    sentence = _l("We have no such zone.")


class MethodNotFound(NotFound):
    sentence = _l("We have no such way of delivery.")


class ZoneNameTaken(Conflict):
    sentence = _l("Another zone has that name already.")


class CountryTaken(Conflict):
    sentence = _l("One of these countries lies in another zone already. Take it out there first.")


class RateTaken(Conflict):
    sentence = _l("From that day on a rate is written down already.")


class RateCounts(Conflict):
    sentence = _l("That rate counts already: orders were taxed by it. Write down another from a day to come.")


class NoTaxKnown(Conflict):
    sentence = _l(
        "We cannot sell to that country yet, because its tax is not written down. "
        "Nothing was ordered, and your bag is kept."
    )
