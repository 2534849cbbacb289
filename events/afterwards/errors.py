from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid


class NotThere(Conflict):
    sentence = _l("Only who was there can say how it was.")


class AnswersClosed(Conflict):
    sentence = _l("It takes answers from the end of the evening until a week after.")


class NotOver(Conflict):
    sentence = _l("The evening is not over yet.")


class NotTheirLook(Invalid):
    sentence = _l("Choose a look of the host that is on show.")
