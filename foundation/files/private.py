"""Files that not everybody may see: a picture or a PDF somebody sends with a form, a photo of people.

Their keys are chance, so that nobody who holds the same file can ask whether we have it, and `/media` does
not know them: a guarded page of the feature shows them. A picture is written again like every other; a PDF
that brings scripts, starts programs or carries files is not taken.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from foundation.files import storage
from foundation.files.keys import PRIVATE
from foundation.files.pictures import WIDTHS, NotAPicture, written_again, written_in
from foundation.files.refusals import LONGEST_NAME, refusal

MAX_BYTES = 10 * 1024 * 1024
PDF_BEGINS, PDF_ENDS = b"%PDF-", b"%%EOF"
ENDS_WITHIN = 2048
# What a PDF does by itself when it is opened, or brings along.
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|OpenAction|AA|RichMedia|XFA)\b")


class Refusal(StrEnum):
    HEAVY = "heavy"
    BROKEN = "broken"
    ACTIVE = "active"


SENTENCES = {
    Refusal.HEAVY: _l("%(name)s is too heavy: we take 10 MB at most."),
    Refusal.BROKEN: _l("%(name)s is no whole PDF: it ends too early, or it is something else."),
    Refusal.ACTIVE: _l(
        "%(name)s does something by itself when it is opened. Print it into a plain PDF first."
    ),
}


class FileRefused(ValueError):
    """A file that is not kept; the text says why, in the reader's language."""


def keep_private(data: bytes, name: str) -> str:
    """Keep a picture or a PDF under a private key, e.g. `3f…a1.pdf-private`.

    Raises `FileRefused` with the name in it. Call it outside of a transaction.
    """
    if len(data) > MAX_BYTES:
        raise _refused(Refusal.HEAVY, name)
    if data.startswith(PDF_BEGINS):
        if PDF_ENDS not in data[-ENDS_WITHIN:]:
            raise _refused(Refusal.BROKEN, name)
        if ACTIVE.search(data):
            raise _refused(Refusal.ACTIVE, name)
        return _keep(data, ".pdf")
    try:
        return _keep(written_again(data), ".webp")
    except NotAPicture as problem:
        raise FileRefused(refusal(name, problem)) from problem


@dataclass(frozen=True, slots=True)
class PrivatePicture:
    """The keys of a picture in two widths, and the pixels of the larger."""

    small_key: str
    large_key: str
    width: int
    height: int


def keep_private_picture(data: bytes) -> PrivatePicture:
    """Keep a picture in two widths under private keys. Raises `NotAPicture`; nothing but a picture is taken.
    Call it outside of a transaction."""
    (small, _width, _height), (large, width, height) = written_in(data, WIDTHS[1:])
    return PrivatePicture(_keep(small, ".webp"), _keep(large, ".webp"), width, height)


def _keep(data: bytes, suffix: str) -> str:
    key = f"{secrets.token_hex(20)}{suffix}{PRIVATE}"
    storage.current().put(key, data)
    return key


def _refused(why: Refusal, name: str) -> FileRefused:
    return FileRefused(str(SENTENCES[why]) % {"name": name[:LONGEST_NAME]})
