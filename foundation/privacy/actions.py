from __future__ import annotations

from foundation import clock
from foundation.accounts.errors import WrongPassword
from foundation.accounts.models import Account
from foundation.accounts.passwords import matches
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, lock_rows
from foundation.mail.actions import post
from foundation.privacy.chapters import FORMER, chapters, person_of
from foundation.privacy.errors import SomethingOpen
from foundation.privacy.own import CLOSE
from foundation.privacy.queries import obstacles


def forget(*, account: Account, password: str) -> None:
    """Forget a person at their own wish (GDPR, article 17), and close the account.

    What the law makes the shop keep (article 17 (3) b) stays without the name where it can, and goes later
    where it cannot; each chapter says which. Raises `WrongPassword`, or `SomethingOpen` naming what has to be
    settled first; nothing is forgotten then. Doing it twice at once does it once.
    """
    if not matches(account.password_hash, password):
        raise WrongPassword()
    person = person_of(account)
    for chapter in chapters():
        chapter.hold(person)
    (locked,) = lock_rows(Account, [account.id])
    if locked.closed_at is not None:
        return
    if open_ones := obstacles(person):
        raise SomethingOpen(open_ones)
    email, language = account.email, account.language
    for chapter in chapters():
        chapter.forget(person)
    db.session.execute(CLOSE, person.values | {"now": clock.now()})
    record(
        actor=Actor.person(account.id, FORMER),
        action="privacy.forget",
        subject=("account", account.id),
    )
    # The one letter written afterwards; the outbox forgets it after ninety days like every other.
    post(to=email, language=language, template="foundation/privacy/mail/forgotten.txt")


def forget_what_may_go_now() -> None:
    """What the law made the shop keep of people who were forgotten, and whose time is over."""
    for chapter in chapters():
        chapter.later()
