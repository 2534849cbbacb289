from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Forbidden, NotFound


class LeadOnly(Forbidden):
    sentence = _l("Briefs are written by the lead of the programme.")


class NoSuchBrief(NotFound):
    sentence = _l("There is no such brief.")


class EnoughPicks(Conflict):
    sentence = _l("Eight picks are enough. Take one out before you add another.")
