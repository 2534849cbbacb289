from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import NotFound


class ProductNotFound(NotFound):
    sentence = _l("We could not find that piece. It may have left the shop.")


class PictureNotFound(NotFound):
    sentence = _l("This product no longer has that picture.")
