from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, update

from foundation import clock
from foundation.db import db
from foundation.jobs import queue
from foundation.mail.letters import write_letter
from foundation.mail.models import MOVES, MailStatus, Message

DELIVER = "foundation.deliver_mail"


def post(*, to: str, language: str, template: str, carries_key: bool = False, **values: Any) -> None:
    """Write a letter now and have it sent once this transaction has committed.

    `template` is a Markdown text template whose first line is the subject; `values` are what it names.
    `carries_key`: it holds a link that opens an account, so nobody reads it but in their mailbox.
    """
    letter = write_letter(template, language, values)
    message = Message(
        recipient=to,
        language=language,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        carries_key=carries_key,
        status=MailStatus.WAITING,
        written_at=clock.now(),
    )
    db.session.add(message)
    db.session.flush()
    queue.defer(DELIVER, message_id=message.id)


def follow(*, before: str, after: str) -> None:
    """Letters that were sent to somebody's former address are kept under their new one, where they are told
    to their owner, and forgotten with them."""
    db.session.execute(
        update(Message)
        .where(Message.recipient == before, Message.status != MailStatus.WAITING)
        .values(recipient=after)
    )


def note_sent(*, message_id: int) -> None:
    """The letter has left the house; noting it twice changes nothing."""
    db.session.execute(
        update(Message)
        .where(Message.id == message_id, Message.status.in_(MOVES.sources(MailStatus.SENT)))
        .values(status=MailStatus.SENT, sent_at=clock.now())
    )


def note_refused(*, message_id: int) -> None:
    """The mail server will never take it: it is not tried again. Noting it twice changes nothing."""
    db.session.execute(
        update(Message)
        .where(Message.id == message_id, Message.status.in_(MOVES.sources(MailStatus.REFUSED)))
        .values(status=MailStatus.REFUSED)
    )


def forget_old(*, older_than: timedelta) -> None:
    """Drop letters older than that: they hold names and addresses."""
    db.session.execute(delete(Message).where(Message.written_at < clock.now() - older_than))
