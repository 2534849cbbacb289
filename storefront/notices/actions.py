from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, text
from sqlalchemy.dialects.postgresql import insert

from foundation import clock
from foundation.accounts.models import Account
from foundation.accounts.queries import account_by_id
from foundation.actors import Actor
from foundation.db import db
from foundation.mail.actions import post
from storefront.catalog.errors import ProductNotFound
from storefront.catalog.naming import options_label, title_and_colour
from storefront.notices.errors import NotSoldOut
from storefront.notices.models import StockNotice
from storefront.notices.queries import piece_waited_for
from storefront.stock.queries import available

LETTER = "storefront/notices/mail/back.txt"
# Who waited this long has found something else.
WAIT_DAYS = 365

# A row is taken by deleting it: of two workers the second skips what the first holds.
_TAKE = text(
    """
    DELETE FROM stock_notices WHERE id IN (
        SELECT id FROM stock_notices WHERE variant_id = :variant_id ORDER BY id FOR UPDATE SKIP LOCKED)
    RETURNING email, language
    """
)
_TWICE = text(
    """
    DELETE FROM stock_notices before USING stock_notices there
    WHERE before.account_id = :account_id AND before.email <> :email
      AND there.variant_id = before.variant_id AND there.email = :email
    """
)
_MOVE = text("UPDATE stock_notices SET email = :email WHERE account_id = :account_id AND email <> :email")


def wait_for(
    *, actor: Actor, variant_id: int, email: str, language: str, account: Account | None = None
) -> None:
    """Write one letter to `email` when the variant is back; asking twice is asking once.

    What an `account` asks for its own address moves with it (`follow_account`), and so does what was asked
    for that address before, once it is proved to be theirs. Raises `ProductNotFound` when it is not sold
    here, `NotSoldOut` when there is nothing to wait for. Not audited: nobody but the one who asked is
    concerned.
    """
    if piece_waited_for(variant_id) is None:
        raise ProductNotFound()
    if available([variant_id]).get(variant_id):
        raise NotSoldOut()
    own = account is not None and account.email == email.lower()
    asked = insert(StockNotice).values(
        variant_id=variant_id,
        email=email.lower(),
        account_id=account.id if account is not None and own else None,
        language=language,
        asked_at=clock.now(),
    )
    if account is not None and own and account.email_verified_at is not None:
        asked = asked.on_conflict_do_update(
            index_elements=["variant_id", "email"], set_={"account_id": account.id}
        )
    else:
        asked = asked.on_conflict_do_nothing()
    db.session.execute(asked)


def follow_account(*, account_id: int) -> None:
    """An account has another address: its letters go there. Where that waits already, once is enough."""
    account = account_by_id(account_id)
    if account is not None:
        values = {"account_id": account_id, "email": account.email}
        for statement in (_TWICE, _MOVE):
            db.session.execute(statement, values)


def tell_those_who_wait(*, variant_id: int) -> int:
    """A variant is back: write to everybody who waits for it, and forget them; gives back how many.

    Nobody is told when somebody was faster and it is sold out again, or when it left the shop: they wait on.
    """
    piece = piece_waited_for(variant_id)
    if piece is None or not available([variant_id]).get(variant_id):
        return 0
    variant, product = piece
    taken = db.session.execute(_TAKE, {"variant_id": variant_id}).all()
    for email, language in taken:
        post(
            to=email,
            language=language,
            template=LETTER,
            name=title_and_colour(product, language),
            options=options_label(variant.option_values),
            handle=product.handle,
        )
    return len(taken)


def forget_old() -> None:
    """Addresses lent so long ago that nobody waits any more."""
    db.session.execute(
        delete(StockNotice).where(StockNotice.asked_at < clock.now() - timedelta(days=WAIT_DAYS))
    )
