"""What acts on rules for hosts are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "hosting.begin": _l("Rule for hosts begun"),
    "hosting.end": _l("Rule for hosts ended"),
    "hosting.refuse": _l("Reward of an event refused"),
}
SUBJECTS = {"host_rule": _l("rule for hosts"), "host_reward": _l("reward of an event")}
PARTS = {"commissions.hosting": _l("rewards for hosts")}
