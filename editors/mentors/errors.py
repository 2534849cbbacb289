from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class NoSuchMentorship(NotFound):
    sentence = _l("There is nothing of that kind between you.")


class NobodyThere(Invalid):
    sentence = _l("No style editor has that handle just now.")


class NotYourself(Invalid):
    sentence = _l("That is you. Ask somebody else.")


class AskedAlready(Conflict):
    sentence = _l("One of you asked the other already.")


class HasAMentor(Conflict):
    sentence = _l("There is a mentor already. One at a time.")
