"""What acts on somebody's file are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {"privacy.forget": _l("Account closed and forgotten at its owner’s wish")}
