"""What acts on collections are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "collections.make": _l("Made a collection"),
    "collections.change": _l("Changed a collection"),
    "collections.publish": _l("Put a collection on the web"),
    "collections.unpublish": _l("Took a collection off the web"),
    "collections.archive": _l("Archived a collection"),
    "collections.restore": _l("Brought a collection back"),
    "collections.add_pieces": _l("Put pieces into a collection"),
    "collections.remove_piece": _l("Took a piece out of a collection"),
    "collections.order_pieces": _l("Put a collection in order"),
    "collections.picture": _l("Gave a collection a picture"),
}
SUBJECTS = {"collection": _l("collection")}
