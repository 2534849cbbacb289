"""What conversations know of a person: their own words, and the answers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_THEIRS = """
    conversation_messages.conversation_id IN (
        SELECT conversations.id FROM conversations JOIN orders ON orders.id = conversations.order_id
        WHERE orders.account_id = :account_id OR (orders.account_id IS NULL AND orders.email = :email))
"""
_TELL = text(f"SELECT at, writer, words FROM conversation_messages WHERE {_THEIRS} ORDER BY id")
_FORGET = text(f"UPDATE conversation_messages SET words = '' WHERE {_THEIRS}")

CHAPTER = Chapter(
    name="messages",
    title=_l("Messages about your orders"),
    promise=_l("So that an answer finds its question. The words are forgotten at once."),
    tables=(),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by([_FORGET], person),
)
