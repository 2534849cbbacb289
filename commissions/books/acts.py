"""What acts on the books are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "books.ask_write_off": _l("Asked to write off a debt"),
    "books.write_off": _l("Debt written off"),
    "books.refuse_write_off": _l("Write-off of a debt refused"),
}
SUBJECTS = {
    "write_off": _l("write-off of a debt"),
}
PARTS = {
    "commissions.books": _l("the nightly proof of the books"),
}
