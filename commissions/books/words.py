"""The books in words: accounts, why something was booked, and how a name reads in a plain-text journal."""

from __future__ import annotations

from flask_babel import gettext as _

from commissions.ledger.models import AccountKind, EntryKind


def account_words(kind: AccountKind) -> str:
    """What an account is called."""
    texts = {
        AccountKind.EDITOR_PENDING: _("Editors, pending"),
        AccountKind.EDITOR_HELD: _("Editors, held"),
        AccountKind.EDITOR_PAYABLE: _("Editors, payable"),
        AccountKind.EDITOR_TRANSIT: _("Editors, in transit"),
        AccountKind.EDITOR_PAID_OUT: _("Editors, paid out"),
        AccountKind.EDITOR_DEBT: _("Editors, debts"),
        AccountKind.HOUSE_COMMISSION: _("Commissions, our cost"),
        AccountKind.HOUSE_BONUS: _("Bonuses, our cost"),
        AccountKind.HOUSE_STRIPE: _("Stripe, clearing"),
        AccountKind.HOUSE_STORE_CREDIT: _("Store credit"),
        AccountKind.HOUSE_CREDIT_SPENT: _("Store credit, spent"),
        AccountKind.HOUSE_DONATION: _("Donations, owed to causes"),
        AccountKind.HOUSE_DONATION_PAID: _("Donations, paid to causes"),
        AccountKind.HOUSE_WRITE_OFF: _("Debts written off"),
    }
    return texts[kind]


def account_note(kind: AccountKind) -> str:
    """What lies on it, in one sentence."""
    texts = {
        AccountKind.EDITOR_PENDING: _("Sold, and the time to return is not over."),
        AccountKind.EDITOR_HELD: _("The payment is disputed, or somebody looks at the sale first."),
        AccountKind.EDITOR_PAYABLE: _("Goes out with the next payout."),
        AccountKind.EDITOR_TRANSIT: _("Stripe was asked for the transfer."),
        AccountKind.EDITOR_PAID_OUT: _("Lies with the editor."),
        AccountKind.EDITOR_DEBT: _("Taken back after it was paid out."),
        AccountKind.HOUSE_COMMISSION: _("What the programme has cost."),
        AccountKind.HOUSE_BONUS: _("Fixed amounts beside the commissions."),
        AccountKind.HOUSE_STRIPE: _("Came back at Stripe; finance decides."),
        AccountKind.HOUSE_STORE_CREDIT: _("Taken as credit for the shop, and not spent yet."),
        AccountKind.HOUSE_CREDIT_SPENT: _("Orders were paid with it."),
        AccountKind.HOUSE_DONATION: _("Given by editors, and not handed on yet."),
        AccountKind.HOUSE_DONATION_PAID: _("Handed on, with a reference."),
        AccountKind.HOUSE_WRITE_OFF: _("Given up by two people."),
    }
    return texts[kind]


def entry_words(kind: EntryKind) -> str:
    """Why something was booked."""
    texts = {
        EntryKind.ACCRUED: _("Sold"),
        EntryKind.REVERSED: _("Refunded"),
        EntryKind.RESTORED: _("Refund did not go through"),
        EntryKind.HELD: _("Held"),
        EntryKind.RELEASED: _("No longer held"),
        EntryKind.MATURED: _("Time to return over"),
        EntryKind.SENDING: _("Transfer asked for"),
        EntryKind.STAYED: _("Transfer refused"),
        EntryKind.PAID_OUT: _("Transfer made"),
        EntryKind.TAKEN_BACK: _("Taken back at Stripe"),
        EntryKind.CAME_BACK: _("Owed again"),
        EntryKind.WRITTEN_OFF: _("Debt written off"),
        EntryKind.REGROUPED: _("Moved to an account of its own"),
        EntryKind.CORRECTED: _("Credited to somebody else after all"),
        EntryKind.CREDITED: _("Taken as store credit"),
        EntryKind.DONATED: _("Given to a cause"),
        EntryKind.HANDED_ON: _("Handed on to the cause"),
        EntryKind.SPENT: _("Store credit spent"),
        EntryKind.UNSPENT: _("Spent store credit came back"),
    }
    return texts[kind]
