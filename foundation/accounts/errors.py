from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid


class WrongCredentials(Invalid):
    sentence = _l("E-mail and password do not match. Check both, or ask for a new password.")


class WrongPassword(Invalid):
    sentence = _l("That is not your present password.")


class AddressTaken(Conflict):
    sentence = _l("There is an account with this address already. Sign in, or ask for a new password.")


class SameAddress(Invalid):
    sentence = _l("That is your address already.")


class LinkExpired(Invalid):
    sentence = _l("This link has been used or is too old. Ask for a new one.")


class WrongCode(Invalid):
    sentence = _l("That code does not fit. Take the one your app shows now.")
