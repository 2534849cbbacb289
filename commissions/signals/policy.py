"""What makes a sale, or all sales of an editor, worth a look: pure functions from facts to signals.

The rule in one sentence: one signal asks staff to look, several hold the money until they have. A fact that
is not known (None) never counts against anybody. The cases are a table in
`tests/commissions/test_signals.py`, the rule in plain words is `docs/fraud-control.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from commissions.holds.models import HoldReason


class Kind(StrEnum):
    """What was noticed. Those of a sale come first, then those of an editor."""

    OWN_CARD = "own_card"
    OWN_MAIL = "own_mail"
    OWN_ADDRESS = "own_address"
    OWN_PAYEE = "own_payee"
    TOO_QUICK = "too_quick"
    DISPOSABLE_MAIL = "disposable_mail"
    PAID_AD = "paid_ad"
    BURST = "burst"
    NO_INTEREST = "no_interest"
    CODE_LEAK = "code_leak"
    MANY_RETURNS = "many_returns"
    RING = "ring"
    ONE_PERSON = "one_person"


class Verdict(StrEnum):
    NOTHING = "nothing"
    FLAG = "flag"
    HOLD = "hold"


K = Kind
ABOUT: Mapping[Kind, HoldReason] = {
    K.OWN_CARD: HoldReason.PURCHASE,
    K.OWN_MAIL: HoldReason.PURCHASE,
    K.OWN_ADDRESS: HoldReason.PURCHASE,
    K.OWN_PAYEE: HoldReason.ACCOUNT,
    K.DISPOSABLE_MAIL: HoldReason.BUYERS,
    K.RING: HoldReason.BUYERS,
    K.TOO_QUICK: HoldReason.CLICKS,
    K.PAID_AD: HoldReason.CLICKS,
    K.BURST: HoldReason.CLICKS,
    K.NO_INTEREST: HoldReason.CLICKS,
    K.CODE_LEAK: HoldReason.CODE,
    K.MANY_RETURNS: HoldReason.RETURNS,
    K.ONE_PERSON: HoldReason.ACCOUNT,
}
# Where clicks on paid search and banners come from. A search engine itself is no advertisement.
AD_HOSTS = (
    "googleadservices.com",
    "googlesyndication.com",
    "doubleclick.net",
    "adservice.google.com",
    "bingads.microsoft.com",
    "ads.microsoft.com",
    "ads.yahoo.com",
    "amazon-adsystem.com",
    "taboola.com",
    "outbrain.com",
    "criteo.com",
)

COUPONS = ("coupon", "promo", "deal", "voucher", "discount", "sconto", "sconti", "codice", "cashback")
SHORTEST_BRAND = 4
EDITOR_KINDS = frozenset({K.BURST, K.NO_INTEREST, K.CODE_LEAK, K.MANY_RETURNS, K.RING, K.ONE_PERSON})

Evidence = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on something is a signal. Each can be set by name in the variable `SIGNALS`.

    `hold_from`: how many signals hold. `quick_ms`: between click and order, what no person does. `burst`:
    visits of one visitor by an editor's links in one hour. `clicks`: so many people came in thirty days, and
    of a thousand fewer than `bags` put something into a bag. `code_orders` by a code in thirty days, of which
    `code_strangers` percent had nothing else to do with the editor. `return_orders` in 180 days whose time to
    return is over, of whose price `returns` percent went back. `mutual`: orders that two editors placed
    through each other, each of them so many. `card_buyers`: mailboxes that paid an editor's sales with one
    card. `same_person`: editors who are one person by their mailbox, their own card or their bank account.
    """

    hold_from: int = 2
    quick_ms: int = 2000
    burst: int = 40
    clicks: int = 500
    bags: int = 2
    code_orders: int = 15
    code_strangers: int = 80
    return_orders: int = 10
    returns: int = 60
    mutual: int = 3
    card_buyers: int = 3
    same_person: int = 2

    @classmethod
    def read(cls, words: Iterable[str]) -> Thresholds:
        """The defaults, but for what `name=number` says otherwise; `ValueError` names what is wrong."""
        known = {one.name for one in fields(cls)}
        said: dict[str, int] = {}
        for word in words:
            name, equals, number = word.partition("=")
            if name not in known:
                raise ValueError(f"SIGNALS knows no {name!r}, only {', '.join(sorted(known))}.")
            if not equals or not number.isdecimal() or int(number) < 1:
                raise ValueError(f"SIGNALS: {name} must be a whole number from 1, such as {name}=5.")
            said[name] = int(number)
        if said.get("hold_from", 2) < 2:
            raise ValueError("SIGNALS: hold_from must be 2 or more: one signal alone holds nothing.")
        return cls(**said)


@dataclass(frozen=True, slots=True)
class SaleFacts:
    """What is known of one sale and of the editor it is credited to. None: not known.

    `same_*` compares with what the editor bought themselves; `same_mail` is the address the card was paid
    with. `click_ms` lies between the click that won and the order. `referrer` is the host alone.
    """

    same_card: bool | None = None
    same_mail: bool | None = None
    same_address: bool | None = None
    same_payee: bool | None = None
    click_ms: int | None = None
    mail_host: str | None = None
    referrer: str | None = None


@dataclass(frozen=True, slots=True)
class EditorFacts:
    """What is known of all that came by an editor, in the days that `Thresholds` names. None: not known."""

    burst: int | None = None
    clicks: int | None = None
    bags: int | None = None
    code_orders: int | None = None
    code_strangers: int | None = None
    return_orders: int | None = None
    sold_minor: int | None = None
    returned_minor: int | None = None
    mutual: int | None = None
    card_buyers: int | None = None
    same_person: int | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """Something noticed, with what it was noticed by: numbers and hosts, nothing that names a shopper."""

    kind: Kind
    evidence: Evidence


def sale_signals(
    facts: SaleFacts, limits: Thresholds, disposable: frozenset[str], brand: str = ""
) -> list[Signal]:
    """What stands out in one sale. `disposable`: hosts of throw-away mailboxes; `brand`: the shop's name."""
    found = [
        Signal(kind, {})
        for kind, holds in (
            (K.OWN_CARD, facts.same_card),
            (K.OWN_MAIL, facts.same_mail),
            (K.OWN_ADDRESS, facts.same_address),
            (K.OWN_PAYEE, facts.same_payee),
        )
        if holds
    ]
    if facts.click_ms is not None and 0 <= facts.click_ms < limits.quick_ms:
        found.append(Signal(K.TOO_QUICK, {"ms": facts.click_ms}))
    if facts.mail_host and _under(facts.mail_host, disposable):
        found.append(Signal(K.DISPOSABLE_MAIL, {"host": facts.mail_host.lower()}))
    if facts.referrer and _is_ad(facts.referrer, brand):
        found.append(Signal(K.PAID_AD, {"host": facts.referrer.lower()}))
    return found


def editor_signals(facts: EditorFacts, limits: Thresholds) -> list[Signal]:
    """What stands out in everything that came by an editor."""
    found = []
    if _reaches(facts.burst, limits.burst):
        found.append(Signal(K.BURST, {"visits": facts.burst or 0}))
    if (
        _reaches(facts.clicks, limits.clicks)
        and facts.bags is not None
        and facts.bags * 1000 < (facts.clicks or 0) * limits.bags
    ):
        found.append(Signal(K.NO_INTEREST, {"clicks": facts.clicks or 0, "bags": facts.bags}))
    if _reaches(facts.code_orders, limits.code_orders) and _share(
        facts.code_strangers, facts.code_orders, limits.code_strangers
    ):
        found.append(
            Signal(K.CODE_LEAK, {"orders": facts.code_orders or 0, "strangers": facts.code_strangers or 0})
        )
    if _reaches(facts.return_orders, limits.return_orders) and _share(
        facts.returned_minor, facts.sold_minor, limits.returns
    ):
        percent = (facts.returned_minor or 0) * 100 // (facts.sold_minor or 1)
        found.append(Signal(K.MANY_RETURNS, {"orders": facts.return_orders or 0, "percent": percent}))
    ring: dict[str, int | str] = {}
    if _reaches(facts.mutual, limits.mutual):
        ring["mutual"] = facts.mutual or 0
    if _reaches(facts.card_buyers, limits.card_buyers):
        ring["buyers"] = facts.card_buyers or 0
    if ring:
        found.append(Signal(K.RING, ring))
    if _reaches(facts.same_person, limits.same_person):
        found.append(Signal(K.ONE_PERSON, {"editors": facts.same_person or 0}))
    return found


def verdict(kinds: Iterable[Kind], limits: Thresholds) -> Verdict:
    """What follows from what was noticed: nothing, a look by staff, or a hold until they have looked."""
    count = len(set(kinds))
    if count >= limits.hold_from:
        return Verdict.HOLD
    return Verdict.FLAG if count else Verdict.NOTHING


def about(kinds: Iterable[Kind]) -> HoldReason:
    """What a hold by these signals is about, as far as its editor is told: the class of the first."""
    noticed = set(kinds)
    return next(ABOUT[kind] for kind in Kind if kind in noticed)


def _reaches(value: int | None, limit: int) -> bool:
    return value is not None and value >= limit


def _share(part: int | None, whole: int | None, percent: int) -> bool:
    return part is not None and whole is not None and whole > 0 and part * 100 >= whole * percent


def _under(host: str, known: frozenset[str]) -> bool:
    """Is a host one of these, or a name beneath one of them?"""
    parts = host.lower().strip(".").split(".")
    return any(".".join(parts[place:]) in known for place in range(len(parts) - 1))


def _is_ad(host: str, brand: str) -> bool:
    """Does a visit come from a network of advertisements, or from a page of coupons under the shop's name?"""
    if _under(host, frozenset(AD_HOSTS)):
        return True
    name = "".join(letter for letter in brand.lower() if letter.isalnum())
    return (
        len(name) >= SHORTEST_BRAND and name in host.lower() and any(word in host.lower() for word in COUPONS)
    )
