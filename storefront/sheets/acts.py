"""What acts on imports are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "sheets.begin_import": _l("Product file brought in"),
    "sheets.stop_import": _l("Import stopped"),
    "sheets.resume_import": _l("Import taken up again"),
    "sheets.finish_import": _l("Import done"),
    "sheets.fail_import": _l("Import failed"),
}
SUBJECTS = {
    "import": _l("import"),
}
PARTS = {
    "catalog import": _l("catalogue import"),
    "sheets.sweep": _l("looking after imports"),
}
