from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import selectinload

from foundation import clock
from foundation.accounts.models import Account
from foundation.db import db
from foundation.i18n import pick
from foundation.money import Money
from storefront.catalog.codes import coded
from storefront.catalog.naming import options_label
from storefront.catalog.ports import PLENTY
from storefront.orders.models import Order
from storefront.places.models import WEB_WAREHOUSE, Place, PlaceKind
from storefront.promotions.models import Voucher
from storefront.till.errors import BasketUnknown
from storefront.till.models import BasketStatus, TillBasket, TillLine

FOUND = 8
PEOPLE = 6
WAITING = (BasketStatus.PARKED, BasketStatus.PAYING)

# What of a variant can be had at this till now, less what is promised to orders, and where else it lies.
_PIECE = f"""
    variant.id AS variant_id, variant.product_id, product.handle, product.title, product.title_it,
    product.category, product.colour, product.colour_it, variant.option_values, variant.sku,
    variant.price_minor, variant.currency,
    product.status = 'active' AND variant.withdrawn_at IS NULL AS on_sale,
    CASE WHEN NOT variant.tracked THEN {PLENTY} ELSE coalesce((
        SELECT free.pieces FROM (
            SELECT level.on_hand - coalesce((
                SELECT sum(promised.quantity)::int FROM reservations promised
                WHERE promised.variant_id = variant.id AND promised.place_id = :place_id
                  AND promised.expires_at > :now), 0) AS pieces
            FROM stock_levels level
            WHERE level.variant_id = variant.id AND level.place_id = :place_id) free
        WHERE free.pieces > 0), 0) END AS here,
    coalesce((
        SELECT jsonb_agg(jsonb_build_array(place.name, elsewhere.on_hand) ORDER BY place.kind, place.name)
        FROM (SELECT place_id, on_hand FROM stock_levels lies WHERE lies.variant_id = variant.id
              UNION ALL SELECT {WEB_WAREHOUSE}, variant.on_hand) elsewhere
        JOIN places place ON place.id = elsewhere.place_id AND place.closed_at IS NULL
        WHERE variant.tracked AND elsewhere.place_id <> :place_id AND elsewhere.on_hand > 0
    ), '[]'::jsonb) AS elsewhere,
    picture.small_key, picture.width, picture.height
"""
_PICTURE = """
    LEFT JOIN LATERAL (
        SELECT small_key, width, height FROM pictures
        WHERE product_id = product.id AND status = 'ready' ORDER BY position, id LIMIT 1
    ) picture ON true
"""
_LINES = f"""
    SELECT {_PIECE}, line.id AS line_id, line.quantity, line.off_bps, line.off_minor, line.off_reason,
           line.advised
    FROM till_lines line
    JOIN variants variant ON variant.id = line.variant_id
    JOIN products product ON product.id = variant.product_id {_PICTURE}
    WHERE line.basket_id = :basket_id ORDER BY line.id
"""
_FOUND = f"""
    SELECT {_PIECE}, 0 AS line_id, 1 AS quantity, 0 AS off_bps, 0 AS off_minor, '' AS off_reason,
           false AS advised
    FROM variants variant JOIN products product ON product.id = variant.product_id {_PICTURE}
    WHERE variant.id = ANY(:ids)
    ORDER BY array_position(CAST(:products AS bigint[]), product.id), variant.position, variant.id
    LIMIT :most
"""


class Rung(NamedTuple):
    """A piece at a till: what it costs today, what of it hangs here, and where else it lies."""

    variant_id: int
    product_id: int
    handle: str
    title: str
    title_it: str | None
    category: str
    colour: str
    colour_it: str | None
    option_values: Sequence[str]
    sku: str
    unit_price_minor: int
    currency: str
    on_sale: bool
    here: int
    elsewhere: Sequence[tuple[str, int]]
    picture_key: str | None
    picture_width: int | None
    picture_height: int | None
    line_id: int
    quantity: int
    off_bps: int
    off_minor: int
    off_reason: str
    advised: bool

    @property
    def name(self) -> str:
        return pick(self.title, self.title_it)

    @property
    def options_label(self) -> str:
        return options_label(self.option_values)

    @property
    def gross_minor(self) -> int:
        return self.unit_price_minor * self.quantity

    @property
    def unit_price(self) -> Money:
        return Money(self.unit_price_minor, self.currency)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A basket that is parked or being paid, in a few words."""

    token: str
    status: BasketStatus
    label: str
    customer: str
    staff_label: str
    pieces: int
    touched_at: object


def stores_with_tills() -> Sequence[Place]:
    """The stores somebody can ring up in, by city."""
    wanted = select(Place).where(Place.kind == PlaceKind.STORE, Place.closed_at.is_(None))
    return db.session.scalars(wanted.order_by(Place.country.desc(), Place.city, Place.name)).all()


def store_of_till(place_id: int) -> Place | None:
    """The store a till stands in; None when it is shut for good, or no store."""
    wanted = select(Place).where(
        Place.id == place_id, Place.kind == PlaceKind.STORE, Place.closed_at.is_(None)
    )
    return db.session.scalars(wanted).one_or_none()


def open_basket(place_id: int, staff_id: int) -> TillBasket | None:
    """What this member of staff is ringing up in this store."""
    return db.session.scalars(
        select(TillBasket).where(
            TillBasket.place_id == place_id,
            TillBasket.staff_id == staff_id,
            TillBasket.status == BasketStatus.OPEN,
        )
    ).one_or_none()


def basket_by_token(token: str) -> TillBasket:
    """A basket by its name, as it is now; raises `BasketUnknown`."""
    found = db.session.scalars(
        select(TillBasket).where(TillBasket.token == token).execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise BasketUnknown()
    return found


def basket_of_order(order_id: int) -> TillBasket | None:
    """The basket an order was rung up from."""
    return db.session.scalars(select(TillBasket).where(TillBasket.order_id == order_id)).one_or_none()


def who_rang_up(visit: str) -> int | None:
    """The member of staff whose basket it was, by the visit its order has."""
    return db.session.scalar(select(TillBasket.staff_id).where(TillBasket.visit == visit))


def occasion_of(visit: str) -> str | None:
    """At which event a basket was sold, by the visit its order has."""
    return db.session.scalar(select(TillBasket.occasion_ref).where(TillBasket.visit == visit))


def baskets_waiting(place_id: int) -> list[Waiting]:
    """What is parked or being paid in a store, whoever rang it up; what waits longest first."""
    pieces = (
        select(func.coalesce(func.sum(TillLine.quantity), 0))
        .where(TillLine.basket_id == TillBasket.id)
        .correlate(TillBasket)
        .scalar_subquery()
    )
    found = db.session.execute(
        select(
            TillBasket.token,
            TillBasket.status,
            TillBasket.label,
            TillBasket.customer,
            TillBasket.staff_label,
            pieces,
            TillBasket.touched_at,
        )
        .where(TillBasket.place_id == place_id, TillBasket.status.in_(WAITING))
        .order_by(TillBasket.touched_at)
        .limit(30)
    )
    return [
        Waiting(row[0], BasketStatus(row[1]), row[2], row[3], row[4], int(row[5]), row[6]) for row in found
    ]


def rung_up(basket_id: int, place_id: int) -> list[Rung]:
    """The pieces of a basket with today's prices and what hangs in the store. One statement."""
    values = {"basket_id": basket_id, "place_id": place_id, "now": clock.now()}
    return [Rung._make(row) for row in db.session.execute(text(_LINES), values)]


def variants_of_code(code: str) -> list[int]:
    """The variants on sale with this barcode or article number, however it was typed (`catalog.codes`)."""
    found = db.session.execute(
        text(
            f"""
            SELECT id FROM ({coded("CAST(:code AS text)")}) coded
            WHERE EXISTS (SELECT FROM products WHERE products.id = product_id AND status = 'active')
            ORDER BY id LIMIT 9
            """
        ),
        {"code": code},
    )
    return [row[0] for row in found]


def variants_of_codes(codes: Iterable[str]) -> dict[str, list[int]]:
    """Of each code, as it was written, the variants that have it as `variants_of_code` reads it; among them
    those that are on sale no more, or not yet: what another till sold was there."""
    found = db.session.execute(
        text(
            f"""
            SELECT typed.code, coded.id FROM unnest(CAST(:codes AS text[])) AS typed (code)
            CROSS JOIN LATERAL ({coded("typed.code")}) coded
            ORDER BY typed.code, coded.id
            """
        ),
        {"codes": sorted(set(codes))},
    )
    variants: dict[str, list[int]] = {}
    for code, variant_id in found:
        variants.setdefault(code, []).append(variant_id)
    return variants


def is_on_sale(variant_id: int) -> bool:
    """Whether there is such a variant and it is on sale."""
    found = db.session.execute(
        text(
            """
            SELECT FROM variants WHERE id = :id AND withdrawn_at IS NULL
              AND EXISTS (SELECT FROM products WHERE products.id = product_id AND status = 'active')
            """
        ),
        {"id": variant_id},
    )
    return found.one_or_none() is not None


def pieces_at(place_id: int, product_ids: Iterable[int]) -> list[Rung]:
    """Every variant on sale of these products, in their order, as a till sees them. Two statements."""
    products = list(product_ids)
    ids = db.session.execute(
        text("SELECT id FROM variants WHERE product_id = ANY(:products) AND withdrawn_at IS NULL"),
        {"products": products},
    )
    return variants_at(place_id, [row[0] for row in ids], products)


def variants_at(
    place_id: int, variant_ids: Sequence[int], products: Sequence[int] = (), most: int = FOUND * 6
) -> list[Rung]:
    """Variants as a till sees them, `most` at most."""
    values = {
        "ids": list(variant_ids),
        "products": list(products),
        "place_id": place_id,
        "now": clock.now(),
        "most": most,
    }
    return [Rung._make(row) for row in db.session.execute(text(_FOUND), values)]


def people_like(words: str) -> Sequence[Account]:
    """Open accounts by a part of their name or by the beginning of their address."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return db.session.scalars(
        select(Account)
        .where(
            Account.closed_at.is_(None),
            or_(
                Account.email.startswith(words.lower(), autoescape=True),
                Account.name.ilike(f"%{escaped}%", escape="\\"),
            ),
        )
        .order_by(Account.name, Account.id)
        .limit(PEOPLE)
    ).all()


def counts_once_a_person(code: str) -> bool:
    """Whether a voucher has to know who uses it."""
    found = db.session.execute(
        select(Voucher.person_limit, Voucher.first_order).where(Voucher.code == code)
    ).one_or_none()
    return found is not None and (found[0] is not None or found[1])


def sale_of(order_id: int) -> Order:
    """The order of a sale with its lines and what was given back of it."""
    return db.session.scalars(
        select(Order)
        .where(Order.id == order_id)
        .options(selectinload(Order.lines), selectinload(Order.refunds))
        .execution_options(populate_existing=True)
    ).one()
