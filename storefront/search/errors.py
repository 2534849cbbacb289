from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class NotATerm(Invalid):
    sentence = _l("Write one to three words, in letters and digits.")


class SameTerm(Invalid):
    sentence = _l("These are the same words already.")


class SynonymExists(Conflict):
    sentence = _l("These two are synonyms already.")


class NoSuchSynonym(NotFound):
    sentence = _l("This pair of words is not there any more.")
