from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, NotFound


class AddressNotFound(NotFound):
    sentence = _l("You keep no such address.")


class AddressKept(Conflict):
    sentence = _l("You keep that address already.")


class TooManyAddresses(Conflict):
    sentence = _l("You keep as many addresses as we can keep for you. Take one away first.")


class AddressChanged(Conflict):
    sentence = _l("This address was changed meanwhile, on another page or another device.")
