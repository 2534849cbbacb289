from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, NotFound


class ReviewUnknown(NotFound):
    sentence = _l("We could not find that review.")


class NothingToReview(NotFound):
    sentence = _l("This piece is not part of that order.")


class NotWithYouYet(Conflict):
    sentence = _l("You can write about a piece once it is with you.")


class AlreadyReviewed(Conflict):
    sentence = _l("You wrote about this piece before. One person, one review.")
