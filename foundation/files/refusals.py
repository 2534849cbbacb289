"""Why a picture was not taken, in words for whoever sent it: the same on every page that takes one."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.files.pictures import Fault, NotAPicture

LONGEST_NAME = 80
SENTENCES = {
    Fault.EMPTY: _l("%(name)s is empty: there is nothing in the file."),
    Fault.UNKNOWN: _l("%(name)s is no picture we can read. JPEG, PNG, WebP and AVIF work."),
    Fault.HEAVY: _l("%(name)s is too heavy: we take 25 MB at most."),
    Fault.TOO_LARGE: _l("%(name)s has too many pixels: we take 40 million at most. 2,000 a side are plenty."),
    Fault.BROKEN: _l("%(name)s is broken: it ends too early, or something in it is damaged."),
    Fault.MOVING: _l("%(name)s moves. We take pictures that stand still."),
}


def refusal(name: str | None, problem: NotAPicture) -> str:
    """One sentence that begins with the name of the file."""
    return str(SENTENCES[problem.fault]) % {"name": str(name)[:LONGEST_NAME]}
