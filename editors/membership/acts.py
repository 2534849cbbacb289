"""What acts on applications and style editors are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from editors.membership.agreeing import AGREEMENT
from editors.membership.automatic import RULES
from editors.membership.standing import OLD_AGREEMENT
from editors.review.policy import BY_BOTH, BY_CONSENTS, BY_ORDERS

ACTS = {
    "editors.apply": _l("Applied to be a style editor"),
    "editors.withdraw": _l("Application taken back"),
    "editors.approve": _l("Application approved"),
    "editors.decline": _l("Application declined"),
    "editors.activate": _l("Style editor active"),
    "editors.note": _l("Note on an application"),
    "editors.accept_invitation": _l("Invitation to be a style editor accepted"),
    "editors.pause": _l("Style editor paused"),
    "editors.resume": _l("Style editor back from a break"),
    "editors.leave": _l("Style editor left"),
    "editors.remove": _l("Style editor removed"),
    "editors.appeal": _l("Second look asked for"),
    "editors.grant_appeal": _l("Second look: the membership goes on"),
    "editors.refuse_appeal": _l("Second look: it stays ended"),
    "editors.appoint_lead": _l("Lead of the style editors appointed"),
}
SUBJECTS = {
    "application": _l("application"),
    "editor": _l("style editor"),
}
REASONS = {
    "own_wish": _l("at their own wish"),
    OLD_AGREEMENT: _l("because the new agreement was not accepted"),
    BY_ORDERS: _l("by the rule on paid orders"),
    BY_CONSENTS: _l("by the rule on consents"),
    BY_BOTH: _l("by the rules on paid orders and consents"),
}
PARTS = {
    RULES.label: _l("the rules for applications"),
    AGREEMENT.label: _l("the date of the agreement"),
}
