from __future__ import annotations

from datetime import timedelta

from foundation.db import in_steps, leave_transaction, unit_of_work
from foundation.jobs.queue import job
from foundation.mail import actions
from foundation.mail.queries import waiting_message
from foundation.mail.transport import AddressRefused, send
from foundation.settings import current


@job(name=actions.DELIVER)
@in_steps
def deliver_mail(*, message_id: int) -> None:
    """Send one letter. A worker killed between sending and noting sends it twice: better than never."""
    message = waiting_message(message_id)
    leave_transaction()
    if message is None or current().smtp_url is None:
        return
    try:
        send(message)
    except AddressRefused:
        with unit_of_work():
            actions.note_refused(message_id=message_id)
        return
    with unit_of_work():
        actions.note_sent(message_id=message_id)


@job(name="foundation.forget_old_mail", cron="23 3 * * *")
def forget_old_mail() -> None:
    """Every night: letters older than ninety days."""
    actions.forget_old(older_than=timedelta(days=90))
