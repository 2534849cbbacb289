"""What acts on finding are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "search.add_synonym": _l("Synonym added"),
    "search.remove_synonym": _l("Synonym removed"),
    "search.forget_miss": _l("Words nobody found were seen to"),
}
SUBJECTS = {"synonym": _l("synonym"), "miss": _l("words nobody found")}
