"""The collections of the demo: one by hand, the others by rule, as the desk would make them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from demo.catalogue import CATALOGUE
from foundation.actors import Actor
from storefront.collections.actions import (
    CollectionDraft,
    add_pieces,
    change_collection,
    make_collection,
    publish_collection,
    set_picture,
)
from storefront.collections.policy import Field, Kind, Order, Rule

DRESSED_UP = ("evening-dress", "slip-dress", "heels", "shoulder-bag", "earrings", "necklace")
OF_EACH = 3


@dataclass(frozen=True)
class Told:
    """A collection as the desk tells it. Without rules it is by hand. `face`: the kind its picture shows."""

    handle: str
    title: str
    title_it: str
    words: str
    words_it: str
    face: str
    rules: Sequence[Rule] = ()
    sort: Order = Order.NEWEST
    on_home: bool = True


COLLECTIONS = (
    Told(
        "new-in",
        "New in",
        "Novità",
        "What was hung up in the last four weeks. Some of it nobody has worn yet.",
        "Quello che abbiamo appeso nelle ultime quattro settimane. C'è chi non l'ha ancora indossato.",
        "blouse",
        (Rule(Field.NEWER_THAN, number=28), Rule(Field.IN_STOCK)),
    ),
    Told(
        "the-winter-coat",
        "The winter coat",
        "Il cappotto",
        "You buy one every few years and wear it every day. So take your time, and try the sleeves.",
        "Se ne compra uno ogni tanto e lo si mette tutti i giorni. Quindi con calma, e attenzione alle maniche.",
        "coat",
        (Rule(Field.CATEGORY, "outerwear"), Rule(Field.TAG, "winter")),
        Order.WORN,
    ),
    Told(
        "evening",
        "Evening",
        "La sera",
        "For the invitation that says nothing about what to wear. Chosen piece by piece by the people in our stores.",
        "Per quegli inviti che non dicono come vestirsi. Scelti uno per uno da chi lavora nei nostri negozi.",
        "evening-dress",
        sort=Order.HAND,
    ),
    Told(
        "under-100",
        "Under 100",
        "Sotto i 100",
        "Everything here costs less than a hundred euros. The cloth is the same as everywhere else in the shop.",
        "Qui tutto costa meno di cento euro. Le stoffe sono le stesse di tutto il negozio.",
        "jumper",
        (Rule(Field.PRICE_TO, number=99_99), Rule(Field.IN_STOCK)),
        Order.WORN,
    ),
    Told(
        "two-days-away",
        "Two days away",
        "Due giorni via",
        "Pieces that fold small, dry overnight and go with each other.",
        "Capi che si piegano in poco spazio, asciugano in una notte e stanno bene tra loro.",
        "tote",
        (Rule(Field.TAG, "travel"),),
        on_home=False,
    ),
    Told(
        "last-pieces",
        "Last pieces",
        "Ultimi capi",
        "A few of each are left, and we will not make more of them.",
        "Ne restano pochi, e non ne faremo altri.",
        "ankle-boots",
        (Rule(Field.IN_STOCK), Rule(Field.LEFT_AT_MOST, number=25)),
    ),
)


def hang(*, actor: Actor, products: dict[str, int]) -> None:
    """Make them and put them on the web; `products` are the ids by handle."""
    place = 0
    for told in COLLECTIONS:
        place += told.on_home
        made = make_collection(
            actor=actor,
            title=told.title,
            title_it=told.title_it,
            handle=told.handle,
            kind=Kind.RULE if told.rules else Kind.HAND,
        )
        draft = CollectionDraft(
            title=told.title,
            title_it=told.title_it,
            handle=told.handle,
            words=told.words,
            words_it=told.words_it,
            rules=told.rules,
            sort=told.sort,
            home_place=place if told.on_home else None,
        )
        change_collection(actor=actor, collection_id=made.id, draft=draft)
        if not told.rules:
            add_pieces(actor=actor, collection_id=made.id, product_ids=[products[one] for one in _evening()])
        face = next(one.handle for one in CATALOGUE if one.drawn.kind == told.face)
        set_picture(actor=actor, collection_id=made.id, product_id=products[face])
        publish_collection(actor=actor, collection_id=made.id)


def _evening() -> list[str]:
    """A few of each kind, so that no row of the page has twice the same."""
    rails = [[one.handle for one in CATALOGUE if one.drawn.kind == kind][:OF_EACH] for kind in DRESSED_UP]
    return [rail[place] for place in range(OF_EACH) for rail in rails if place < len(rail)]
