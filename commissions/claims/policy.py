"""Who gets the credit for an order: one pure function, and a reason for everybody who does not.

The order of the rules is the product's (`docs/attribution.md`): an event in the store beats a code typed at
checkout, a code beats a link of this visit, that beats a link which the shopper agreed to have remembered,
that beats a link of an earlier visit on which they signed in, and that beats a look of the editor that they
saved. Among candidates of one kind the last within its window before checkout began counts; of remembered
links the first, where the shop has set it so. Nobody earns on their own purchase or on a sale they rang up,
and what the shopper said about credit is obeyed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from commissions.clicks.policy import Source


class ClaimKind(StrEnum):
    EVENT = "event"
    CODE = "code"
    LINK = "link"
    COOKIE = "cookie"
    ACCOUNT = "account"
    SAVED = "saved_look"
    STAFF = "staff"


class Rule(StrEnum):
    """The rule that decided; `nobody` when no candidate was eligible."""

    EVENT = "event"
    CODE = "code"
    LAST_CLICK = "last_click"
    COOKIE = "cookie"
    FIRST_COOKIE = "first_cookie"
    ACCOUNT = "account"
    SAVED = "saved_look"
    STAFF = "staff"
    NOBODY = "nobody"


class Verdict(StrEnum):
    WON = "won"
    LOST = "lost"
    NONE = "none"


class Reason(StrEnum):
    """Why a candidate won, did not win, or does not exist."""

    BY_EVENT = "by_event"
    BY_CODE = "by_code"
    BY_LAST_CLICK = "by_last_click"
    BY_COOKIE = "by_cookie"
    BY_FIRST_COOKIE = "by_first_cookie"
    BY_ACCOUNT = "by_account"
    BY_SAVED = "by_saved_look"
    BY_STAFF = "by_staff"
    EARLIER = "earlier"
    LATER = "later"
    BEATEN = "beaten"
    AFTER_CHECKOUT = "after_checkout"
    TOO_OLD = "too_old"
    OWN_PURCHASE = "own_purchase"
    OWN_TILL = "own_till"
    NOT_ACTIVE = "not_active"
    REMOVED = "removed"
    NOT_CHOSEN = "not_chosen"
    NONE_TYPED = "none_typed"
    ONLINE_ORDER = "online_order"
    NO_EVENT = "no_event"
    NO_STAFF_ENTRY = "no_staff_entry"
    CORRECTED = "corrected"
    TO_NOBODY = "to_nobody"


UNKNOWN = Source()
RANK = (
    ClaimKind.EVENT,
    ClaimKind.CODE,
    ClaimKind.LINK,
    ClaimKind.COOKIE,
    ClaimKind.ACCOUNT,
    ClaimKind.SAVED,
    ClaimKind.STAFF,
)
GMAIL = ("gmail.com", "googlemail.com")
SAVED_DAYS = 90  # for which a saved look counts
# What the shopper's word on credit is about: what they typed themselves, and what staff saw, it is not.
SAID_OF = frozenset({ClaimKind.LINK, ClaimKind.COOKIE, ClaimKind.ACCOUNT, ClaimKind.SAVED})
RULES = {
    ClaimKind.EVENT: (Rule.EVENT, Reason.BY_EVENT),
    ClaimKind.CODE: (Rule.CODE, Reason.BY_CODE),
    ClaimKind.LINK: (Rule.LAST_CLICK, Reason.BY_LAST_CLICK),
    ClaimKind.COOKIE: (Rule.COOKIE, Reason.BY_COOKIE),
    ClaimKind.ACCOUNT: (Rule.ACCOUNT, Reason.BY_ACCOUNT),
    ClaimKind.SAVED: (Rule.SAVED, Reason.BY_SAVED),
    ClaimKind.STAFF: (Rule.STAFF, Reason.BY_STAFF),
}
FIRST_COOKIE = (Rule.FIRST_COOKIE, Reason.BY_FIRST_COOKIE)
ABSENT = {
    ClaimKind.CODE: Reason.NONE_TYPED,
    ClaimKind.EVENT: Reason.ONLINE_ORDER,
    ClaimKind.STAFF: Reason.NO_STAFF_ENTRY,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What the shop has set: for how many days a click counts, and one that was remembered with consent, of
    which `first_click` lets the first win.
    """

    window_days: int = 30
    cookie_days: int = 30
    first_click: bool = False

    def days(self, kind: ClaimKind) -> int:
        """For how many days a candidate of this kind counts."""
        return {ClaimKind.SAVED: SAVED_DAYS, ClaimKind.COOKIE: self.cookie_days}.get(kind, self.window_days)

    def won(self, kind: ClaimKind) -> tuple[Rule, Reason]:
        """The rule by which a candidate of this kind wins, and the reason its row names."""
        return FIRST_COOKIE if kind is ClaimKind.COOKIE and self.first_click else RULES[kind]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might get the credit. `buyer`: they bought it themselves. `seller`: they rang it up
    themselves. `last_at`: the click was repeated. `event`: the name of the event, in both languages.
    """

    kind: ClaimKind
    editor_id: int
    at: datetime
    last_at: datetime
    active: bool = True
    buyer: bool = False
    seller: bool = False
    click_id: int | None = None
    link_id: int | None = None
    look_id: int | None = None
    source: Source = UNKNOWN
    event: str | None = None
    event_it: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The shopper's word during the visit: this editor, or with None nobody, for what came before `at`."""

    editor_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """A row of the receipt. `candidate` is None where there is none of that kind; `at`: the moment judged."""

    kind: ClaimKind
    candidate: Candidate | None
    verdict: Verdict
    reason: Reason
    at: datetime | None = None
    days_before: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Who gets the credit (None: nobody), by which rule, and every row, the winner first."""

    editor_id: int | None
    rule: Rule
    rows: tuple[Decided, ...]


def decide(
    candidates: Sequence[Candidate],
    choices: Sequence[Choice],
    checkout_began_at: datetime,
    terms: Terms,
    *,
    in_store: bool = False,
) -> Decision:
    """Judge every candidate. The order in which they are given does not matter.

    `in_store`: it was rung up at a till, where an event may have a claim.
    """
    word = max(
        (choice for choice in choices if choice.at <= checkout_began_at), key=lambda c: c.at, default=None
    )
    judged = [(one, *_refusal(one, word, checkout_began_at, terms)) for one in candidates]
    eligible = [(one, at) for one, at, reason in judged if reason is None]
    winner = _best(eligible, word, terms)
    rows = []
    for one, at, refusal in judged:
        won = winner is not None and one is winner[0]
        reason = refusal or _standing(one, winner, word, terms)
        verdict = Verdict.WON if won else Verdict.LOST
        rows.append(Decided(one.kind, one, verdict, reason, at, (checkout_began_at - at).days))
    rows.sort(key=lambda row: (row.verdict is not Verdict.WON, -(row.at or checkout_began_at).timestamp()))
    present = {one.kind for one in candidates}
    absent = ABSENT | ({ClaimKind.EVENT: Reason.NO_EVENT} if in_store else {})
    rows += [
        Decided(kind, None, Verdict.NONE, reason) for kind, reason in absent.items() if kind not in present
    ]
    if winner is None:
        return Decision(None, Rule.NOBODY, tuple(rows))
    return Decision(winner[0].editor_id, terms.won(winner[0].kind)[0], tuple(rows))


def same_mailbox(one: str, other: str) -> bool:
    """Do two addresses reach the same person?"""
    return mailbox(one) == mailbox(other)


def mailbox(address: str) -> str:
    """The mailbox an address reaches: no capitals, no +tag, and at Gmail none of the dots it ignores."""
    name, _, host = address.strip().lower().rpartition("@")
    name = name.split("+")[0]
    if host in GMAIL:
        name, host = name.replace(".", ""), GMAIL[0]
    return f"{name}@{host}"


def _refusal(
    one: Candidate, word: Choice | None, began: datetime, terms: Terms
) -> tuple[datetime, Reason | None]:
    """The moment a candidate is judged by, and why it cannot win (None: it can)."""
    at = one.last_at if one.last_at <= began else one.at
    if at > began:
        return at, Reason.AFTER_CHECKOUT
    if began - at > timedelta(days=terms.days(one.kind)):
        return at, Reason.TOO_OLD
    if one.buyer:
        return at, Reason.OWN_PURCHASE
    if one.seller:
        return at, Reason.OWN_TILL
    if not one.active:
        return at, Reason.NOT_ACTIVE
    if one.kind in SAID_OF and word is not None and word.editor_id is None and at <= word.at:
        return at, Reason.REMOVED
    return at, None


def _standing(
    one: Candidate, winner: tuple[Candidate, datetime] | None, word: Choice | None, terms: Terms
) -> Reason:
    """What to say of an eligible candidate, beside the winner (there is one as soon as anybody is
    eligible).
    """
    assert winner is not None
    best = winner[0]
    if one is best:
        return terms.won(one.kind)[1]
    if one.kind is not best.kind:
        return Reason.BEATEN
    if word is not None and word.editor_id == best.editor_id != one.editor_id:
        return Reason.NOT_CHOSEN
    return Reason.LATER if terms.first_click and one.kind is ClaimKind.COOKIE else Reason.EARLIER


def _best(
    eligible: Sequence[tuple[Candidate, datetime]], word: Choice | None, terms: Terms
) -> tuple[Candidate, datetime] | None:
    """The winner: the highest kind, then whom the shopper chose, then the last (or the first); ties go to
    the newer id."""

    def order(entry: tuple[Candidate, datetime]) -> tuple[int, bool, float, int]:
        one, at = entry
        chosen = (
            one.kind in SAID_OF and word is not None and (one.editor_id == word.editor_id or at > word.at)
        )
        first = one.kind is ClaimKind.COOKIE and terms.first_click
        late = -at.timestamp() if first else at.timestamp()
        return -RANK.index(one.kind), chosen, late, one.click_id or 0

    return max(eligible, key=order, default=None)
