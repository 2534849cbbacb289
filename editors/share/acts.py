"""What acts of the share kit, and its parts that act by themselves, are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "share.caption_of_the_house": _l("Captions worded by the house again"),
    "share.disclose": _l("Disclosure of a country written"),
    "share.end_code": _l("Personal code ended"),
    "share.give_code": _l("Personal code given"),
    "share.write_caption": _l("Words of captions written"),
    "share.disclose_as_known": _l("Disclosure of a country as the house knows it"),
}
SUBJECTS = {
    "caption": _l("caption"),
    "disclosure": _l("disclosure"),
}
PARTS = {
    "share.cards": _l("share cards"),
}
