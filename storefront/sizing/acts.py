"""What acts on size guides are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "sizing.make": _l("Made a size guide"),
    "sizing.change": _l("Changed a size guide"),
    "sizing.put_away": _l("Put a size guide away"),
    "sizing.bring_back": _l("Took a size guide out again"),
    "sizing.add_piece": _l("Gave a piece a size guide of its own"),
    "sizing.remove_piece": _l("Took a piece out of a size guide"),
}
SUBJECTS = {"size_guide": _l("size guide")}
