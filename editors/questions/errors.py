from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class NoSuchQuestion(NotFound):
    sentence = _l("There is no such question.")


class AudienceAsked(Invalid):
    sentence = _l("We never ask how many people follow somebody. Ask how they dress people.")


class TooManyQuestions(Conflict):
    sentence = _l("Thirty questions are asked already. Retire one before you ask another.")
