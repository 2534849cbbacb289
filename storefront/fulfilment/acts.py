"""What acts on the way of an order's pieces are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

# Why all of an order went back, as it is written down.
CALLED_OFF = "called_off"

ACTS = {
    "fulfilment.waiting": _l("Put back to be picked later"),
    "fulfilment.picking": _l("Picking begun"),
    "fulfilment.packed": _l("Packed"),
    "fulfilment.sent": _l("Parcel sent"),
    "fulfilment.corrected": _l("Number of the parcel put right"),
    "fulfilment.ready": _l("Ready to collect"),
    "fulfilment.cancelled": _l("Called off before it left"),
    "fulfilment.collect_at": _l("Collected in another store"),
    "fulfilment.shut_settled": _l("Seen to though its store is shut"),
    "fulfilment.move_to": _l("Given to another place to pick"),
}
REASONS = {
    CALLED_OFF: _l("Called off by the shopper before it was picked."),
}
PARTS = {
    "fulfilment": _l("packing"),
}
