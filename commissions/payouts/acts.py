"""What acts on payouts are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "payouts.prepare": _l("Payout run prepared"),
    "payouts.approve": _l("Payout run approved"),
    "payouts.count_again": _l("Payout run counted again"),
    "payouts.ask_again": _l("Payout run asks for approval again"),
    "payouts.leave_out": _l("Editor left out of a payout run"),
    "payouts.send_back": _l("Payout run sent back"),
    "payouts.sent": _l("Payout sent"),
    "payouts.blocked": _l("Payout blocked"),
    "payouts.paused": _l("Payout paused"),
    "payouts.failed": _l("Payout failed"),
    "payouts.owe_again": _l("Owed again what was taken back"),
    "payouts.taken_back": _l("Payout taken back at Stripe"),
}
SUBJECTS = {
    "payout": _l("payout"),
    "payout_run": _l("payout run"),
}
PARTS = {
    "commissions.payouts": _l("payouts"),
    "commissions.schedule": _l("the schedule of payouts"),
    "commissions.statements": _l("payouts"),
}
