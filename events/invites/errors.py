from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid


class ProveAddress(Conflict):
    sentence = _l("Prove your address first: invitations go there.")


class NobodyChosen(Invalid):
    sentence = _l("Choose somebody to invite.")


class AskedAlready(Conflict):
    sentence = _l("They were asked a second time already, have answered, or want no more invitations.")
