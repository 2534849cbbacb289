"""Pieces on the shelf and orders for them, in the hands of a test."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from foundation import clock, ids
from foundation.actors import Actor
from foundation.db import db
from foundation.money import Money
from foundation.payments import CheckoutSession
from storefront.cart.policy import Origin
from storefront.catalog.actions import save_product
from storefront.catalog.drafts import ProductDraft, VariantDraft
from storefront.catalog.models import ProductStatus, Variant
from storefront.orders import actions as orders
from storefront.orders import paying
from storefront.orders.models import Delivery, Order
from storefront.orders.policy import Piece, totals_of

TAX = 2200
HOUSE = Actor.system("test")
LOOK = Origin("look", "carry-on-only", "Carry-on only")
CONTACT = orders.Contact(
    email="anna@example.test",
    name="Anna Moro",
    phone="",
    street="Via Po 1",
    postcode="10123",
    city="Torino",
    province="TO",
    country="IT",
    language="en",
)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def shelf(
    handle: str,
    minor: int,
    on_hand: int = 5,
    *,
    sizes: Sequence[str] = ("M",),
    category: str = "shirts",
    **more: Any,
) -> int:
    """A product in the shop with `on_hand` of each size; returns the first size's variant."""
    product = save_product(
        actor=HOUSE,
        draft=ProductDraft(
            handle=handle,
            title=handle.capitalize(),
            title_it=f"{handle.capitalize()} it",
            category=category,
            option_names=["Size"],
            variants=[
                VariantDraft(price=eur(minor), option_values=[size], on_hand=on_hand, tracked=True, **more)
                for size in sizes
            ],
            status=ProductStatus.ACTIVE,
        ),
    )
    return variant_of(product.id)


def variant_of(product_id: int, size: str = "M") -> int:
    found = db.session.query(Variant).filter_by(product_id=product_id).order_by(Variant.position)
    return next(variant.id for variant in found if variant.option_values == [size])


def on_hand(variant_id: int) -> int:
    return db.session.query(Variant.on_hand).filter_by(id=variant_id).scalar()


def piece(variant_id: int, minor: int, quantity: int = 1, origin: Origin | None = None) -> Piece:
    variant = db.session.get(Variant, variant_id)
    assert variant is not None
    return Piece(
        product_id=variant.product_id,
        variant_id=variant_id,
        title="Shirt",
        title_it="Camicia",
        colour="White",
        colour_it="Bianco",
        options_label="M",
        sku="",
        category="shirts",
        unit_price_minor=minor,
        quantity=quantity,
        origin_kind=origin.kind if origin else None,
        origin_ref=origin.ref if origin else None,
        origin_label=origin.label if origin else None,
    )


def place(pieces: Sequence[Piece], *, session_id: str | None = None, **changed: Any) -> orders.Placed:
    """An order that waits for its payment page; with `session_id` the page is there."""
    totals = totals_of([piece.gross_minor for piece in pieces], shipping_minor=0, tax_bps=TAX, currency="EUR")
    values: dict[str, Any] = {
        "actor": Actor.guest(),
        "token": orders.new_token(),
        "form_key": ids.token(),
        "pieces": pieces,
        "totals": totals,
        "tax_bps": TAX,
        "contact": CONTACT,
        "delivery": Delivery.DOOR,
        "account_id": None,
        "visit_id": ids.token(),
        "checkout_began_at": clock.now(),
        "expires_at": clock.now() + timedelta(minutes=31),
        "request": {"amount_minor": totals.total_minor},
    }
    placed = orders.place(**(values | changed))
    assert placed is not None
    if session_id:
        assert orders.store_session(order_id=placed.order_id, session_id=session_id)
    return placed


def session_of(order: Order, **changed: Any) -> CheckoutSession:
    """What Stripe says of the order's page; paid unless said otherwise."""
    values: dict[str, Any] = {
        "id": order.checkout_session_id,
        "url": None,
        "status": "complete",
        "payment_status": "paid",
        "payment_intent": f"pi_{order.id}",
        "amount": order.total,
        "order_ref": order.number,
        "expires_at": order.expires_at,
        "email": order.email,
    }
    return CheckoutSession(**(values | changed))


def order_now(order_id: int) -> Order:
    order = db.session.get(Order, order_id, populate_existing=True)
    assert order is not None
    return order


def pay(order_id: int) -> None:
    paying.sync_checkout(actor=HOUSE, session=session_of(order_now(order_id)))
