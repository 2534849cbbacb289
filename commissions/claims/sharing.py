"""A sale by the look of two: who has how much of it, as they agreed before it first went on show."""

from __future__ import annotations

from sqlalchemy import insert

from commissions.claims.models import Share
from commissions.claims.policy import Reason, same_mailbox
from editors.looks.authors.queries import credit_split
from editors.membership.models import Editor, EditorStatus
from editors.membership.queries import editor_by_id
from foundation.accounts.queries import account_by_id
from foundation.db import db
from storefront.orders.queries import Sale
from storefront.till.queries import who_rang_up


def share_out(*, receipt_id: int, winner_id: int, look_id: int | None, sale: Sale) -> None:
    """Write down the shares of a receipt whose winner is one of the two authors of the look they came by.

    Whose link or code it was makes no difference to the shares. What holds for a winner holds for the other:
    who is no active editor, bought it or rang it up earns nothing of it.
    """
    split = credit_split(look_id) if look_id is not None else {}
    if len(split) < 2 or winner_id not in split:
        return
    seller = who_rang_up(sale.visit_id) if sale.visit_id else None
    db.session.execute(
        insert(Share),
        [
            {
                "receipt_id": receipt_id,
                "part": part,
                "editor_id": editor_id,
                "share_bps": share_bps,
                "withheld": _withheld(editor_by_id(editor_id), sale, seller),
            }
            for part, (editor_id, share_bps) in enumerate(split.items())
        ],
    )


def _withheld(editor: Editor | None, sale: Sale, seller: int | None) -> Reason | None:
    if editor is None:
        return Reason.NOT_ACTIVE
    account = account_by_id(editor.account_id)
    if editor.account_id == sale.account_id or (account and same_mailbox(account.email, sale.email)):
        return Reason.OWN_PURCHASE
    if seller is not None and seller == editor.account_id:
        return Reason.OWN_TILL
    return None if editor.status == EditorStatus.ACTIVE else Reason.NOT_ACTIVE
