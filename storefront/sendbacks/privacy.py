"""What returns know of a person: what they wrote beside the pieces they sent back."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.db import db
from foundation.privacy.chapters import Chapter, Person, forget_by, told

_THEIRS = """
    sendbacks.order_id IN (SELECT id FROM orders WHERE account_id = :account_id
                           OR (account_id IS NULL AND email = :email))
"""
_TELL = text(f"SELECT number, asked_at, status, words, reply FROM sendbacks WHERE {_THEIRS} ORDER BY id")
_OPEN = text(f"SELECT number FROM sendbacks WHERE {_THEIRS} AND status IN ('asked', 'received') ORDER BY id")
_FORGET = text(f"UPDATE sendbacks SET words = '' WHERE {_THEIRS}")


def in_the_way(person: Person) -> str | None:
    """Pieces that come back, and money that goes with them."""
    numbers = db.session.scalars(_OPEN, person.values).all()
    return _("The return %(numbers)s is not settled yet.", numbers=", ".join(numbers)) if numbers else None


CHAPTER = Chapter(
    name="returns",
    title=_l("Returns"),
    promise=_l("So that your money finds its way back. What you wrote is forgotten at once."),
    tables=("sendbacks",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by([_FORGET], person),
    obstacle=in_the_way,
)
