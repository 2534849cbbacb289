from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Problem


class NothingChanges(Problem):
    """The rate or cap is that already, and nothing else was announced."""

    status = 409
    sentence = _l("That is what counts already.")


class NoSuchCampaign(Problem):
    status = 404
    sentence = _l("There is no such campaign.")


class EndsBefore(Problem):
    """It is over before a notice of thirty days would be, or its end was brought forward already."""

    status = 409
    sentence = _l("It ends within thirty days, or was ended already: nothing changes.")


class NoSuchSubject(Problem):
    """The product, collection, department, group or step a card is for is not there."""

    status = 422
    sentence = _l("We do not know what that rate is for.")
