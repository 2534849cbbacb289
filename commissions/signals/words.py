"""Signals in words: the evidence for staff, the class alone for the editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from commissions.holds.models import HoldReason
from commissions.signals.models import Case, CaseStatus
from commissions.signals.policy import Kind, about
from foundation.web.formats import number

STATES: Mapping[CaseStatus, tuple[Any, str]] = {
    CaseStatus.FLAGGED: (_l("To be looked at"), ""),
    CaseStatus.HELD: (_l("Held until decided"), "warn"),
    CaseStatus.RELEASED: (_l("Released, nothing wrong"), "good"),
    CaseStatus.REVERSED: (_l("Taken back after a look"), "bad"),
}
# The same for the editor, who reads of what is theirs.
TOLD: Mapping[CaseStatus, tuple[Any, str]] = {
    CaseStatus.HELD: (_l("Held, we are looking at it"), "warn"),
    CaseStatus.RELEASED: (_l("Released"), "good"),
    CaseStatus.REVERSED: (_l("Taken back"), "bad"),
}
NAMES: Mapping[Kind, Any] = {
    Kind.OWN_CARD: _l("The editor’s own card"),
    Kind.OWN_MAIL: _l("The editor’s own mailbox at the payment"),
    Kind.OWN_ADDRESS: _l("The editor’s own address"),
    Kind.OWN_PAYEE: _l("Paid out to the same place"),
    Kind.TOO_QUICK: _l("Quicker than a person"),
    Kind.DISPOSABLE_MAIL: _l("A throw-away mailbox"),
    Kind.PAID_AD: _l("A paid advertisement"),
    Kind.BURST: _l("A burst of visits"),
    Kind.NO_INTEREST: _l("Clicks without interest"),
    Kind.CODE_LEAK: _l("A code among strangers"),
    Kind.MANY_RETURNS: _l("Much comes back"),
    Kind.RING: _l("A ring of buyers"),
    Kind.ONE_PERSON: _l("Several editors, one person"),
}
# What may be behind it without anybody having done wrong: staff read it beside the signal.
INNOCENT: Mapping[Kind, Any] = {
    Kind.OWN_CARD: _l("Families share cards. Ask before you decide."),
    Kind.OWN_MAIL: _l("Somebody may have paid for a friend."),
    Kind.OWN_ADDRESS: _l("A family, a flat shared, a house of many doors, or a present for the editor."),
    Kind.OWN_PAYEE: _l("Couples share an account at the bank."),
    Kind.TOO_QUICK: _l("Hardly anything: the bag was filled before, and the link opened last."),
    Kind.DISPOSABLE_MAIL: _l("Some people give their own address to nobody."),
    Kind.PAID_AD: _l("Somebody else may have put the link there."),
    Kind.BURST: _l("A large office behind one connection, or a link that does not open well."),
    Kind.NO_INTEREST: _l("A look many people talk about, and few can afford."),
    Kind.CODE_LEAK: _l("A code on paper, or said in a film, is found by people no link knows of."),
    Kind.MANY_RETURNS: _l("A piece that runs small comes back from everybody."),
    Kind.RING: _l("Friends who really like each other’s looks; a card of a firm."),
    Kind.ONE_PERSON: _l("A couple with one mailbox, one card or one account at the bank."),
}


def noticed_by(kind: Kind, evidence: Mapping[str, Any]) -> str:
    """What a signal was noticed by, plainly, with its numbers."""
    given = {name: number(value) if isinstance(value, int) else value for name, value in evidence.items()}
    if kind is Kind.RING:
        return _ring(evidence)
    if kind is Kind.TOO_QUICK:
        return _("%(ms)s thousandths of a second lie between the click and the order.", **given)
    plain: dict[Kind, str] = {
        Kind.OWN_CARD: _("The card that paid has also paid what the editor bought for themselves."),
        Kind.OWN_MAIL: _("The payment was made with the editor’s e-mail address, the order with another."),
        Kind.OWN_ADDRESS: _("It goes where the editor has their own orders sent."),
        Kind.OWN_PAYEE: _("Whoever bought is paid to the same account as the editor."),
    }
    if kind in plain:
        return plain[kind]
    texts: dict[Kind, Any] = {
        Kind.DISPOSABLE_MAIL: _l("The order names a mailbox at %(host)s, which anybody may open and forget."),
        Kind.PAID_AD: _l("The click came from %(host)s."),
        Kind.BURST: _l("%(visits)s visits in one hour came from one browser at one address."),
        Kind.NO_INTEREST: _l(
            "%(clicks)s people came by a link in thirty days, and after %(bags)s of these clicks something "
            "went into a bag."
        ),
        Kind.CODE_LEAK: _l(
            "%(orders)s orders with the code in thirty days, %(strangers)s of them by people who had nothing "
            "else to do with the editor."
        ),
        Kind.MANY_RETURNS: _l("%(percent)s percent of what was sold in %(orders)s orders came back."),
        Kind.ONE_PERSON: _l("%(editors)s active editors share a mailbox, a card or a bank account."),
    }  # fmt: skip
    return str(texts[kind]) % given


def subject(case: Case) -> str:
    """What a case is about, in a line: one order, or all that came by its editor."""
    if case.order_number is not None:
        return _("%(name)s, order %(number)s", name=case.editor.name, number=case.order_number)
    return _("%(name)s, all sales", name=case.editor.name)


def told_about(case: Case) -> HoldReason:
    """The class of reasons its editor is told."""
    return about(case.kinds)


def _ring(evidence: Mapping[str, Any]) -> str:
    parts = []
    if "mutual" in evidence:
        parts.append(
            _("Another editor and this one bought from each other, %(num)s orders or more each way.",
              num=number(evidence["mutual"]))
        )  # fmt: skip
    if "buyers" in evidence:
        parts.append(
            ngettext(
                "%(num)s mailbox paid with one card.",
                "%(num)s different mailboxes paid with one card.",
                evidence["buyers"],
            )
        )
    return " ".join(parts)
