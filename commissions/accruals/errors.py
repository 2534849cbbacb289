from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import NotFound


class NoSuchReceipt(NotFound):
    """No receipt of that number, or none that concerns the editor who asks."""

    sentence = _l("There is no receipt of that number among yours.")
