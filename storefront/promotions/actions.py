"""Putting vouchers beside a bag, and what orders take of them.

What runs out is taken by the statement that also looks whether any is left: the row's lock makes orders
wait for each other, and the condition is read again under it. A voucher is locked after the variants, and
several in the order of their ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from foundation import clock
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, lock_rows, rows
from storefront.cart.policy import owner_of
from storefront.promotions.errors import CodeTaken, VoucherRefused, VoucherUnknown
from storefront.promotions.models import VOUCHER_MOVES, UseStatus, Voucher, VoucherStatus
from storefront.promotions.policy import Given, Kind, Scope, Way, Why, spelled, together, why_not
from storefront.promotions.queries import chosen, terms_by_code

_OWNED = "(account_id = CAST(:account_id AS bigint) OR visit_id = CAST(:visit AS text))"
_PUT_BESIDE = text(
    """
    INSERT INTO bag_vouchers (account_id, visit_id, voucher_id, added_at)
    VALUES (:account_id, :visit, :voucher_id, :now)
    ON CONFLICT (account_id, visit_id, voucher_id) DO UPDATE SET added_at = excluded.added_at
    """
)
_KEEP_ONLY = text(f"DELETE FROM bag_vouchers WHERE {_OWNED} AND voucher_id <> ALL(CAST(:ids AS bigint[]))")
_DROP = text(f"DELETE FROM bag_vouchers WHERE {_OWNED} AND voucher_id = :voucher_id")
_BRING_ALONG = text(
    """
    WITH brought AS (DELETE FROM bag_vouchers WHERE visit_id = :visit RETURNING *)
    INSERT INTO bag_vouchers AS kept (account_id, voucher_id, added_at)
    SELECT :account_id, voucher_id, added_at FROM brought ORDER BY brought.id
    ON CONFLICT (account_id, visit_id, voucher_id)
    DO UPDATE SET added_at = greatest(kept.added_at, excluded.added_at)
    RETURNING kept.id
    """
)

_TAKE = text(
    """
    WITH taken AS (
        UPDATE vouchers SET uses = uses + 1,
               spent_minor = spent_minor + CASE WHEN way = 'own' THEN :goods_minor ELSE 0 END
        WHERE id = :voucher_id AND status = 'active'
          AND (way <> 'own' OR (account_id = CAST(:account_id AS bigint)
                                AND spent_minor + :goods_minor <= amount_minor))
          AND (starts_at IS NULL OR starts_at <= :now) AND (ends_at IS NULL OR ends_at > :now)
          AND (total_limit IS NULL OR uses < total_limit)
        RETURNING id, person_limit),
    counted AS (
        INSERT INTO voucher_people AS known (voucher_id, person, uses)
        SELECT taken.id, person, 1 FROM taken, unnest(CAST(:people AS text[])) AS person
        WHERE taken.person_limit IS NOT NULL
        ON CONFLICT (voucher_id, person) DO UPDATE SET uses = known.uses + 1
        WHERE known.uses < (SELECT person_limit FROM vouchers WHERE id = known.voucher_id)
        RETURNING person),
    written AS (
        INSERT INTO voucher_uses
            (order_id, order_number, voucher_id, status, goods_minor, delivery_minor, holder, people,
             lines_minor, taken_at)
        SELECT :order_id, :order_number, taken.id, 'held', :goods_minor, :delivery_minor, :holder,
               CASE WHEN taken.person_limit IS NULL THEN CAST('{}' AS text[])
                    ELSE CAST(:people AS text[]) END, CAST(:lines AS bigint[]), :now
        FROM taken)
    SELECT (SELECT count(*) FROM taken),
           (SELECT person_limit FROM taken) IS NULL
           OR (SELECT count(*) FROM counted) = cardinality(CAST(:people AS text[]))
    """
)

_LOCK_OF_ORDER = text(
    """
    SELECT voucher.id FROM vouchers voucher
    WHERE voucher.id IN (SELECT voucher_id FROM voucher_uses WHERE order_id = :order_id)
    ORDER BY voucher.id FOR NO KEY UPDATE
    """
)
_COUNT_AGAIN = text(
    """
    WITH moved AS (
        UPDATE voucher_uses SET status = :after, back_minor = 0
        FROM (SELECT id, goods_minor - back_minor AS spent_minor FROM voucher_uses
              WHERE order_id = :order_id) before
        WHERE voucher_uses.id = before.id AND (status <> 'returned') = (:step < 0)
        RETURNING voucher_id, people, before.spent_minor),
    counted AS (
        UPDATE vouchers SET uses = vouchers.uses + :step,
               spent_minor = vouchers.spent_minor
                   + CASE WHEN vouchers.way = 'own' THEN :step * moved.spent_minor ELSE 0 END
        FROM moved WHERE vouchers.id = moved.voucher_id)
    UPDATE voucher_people SET uses = voucher_people.uses + :step FROM moved
    WHERE voucher_people.voucher_id = moved.voucher_id AND voucher_people.person = ANY(moved.people)
    """
)
_USE = text(
    f"""
    WITH used AS (
        UPDATE voucher_uses SET status = 'used' WHERE order_id = :order_id AND status = 'held'
        RETURNING voucher_id)
    DELETE FROM bag_vouchers USING used WHERE bag_vouchers.voucher_id = used.voucher_id AND {_OWNED}
    """
)


@dataclass(frozen=True, slots=True)
class VoucherDraft:
    """What a new voucher gives; see `policy.Terms` for what the figures mean."""

    code: str
    kind: Kind
    way: Way = Way.TYPED
    percent_bps: int = 0
    amount_minor: int = 0
    buy: int = 0
    get: int = 0
    scope: Scope = Scope.EVERYTHING
    categories: Sequence[str] = ()
    product_ids: Sequence[int] = ()
    collection_ids: Sequence[int] = ()
    minimum_minor: int = 0
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    first_order: bool = False
    total_limit: int | None = None
    person_limit: int | None = None
    stackable: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """A voucher was put beside a bag; `instead_of` are the codes that had to go for it."""

    code: str
    instead_of: tuple[str, ...]


def choose(*, actor: Actor, visit: str | None, account_id: int | None, code: str) -> Chosen:
    """Put a voucher beside a bag, in whatever case it was typed. The newest wins over what it cannot go with.

    Raises `VoucherRefused` when there is no such code, or nobody can use it now; the bag is as it was then.
    What the bag lacks for it (a minimum, a piece) is no reason to refuse: it counts once the bag has it.
    """
    code = spelled(code)[:40]
    terms = terms_by_code(code, visit=visit, account_id=account_id)
    why = Why.UNKNOWN if terms is None else why_not(terms, clock.now())
    if terms is not None and why is None and terms.way == Way.OFFERED:
        why = Why.OFFERED
    if terms is None or why is not None:
        raise VoucherRefused(code, why or Why.UNKNOWN)
    others = [one for one in chosen(visit, account_id) if one.voucher_id != terms.voucher_id]
    kept = together([terms, *others])
    owner = owner_of(visit, account_id)
    db.session.execute(_PUT_BESIDE, owner | {"voucher_id": terms.voucher_id, "now": clock.now()})
    db.session.execute(_KEEP_ONLY, owner | {"ids": kept})
    return Chosen(code, tuple(one.code for one in others if one.voucher_id not in kept))


def drop(*, actor: Actor, visit: str | None, account_id: int | None, voucher_id: int) -> None:
    """Take a voucher away from a bag; taking it away twice is taking it away once."""
    db.session.execute(_DROP, owner_of(visit, account_id) | {"voucher_id": voucher_id})


def merge_into_account(*, actor: Actor, visit: str, account_id: int) -> None:
    """Somebody signed in: the vouchers of both bags are sorted by when they were put there, and the newest
    wins over what it cannot go with, as if they had all been typed into one bag."""
    brought = db.session.execute(_BRING_ALONG, {"visit": visit, "account_id": account_id}).all()
    if brought:
        kept = [terms.voucher_id for terms in chosen(None, account_id)]
        db.session.execute(_KEEP_ONLY, owner_of(None, account_id) | {"ids": kept})


def take(
    *,
    order_id: int,
    number: str,
    given: Sequence[Given],
    holder: str,
    email: str,
    account_id: int | None,
) -> None:
    """An order takes one use of each voucher; raises `VoucherRefused` when one is over or used up by now.

    One person is known by the address and, signed in, by the account: either of them counts. Without any
    (a customer at a till who told neither) no limit of a person can be looked at: the caller refuses such
    vouchers before.
    """
    people = sorted(
        person_key(kind, known)
        for kind, known in (("email", email.lower()), ("account", account_id))
        if known
    )
    now = clock.now()
    for one in sorted(given, key=lambda given: given.terms.voucher_id):
        values = {
            "voucher_id": one.terms.voucher_id,
            "order_id": order_id,
            "order_number": number,
            "goods_minor": sum(one.lines),
            "delivery_minor": one.delivery_minor,
            "holder": holder,
            "people": people,
            "lines": list(one.lines),
            "account_id": account_id,
            "now": now,
        }
        taken, allowed = rows(_TAKE, values)[0]
        if not taken and one.terms.way == Way.OWN:
            raise VoucherRefused(one.terms.code, Why.SPENT)
        if not taken:
            over = one.terms.ends_at is not None and now >= one.terms.ends_at
            raise VoucherRefused(one.terms.code, Why.OVER if over else Why.USED_UP)
        if not allowed:
            raise VoucherRefused(one.terms.code, Why.USED_BY_YOU)


def give_back(*, order_id: int) -> None:
    """An order ended unpaid, or was called off: its uses can be had by others again.

    The caller holds the order's lock.
    """
    _count(order_id, UseStatus.RETURNED, -1)


def hold_again(*, order_id: int) -> None:
    """An order that had ended is paid after all: it was sold at that price, so its uses count again, even
    where somebody else has had the last one meanwhile. The caller holds the order's lock."""
    _count(order_id, UseStatus.HELD, 1)


def use(*, order_id: int, visit: str | None, account_id: int | None) -> None:
    """An order was paid: its vouchers are used, and no longer lie beside the bag."""
    db.session.execute(_USE, owner_of(visit, account_id) | {"order_id": order_id})


def make_voucher(*, actor: Actor, draft: VoucherDraft, reason: str) -> Voucher:
    """A new code. Raises `CodeTaken`. What is for a first order is used once by each person."""
    values = {name: getattr(draft, name) for name in draft.__slots__}
    values |= {
        "code": spelled(draft.code),
        "status": VoucherStatus.ACTIVE,
        "categories": list(draft.categories),
        "product_ids": list(draft.product_ids),
        "collection_ids": list(draft.collection_ids),
        "person_limit": 1 if draft.first_order else draft.person_limit,
        "uses": 0,
        "made_at": clock.now(),
        "made_by": actor.label,
    }
    made = db.session.scalars(
        insert(Voucher)
        .values(**values)
        .on_conflict_do_nothing(index_elements=[Voucher.code])
        .returning(Voucher)
    ).one_or_none()
    if made is None:
        raise CodeTaken()
    record(
        actor=actor,
        action="promotions.make",
        subject=("voucher", made.id),
        reason=reason,
        after={"code": made.code, "kind": str(made.kind), "total_limit": made.total_limit},
    )
    return made


def pause_voucher(*, actor: Actor, voucher_id: int, reason: str) -> None:
    """Nobody can use a voucher from now on; orders that hold it keep it. Raises `VoucherUnknown`, and
    `IllegalMove` when it is paused already."""
    _move(voucher_id, VoucherStatus.PAUSED)
    record(actor=actor, action="promotions.pause", subject=("voucher", voucher_id), reason=reason)


def resume_voucher(*, actor: Actor, voucher_id: int, reason: str) -> None:
    """A voucher counts again. Raises `VoucherUnknown`, and `IllegalMove` when it was not paused."""
    _move(voucher_id, VoucherStatus.ACTIVE)
    record(actor=actor, action="promotions.resume", subject=("voucher", voucher_id), reason=reason)


def move_voucher(*, actor: Actor, voucher_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """A voucher counts from another day to another. Raises `VoucherUnknown`."""
    found = lock_rows(Voucher, [voucher_id])
    if not found:
        raise VoucherUnknown()
    found[0].starts_at, found[0].ends_at = starts_at, ends_at
    db.session.flush()
    after = {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}
    record(actor=actor, action="promotions.move", subject=("voucher", voucher_id), after=after)


def person_key(kind: str, known: object) -> str:
    """A person as the limits know them: never the address itself."""
    return hashlib.sha256(f"{kind}:{known}".encode()).hexdigest()


def _move(voucher_id: int, status: VoucherStatus) -> None:
    found = lock_rows(Voucher, [voucher_id])
    if not found:
        raise VoucherUnknown()
    VOUCHER_MOVES.move(found[0], status)
    db.session.flush()


def _count(order_id: int, after: UseStatus, step: int) -> None:
    db.session.execute(_LOCK_OF_ORDER, {"order_id": order_id})
    db.session.execute(_COUNT_AGAIN, {"order_id": order_id, "after": str(after), "step": step})
