"""What acts on products are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "catalog.save_product": _l("Product saved"),
    "catalog.attach_picture": _l("Picture added"),
    "catalog.fetch_picture": _l("Picture fetched"),
    "catalog.give_up_picture": _l("Picture could not be fetched"),
    "catalog.move_picture": _l("Pictures put in another order"),
    "catalog.describe_picture": _l("Picture described"),
    "catalog.remove_picture": _l("Picture taken down"),
    "catalog.finish_picture": _l("Picture made lighter"),
    "catalog.cut_out": _l("Backdrop taken out of a picture"),
    "catalog.use_cut_out": _l("Cut-out chosen for looks"),
    "catalog.cut_again": _l("Another cut-out asked for"),
    "catalog.hang_again": _l("Picture hung again"),
    "catalog.archive_product": _l("Taken out of the shop"),
    "catalog.activate_product": _l("Put into the shop"),
    "catalog.withdraw_product": _l("Made a draft again"),
    "catalog.schedule_product": _l("Given a day to come into the shop"),
    "catalog.publish_product": _l("Came into the shop on its day"),
}
SUBJECTS = {
    "product": _l("product"),
}
PARTS = {
    "catalog.fetch_picture": _l("fetching pictures"),
    "catalog.publish_due": _l("putting products out on their day"),
    "catalog.finish_picture": _l("finishing pictures"),
}
