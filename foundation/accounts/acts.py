"""What acts on accounts are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "accounts.sign_up": _l("Account made"),
    "accounts.verify_email": _l("E-mail address confirmed"),
    "accounts.change_details": _l("Name or language changed"),
    "accounts.request_email": _l("New e-mail address asked for"),
    "accounts.change_email": _l("E-mail address changed"),
    "accounts.change_password": _l("Password changed"),
    "accounts.reset_password": _l("Password set anew by a link"),
    "accounts.sign_out_everywhere": _l("Signed out everywhere"),
    "accounts.begin_second_factor": _l("Second factor begun"),
    "accounts.use_second_factor": _l("Second factor switched on"),
    "accounts.grant_role": _l("Role given"),
    "accounts.withdraw_role": _l("Role taken away"),
}
SUBJECTS = {
    "account": _l("account"),
}
PARTS = {
    "command line": _l("command line"),
}
