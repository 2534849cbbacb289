"""What the books know of a person: money that was earned. It has to leave before its owner does."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from commissions.ledger.balances import ACCOUNTS
from foundation.db import db
from foundation.money import Money
from foundation.privacy.chapters import Chapter, Person, told
from foundation.web.formats import money

_TELL = text(
    """
    SELECT commission.order_number, commission.piece, commission.status, commission.currency,
           commission.accrued_minor, commission.reversed_minor, commission.accrued_at, commission.paid_at
    FROM commissions commission JOIN editors editor ON editor.id = commission.editor_id
    WHERE editor.account_id = :account_id ORDER BY commission.id
    """
)
_OWED = text(
    f"""
    SELECT account.currency, sum(account.credit_minor - account.debit_minor)::bigint AS owed_minor
    FROM ({ACCOUNTS}) account JOIN editors editor ON editor.id = account.editor_id
    WHERE editor.account_id = :account_id AND account.kind <> 'editor_paid_out'
    GROUP BY account.currency HAVING sum(account.credit_minor - account.debit_minor) <> 0
    """
)


def in_the_way(person: Person) -> str | None:
    """What is owed either way is settled first."""
    for currency, minor in db.session.execute(_OWED, {**person.values, "until": None}):
        amount = money(Money(abs(int(minor)), currency))
        if minor > 0:
            return _(
                "You still have %(amount)s to come as a style editor. Have it paid out first.", amount=amount
            )
        return _("You still owe %(amount)s as a style editor. Write to us, and we settle it.", amount=amount)
    return None


CHAPTER = Chapter(
    name="commissions",
    title=_l("What you earned"),
    promise=_l("Books of money are kept ten years, by law. They name your number, and you no more."),
    tables=(
        "ledger_accounts",
        "commissions",
        "payable_movements",
        "payees",
        "payouts",
        "receipts",
        "receipt_shares",
        "statements",
        "turned_payables",
        "claims",
    ),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: None,
    obstacle=in_the_way,
)
