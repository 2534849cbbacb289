from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, NotFound


class ImportUnderWay(Conflict):
    sentence = _l("Another file is being brought in. Wait until it is done, or stop it first.")


class ImportNotFound(NotFound):
    sentence = _l("There is no such import.")


class FileGone(Conflict):
    sentence = _l("The file of this import is not with us any more. Bring it in anew.")
