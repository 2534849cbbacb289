from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from foundation.mail.actions import post
from storefront.messages.errors import NobodyToWriteTo, NothingWritten, NotOrderedYet
from storefront.messages.models import (
    CONVERSATION_MOVES,
    Conversation,
    ConversationMessage,
    ConversationStatus,
    Writer,
)
from storefront.messages.policy import UNPAID
from storefront.messages.queries import conversation_of
from storefront.orders.models import Order


def write_to_shop(*, actor: Actor, order: Order, words: str, form_key: str) -> None:
    """The shopper of an order writes to the shop. The same form sent twice is one message.

    Raises `NotOrderedYet` while nobody has paid: an order alone costs nothing and proves nothing.
    """
    if order.status in UNPAID:
        raise NotOrderedYet()
    conversation = _locked(order.id)
    if _say(conversation, Writer.SHOPPER, "", words, form_key):
        _move(conversation, ConversationStatus.WAITING)
        audit.record(actor=actor, action="messages.write", subject=("order", order.id))


def answer(*, actor: Actor, order: Order, words: str, form_key: str) -> None:
    """The shop writes to the shopper of an order, first or in reply; they are told by a letter they can
    answer on the page of the order. The same form sent twice is one message and one letter.

    Raises `NobodyToWriteTo` for an order without an address, as the till makes them.
    """
    if not order.email:
        raise NobodyToWriteTo()
    conversation = _locked(order.id)
    if _say(conversation, Writer.SHOP, actor.label, words, form_key):
        _move(conversation, ConversationStatus.ANSWERED)
        audit.record(actor=actor, action="messages.answer", subject=("order", order.id))
        post(
            to=order.email,
            language=order.language,
            template="storefront/messages/mail/answer.txt",
            order=order,
            reply=words,
            signed=actor.label,
        )


def close(*, actor: Actor, order: Order) -> None:
    """Nothing is left to say; the shopper may write again any time. Raises `NothingWritten`, or `IllegalMove`
    when it is closed already."""
    if conversation_of(order.id) is None:
        raise NothingWritten()
    conversation = _locked(order.id)
    CONVERSATION_MOVES.move(conversation, ConversationStatus.CLOSED)
    conversation.since = clock.now()
    audit.record(actor=actor, action="messages.close", subject=("order", order.id))
    db.session.flush()


def _locked(order_id: int) -> Conversation:
    """The conversation of an order, begun when there is none; two who write at once meet here."""
    values = {"order_id": order_id, "status": ConversationStatus.CLOSED, "since": clock.now()}
    db.session.execute(insert(Conversation).values(values).on_conflict_do_nothing())
    known = conversation_of(order_id)
    assert known is not None
    (locked,) = lock_rows(Conversation, [known.id])
    return locked


def _say(conversation: Conversation, writer: Writer, signed: str, words: str, form_key: str) -> bool:
    """Write the message down; False when this form was sent before."""
    values = {
        "conversation_id": conversation.id,
        "form_key": form_key,
        "writer": writer,
        "signed": signed,
        "words": words,
        "at": clock.now(),
    }
    statement = insert(ConversationMessage).values(values).on_conflict_do_nothing(index_elements=["form_key"])
    return db.session.execute(statement.returning(ConversationMessage.id)).first() is not None


def _move(conversation: Conversation, end: ConversationStatus) -> None:
    """Who has the last word decides; a second message of the same side leaves it as long as it is."""
    if conversation.status != end:
        CONVERSATION_MOVES.move(conversation, end)
        conversation.since = clock.now()
    db.session.flush()
