"""SMTP, the way out. Reached only outside of a transaction."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from foundation.db import refuse_inside_transaction
from foundation.mail.models import Message
from foundation.settings import SettingsRefused, current

TIMEOUT_SECONDS = 20
FOR_GOOD = 500


class AddressRefused(Exception):
    """The mail server says for good that it knows no such mailbox."""


def send(message: Message) -> None:
    """Hand one letter to the mail server of `SMTP_URL` (smtp:// with STARTTLS, or smtps://).

    Raises `AddressRefused`; or `smtplib.SMTPException` or `OSError`, and the job tries again later.
    """
    refuse_inside_transaction()
    settings = current()
    mail = EmailMessage()
    mail["From"] = settings.mail_sender
    mail["To"] = message.recipient
    mail["Subject"] = message.subject
    # Every letter can be answered: what is written back reaches a person.
    if settings.mail_reply_to:
        mail["Reply-To"] = settings.mail_reply_to
    # The same id on every try, so that a mail server that has it already can drop the second.
    mail["Message-ID"] = f"<vetrina-{message.id}@{_host()}>"
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    with _server(settings.smtp_url or "") as server:
        try:
            server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            # A code of five hundred is for good; anything else (a full mailbox, grey lists) is tried again.
            if all(code >= FOR_GOOD for code, _ in refused.recipients.values()):
                raise AddressRefused() from refused
            raise


def _server(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise SettingsRefused("SMTP_URL must look like smtps://user:password@host:465 or smtp://host:587.")
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(parts.hostname, parts.port or 465, timeout=TIMEOUT_SECONDS, context=context)
    else:
        server = smtplib.SMTP(parts.hostname, parts.port or 587, timeout=TIMEOUT_SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
        elif parts.username:
            server.close()
            raise SettingsRefused("SMTP_URL names a user, but the server offers no STARTTLS: use smtps://.")
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _host() -> str:
    return urlsplit(current().base_url).hostname or "localhost"
