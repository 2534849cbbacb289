"""What is done at the door is called where staff read of it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "door.scan": _l("Guests looked at the door"),
    "door.walk_in": _l("Somebody let in who was on no list"),
    "door.close": _l("No-shows of an event noted"),
    "door.show_style": _l("Guest shows sizes and saved looks to the host"),
}
