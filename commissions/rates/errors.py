from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Problem


class NothingChanges(Problem):
    """The rate or cap is that already, and nothing else was announced."""

    status = 409
    sentence = _l("That is what counts already.")


class NoSuchSubject(Problem):
    """The product, collection, department, group or step a card is for is not there."""

    status = 422
    sentence = _l("We do not know what that rate is for.")
