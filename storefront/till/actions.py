"""Ringing up: what lies in a basket, for whom, and which of several baskets is open. Selling is in `selling`.

A basket is locked before it is changed, and nobody holds two locks of baskets at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects.postgresql import insert

from foundation import clock, ids
from foundation.accounts.models import Account
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, unless_taken
from foundation.states import IllegalMove
from storefront.promotions.errors import VoucherRefused
from storefront.promotions.policy import Way, Why, spelled, why_not
from storefront.promotions.queries import terms_by_code
from storefront.till.errors import (
    AnotherOpen,
    BasketUnknown,
    CustomerNeeded,
    NothingRungUp,
    OfferOnTheWeb,
    PieceUnknown,
    TooMuchOff,
    TooMuchOffNow,
)
from storefront.till.models import BASKET_MOVES, BasketStatus, TillBasket, TillLine
from storefront.till.policy import is_usual
from storefront.till.ports import Credited, Occasion
from storefront.till.queries import Rung, counts_once_a_person, is_on_sale, rung_up

MOST_OF_ONE = 99
ONE_OPEN = "uq_till_baskets_open"


def add(*, actor: Actor, place_id: int, variant_id: int, language: str, quantity: int = 1) -> TillBasket:
    """One more of a piece lies in the open basket, which begins with its first piece.

    More of it than hangs in the store may be rung up: the page says so, and the sale is refused.
    Raises `PieceUnknown` for what is not on sale.
    """
    if not is_on_sale(variant_id):
        raise PieceUnknown()
    basket = _begun(actor, place_id, language)
    line = insert(TillLine).values(basket_id=basket.id, variant_id=variant_id, quantity=quantity)
    more = TillLine.quantity + line.excluded.quantity
    db.session.execute(
        line.on_conflict_do_update(
            index_elements=[TillLine.basket_id, TillLine.variant_id],
            set_={"quantity": _at_most(more)},
        )
    )
    return basket


def set_quantity(
    *, actor: Actor, token: str, variant_id: int, quantity: int, without_limit: bool = False
) -> None:
    """How many of a piece; none takes it out.

    Raises `PieceUnknown` when it does not lie there, and `TooMuchOffNow` when an amount was taken off the
    line that fewer pieces do not bear without the permission.
    """
    basket = locked_basket(token, BasketStatus.OPEN)
    line = _line(basket, variant_id)
    here, fits = TillLine.id == line.line_id, min(quantity, MOST_OF_ONE)
    if fits < 1:
        db.session.execute(delete(TillLine).where(here))
    else:
        if fits < line.quantity and not without_limit:
            refuse_too_much_off([line._replace(quantity=fits)])
        db.session.execute(update(TillLine).where(here).values(quantity=fits))
    _touch(basket)


def take_off(
    *,
    actor: Actor,
    token: str,
    variant_id: int,
    off_bps: int,
    off_minor: int,
    reason: str,
    without_limit: bool,
) -> None:
    """Make a line cheaper, by a share of it or an amount off it; nothing of either takes that back.

    Raises `TooMuchOff` for more than usual without the permission, `PieceUnknown`.
    """
    basket = locked_basket(token, BasketStatus.OPEN)
    line = _line(basket, variant_id)
    if not without_limit and not is_usual(line.gross_minor, off_bps=off_bps, off_minor=off_minor):
        raise TooMuchOff()
    nothing = not off_bps and not off_minor
    db.session.execute(
        update(TillLine)
        .where(TillLine.id == line.line_id)
        .values(off_bps=off_bps, off_minor=off_minor, off_reason="" if nothing else reason)
    )
    _touch(basket)
    record(
        actor=actor,
        action="till.discount",
        subject=("basket", basket.id),
        reason=reason,
        before={"off_bps": line.off_bps, "off_minor": line.off_minor},
        after={"variant": variant_id, "off_bps": off_bps, "off_minor": off_minor},
    )


def advise(*, actor: Actor, token: str, variant_id: int, advised: bool) -> None:
    """Say that a piece is sold on the advice of staff, or take that back; raises `PieceUnknown`."""
    basket = locked_basket(token, BasketStatus.OPEN)
    line = _line(basket, variant_id)
    if line.advised == advised:
        return
    db.session.execute(update(TillLine).where(TillLine.id == line.line_id).values(advised=advised))
    _touch(basket)
    record(
        actor=actor,
        action="till.advice",
        subject=("basket", basket.id),
        before={"variant": variant_id, "advised": line.advised},
        after={"variant": variant_id, "advised": advised},
    )


def refuse_too_much_off(lines: Iterable[Rung]) -> None:
    """Raise `TooMuchOffNow` when an amount is more than usual of what its line comes to by now.

    It was looked at when it was taken off; since then there may be fewer pieces, or they cost less. A share
    stays the share it was, and only who may give a large one could.
    """
    if any(
        line.off_minor and not is_usual(line.gross_minor, off_bps=0, off_minor=line.off_minor)
        for line in lines
    ):
        raise TooMuchOffNow()


def empty(*, actor: Actor, token: str) -> None:
    """Nobody buys it: the basket is put away, and can be taken back."""
    _move(locked_basket(token), BasketStatus.EMPTIED)


def park(*, actor: Actor, token: str, label: str) -> None:
    """The next customer first: this basket waits under a name. Raises `NothingRungUp` for an empty one."""
    basket = locked_basket(token)
    if not rung_up(basket.id, basket.place_id):
        raise NothingRungUp()
    basket.label = label[:60]
    _move(basket, BasketStatus.PARKED)


def take_up(*, actor: Actor, token: str) -> TillBasket:
    """Go on with a basket that was parked or emptied, whoever began it; it is the actor's from now on.

    Raises `AnotherOpen` while another basket of theirs with something in it is open.
    """
    basket = locked_basket(token)
    if basket.status not in (BasketStatus.PARKED, BasketStatus.EMPTIED):
        raise IllegalMove(start=str(basket.status), end=str(BasketStatus.OPEN))
    return reopen(actor, basket)


def reopen(actor: Actor, basket: TillBasket) -> TillBasket:
    """A locked basket is the open one of the actor; one without a piece makes room for it."""
    db.session.execute(
        update(TillBasket)
        .where(
            TillBasket.place_id == basket.place_id,
            TillBasket.staff_id == actor.account_id,
            TillBasket.status == BasketStatus.OPEN,
            ~select(TillLine.id).where(TillLine.basket_id == TillBasket.id).exists(),
        )
        .values(status=BasketStatus.EMPTIED)
    )
    with unless_taken(AnotherOpen, ONE_OPEN):
        basket.staff_id, basket.staff_label = _staff_id(actor), actor.label
        basket.pay_url = None
        _move(basket, BasketStatus.OPEN)
    return basket


def choose_customer(*, actor: Actor, token: str, account: Account | None, email: str = "") -> None:
    """Who buys: an account, an address for the receipt alone, or nobody by name."""
    basket = locked_basket(token, BasketStatus.OPEN)
    basket.account_id = account.id if account else None
    basket.customer = account.name if account else ""
    basket.email = account.email if account else email.lower()
    if account is not None:
        basket.language = account.language
    _touch(basket)


def choose_voucher(*, actor: Actor, token: str, code: str) -> None:
    """Take a voucher for the basket; an empty code takes it away again.

    Raises `VoucherRefused`, for offers too, and `CustomerNeeded` when it counts once a person and nobody was
    chosen.
    """
    basket = locked_basket(token, BasketStatus.OPEN)
    code = spelled(code)[:40]
    if code:
        terms = terms_by_code(code, visit=basket.visit, account_id=basket.account_id)
        why = Why.UNKNOWN if terms is None else why_not(terms, clock.now())
        if why is not None:
            raise VoucherRefused(code, why)
        if terms is not None and terms.way == Way.OFFERED:
            raise OfferOnTheWeb(code)
        if not basket.knows_customer and counts_once_a_person(code):
            raise CustomerNeeded()
    basket.voucher_code = code or None
    _touch(basket)


def choose_credit(*, actor: Actor, token: str, credited: Credited | None) -> None:
    """Whose advice sold it; None takes it back."""
    basket = locked_basket(token, BasketStatus.OPEN)
    before = basket.credit_code
    basket.credit_code = credited.code if credited else None
    basket.credit_name = credited.name[:120] if credited else ""
    _touch(basket)
    record(
        actor=actor,
        action="till.credit",
        subject=("basket", basket.id),
        before={"code": before},
        after={"code": basket.credit_code},
    )


def choose_occasion(*, actor: Actor, token: str, occasion: Occasion | None) -> None:
    """At which event it is sold; None takes it back."""
    basket = locked_basket(token, BasketStatus.OPEN)
    before = basket.occasion_ref
    basket.occasion_ref = occasion.ref if occasion else None
    basket.occasion_name = occasion.name[:200] if occasion else ""
    _touch(basket)
    record(
        actor=actor,
        action="till.occasion",
        subject=("basket", basket.id),
        before={"event": before},
        after={"event": basket.occasion_ref},
    )


def locked_basket(token: str, status: BasketStatus | None = None) -> TillBasket:
    """The basket, held for whoever is about to change it; raises `BasketUnknown`, and `IllegalMove` when it
    is not at that status any more."""
    basket = db.session.scalars(
        select(TillBasket)
        .where(TillBasket.token == token)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if basket is None:
        raise BasketUnknown()
    if status is not None and basket.status != status:
        raise IllegalMove(start=str(basket.status), end=str(status))
    return basket


def _line(basket: TillBasket, variant_id: int) -> Rung:
    """A line of the basket as it is now; raises `PieceUnknown`."""
    for line in rung_up(basket.id, basket.place_id):
        if line.variant_id == variant_id:
            return line
    raise PieceUnknown()


def _begun(actor: Actor, place_id: int, language: str) -> TillBasket:
    """The open basket of this member of staff, locked; two first pieces at once begin one."""
    now = clock.now()
    db.session.execute(
        insert(TillBasket)
        .values(
            token=ids.token(),
            visit=str(ids.unique()),
            place_id=place_id,
            staff_id=_staff_id(actor),
            staff_label=actor.label,
            status=BasketStatus.OPEN,
            language=language,
            began_at=now,
            touched_at=now,
        )
        .on_conflict_do_nothing(
            index_elements=[TillBasket.place_id, TillBasket.staff_id],
            index_where=text("status = 'open'"),  # a parameter names no index once the plan is kept
        )
    )
    return db.session.scalars(
        select(TillBasket)
        .where(
            TillBasket.place_id == place_id,
            TillBasket.staff_id == _staff_id(actor),
            TillBasket.status == BasketStatus.OPEN,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _move(basket: TillBasket, status: BasketStatus) -> None:
    BASKET_MOVES.move(basket, status)
    _touch(basket)


def _touch(basket: TillBasket) -> None:
    basket.touched_at = clock.now()
    db.session.flush()


def _staff_id(actor: Actor) -> int:
    if actor.account_id is None:
        raise ValueError("A till is somebody's: the house rings nothing up.")
    return actor.account_id


def _at_most(quantity: Any) -> Any:
    return db.func.least(quantity, MOST_OF_ONE)
