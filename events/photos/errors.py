from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class NoSuchPhoto(NotFound):
    sentence = _l("There is no such photo, or it was taken down.")


class NotBegun(Conflict):
    sentence = _l("Photos come once the evening has begun.")


class TooManyPhotos(Conflict):
    sentence = _l("Sixty photos of an evening are enough. Take some down first.")


class SayWho(Invalid):
    sentence = _l("Say who is on it, or that nobody can be recognised: one of the two.")


class NotAGuest(Invalid):
    sentence = _l("Only people who came can be named. If somebody else is on it, take it down.")


class SaidNo(Conflict):
    sentence = _l("Somebody you take off this photo said no to it. It stays unseen, or you take it down.")


class ReasonNeeded(Invalid):
    sentence = _l("Say in a sentence why it is taken down.")
