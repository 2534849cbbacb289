"""The demo's warehouse and its six stores, five in Italy and one in London, with the hours people come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from foundation import clock
from foundation.actors import Actor
from storefront.catalog.queries import products_by_ids
from storefront.places.actions import PlaceDraft, add_special_day, change_place, open_store
from storefront.places.models import WEB_WAREHOUSE
from storefront.places.policy import Span, read_spans
from storefront.stock.keeping import correct, receive

CITY_WEEK = ("15:00-19:30", *["10:00-19:30"] * 4, "10:00-20:00", "11:00-19:00")
PAUSE_WEEK = ("15:30-19:30", *["10:00-13:00, 15:30-19:30"] * 4, "10:00-19:30", "")
WORKSHOP_WEEK = ("", *["10:00-13:00, 15:30-19:30"] * 5, "15:00-19:00")
LONDON_WEEK = (*["10:00-19:00"] * 3, "10:00-20:00", "10:00-19:00", "10:00-19:00", "12:00-18:00")
CHRISTMAS_EVE = Span(9 * 60, 18 * 60)

# A stream of chance of its own, so that what stores have changes nothing of what people buy.
SEED = 41
SHARE, SIZES = 0.45, 0.75
PIECES = (1, 1, 2, 2, 3, 4, 6)


@dataclass(frozen=True)
class Store:
    """One store of the demo. `week`: the hours of Monday to Sunday as people write them."""

    slug: str
    name: str
    street: str
    postcode: str
    city: str
    province: str
    phone: str
    position: tuple[str, str]
    week: tuple[str, ...]
    words: str
    words_it: str
    country: str = "IT"
    time_zone: str = "Europe/Rome"
    pickup: bool = True
    # The town's own holiday: month, day, and what it is called.
    feast: tuple[int, int, str, str] | None = None


STORES = (
    Store(
        "torino-lagrange",
        "Torino, Via Lagrange",
        "Via Lagrange 12",
        "10123",
        "Torino",
        "TO",
        "+39 011 555 0112",
        ("45.066390", "7.684900"),
        CITY_WEEK,
        "Where it began. Three fitting rooms, a long table for looks, and Paola, who pins a hem while you wait.",
        "Qui è cominciato tutto. Tre camerini, un lungo tavolo per comporre i look e Paola, che appunta un orlo mentre aspetti.",
        feast=(6, 24, "Saint John", "San Giovanni"),
    ),
    Store(
        "milano-brera",
        "Milano, Brera",
        "Via Fiori Chiari 9",
        "20121",
        "Milano",
        "MI",
        "+39 02 555 0134",
        ("45.472700", "9.187200"),
        CITY_WEEK,
        "Two floors and a courtyard. Evening and tailoring upstairs, denim and knitwear by the door.",
        "Due piani e un cortile. Sera e sartoria di sopra, denim e maglieria vicino all’ingresso.",
        feast=(12, 7, "Saint Ambrose", "Sant’Ambrogio"),
    ),
    Store(
        "bologna-santo-stefano",
        "Bologna, Santo Stefano",
        "Via Santo Stefano 31",
        "40125",
        "Bologna",
        "BO",
        "+39 051 555 0147",
        ("44.491900", "11.348700"),
        PAUSE_WEEK,
        "Under the arcade, with a bench outside for whoever is waiting. Shoes have a room of their own.",
        "Sotto il portico, con una panca fuori per chi aspetta. Le scarpe hanno una stanza tutta loro.",
        feast=(10, 4, "Saint Petronius", "San Petronio"),
    ),
    Store(
        "firenze-oltrarno",
        "Firenze, Oltrarno",
        "Borgo San Frediano 44",
        "50124",
        "Firenze",
        "FI",
        "+39 055 555 0158",
        ("43.769100", "11.244100"),
        WORKSHOP_WEEK,
        "A small shop among workshops. Bags and leather, and the repairs we send next door.",
        "Un negozio piccolo tra le botteghe. Borse e pelle, e le riparazioni che mandiamo alla porta accanto.",
        pickup=False,
        feast=(6, 24, "Saint John", "San Giovanni"),
    ),
    Store(
        "napoli-chiaia",
        "Napoli, Chiaia",
        "Via Cavallerizza a Chiaia 18",
        "80121",
        "Napoli",
        "NA",
        "+39 081 555 0163",
        ("40.836100", "14.241000"),
        PAUSE_WEEK,
        "Light until late. Linen all year round, and coffee when the fitting rooms are full.",
        "Luce fino a tardi. Lino tutto l’anno, e un caffè quando i camerini sono pieni.",
        feast=(9, 19, "Saint Januarius", "San Gennaro"),
    ),
    Store(
        "london-marylebone",
        "London, Marylebone",
        "27 Chiltern Street",
        "W1U 7PL",
        "London",
        "",
        "+44 20 7946 0171",
        ("51.519800", "-0.155800"),
        LONDON_WEEK,
        "Our only door outside Italy. The whole knitwear wall, coats for real weather, and somebody who speaks Italian.",
        "La nostra unica porta fuori dall’Italia. Tutta la parete della maglieria, cappotti per il tempo vero e qualcuno che parla italiano.",
        country="GB",
        time_zone="Europe/London",
    ),
)


def open_doors(*, actor: Actor, today: datetime) -> dict[str, int]:
    """Furnish the warehouse and open the stores; the ids of the stores by slug."""
    with clock.held_at(today - timedelta(days=400)):
        change_place(actor=actor, place_id=WEB_WAREHOUSE, draft=_warehouse())
        opened = {store.slug: open_store(actor=actor, draft=_draft(store)).id for store in STORES}
    for store in STORES:
        _holidays(actor, opened[store.slug], today.date())
        _feast(actor, opened[store.slug], store, today.date())
    return opened


def _holidays(actor: Actor, place_id: int, today: date) -> None:
    christmas = date(today.year + (today > date(today.year, 12, 26)), 12, 25)
    closed = (
        (christmas, "Christmas Day", "Natale"),
        (christmas + timedelta(days=1), "Boxing Day", "Santo Stefano"),
        (christmas + timedelta(days=7), "New Year’s Day", "Capodanno"),
    )
    for day, note, note_it in closed:
        add_special_day(actor=actor, place_id=place_id, day=day, span=None, note=note, note_it=note_it)
    add_special_day(
        actor=actor,
        place_id=place_id,
        day=christmas - timedelta(days=1),
        span=CHRISTMAS_EVE,
        note="Christmas Eve",
        note_it="Vigilia di Natale",
    )


def _feast(actor: Actor, place_id: int, store: Store, today: date) -> None:
    if store.feast is None:
        return
    month, number, note, note_it = store.feast
    day = date(today.year, month, number)
    if day < today:
        day = date(today.year + 1, month, number)
    add_special_day(actor=actor, place_id=place_id, day=day, span=None, note=note, note_it=note_it)


def _warehouse() -> PlaceDraft:
    return PlaceDraft(
        slug="web-warehouse",
        name="Web warehouse",
        street="Via Leinì 104",
        postcode="10036",
        city="Settimo Torinese",
        province="TO",
        country="IT",
        time_zone="Europe/Rome",
        phone="+39 011 555 0100",
        week={weekday: read_spans("08:00-18:00") for weekday in range(5)},
    )


def _draft(store: Store) -> PlaceDraft:
    return PlaceDraft(
        slug=store.slug,
        name=store.name,
        street=store.street,
        postcode=store.postcode,
        city=store.city,
        province=store.province,
        country=store.country,
        time_zone=store.time_zone,
        phone=store.phone,
        words=store.words,
        words_it=store.words_it,
        latitude=Decimal(store.position[0]),
        longitude=Decimal(store.position[1]),
        pickup=store.pickup,
        week={weekday: read_spans(hours) for weekday, hours in enumerate(store.week)},
    )


def fill_rails(*, actor: Actor, today: datetime, stores: dict[str, int], products: dict[str, int]) -> None:
    """Each store has its own choice of what the web sells, and its own last sizes; one count was put right."""
    chance = Random(SEED)
    found = products_by_ids(products.values())
    first: dict[int, tuple[int, int]] = {}
    with clock.held_at(today - timedelta(days=70)):
        for slug, place_id in stores.items():
            chosen = [product for product in found if chance.random() < SHARE]
            delivery = {
                variant.id: chance.choice(PIECES)
                for product in chosen
                for variant in product.variants
                if variant.tracked and chance.random() < SIZES
            }
            receive(actor=actor, place_id=place_id, wanted=delivery, reason="First delivery", batch=slug)
            first[place_id] = min(delivery.items())
    with clock.held_at(today - timedelta(days=3)):
        for place_id, (variant_id, pieces) in first.items():
            correct(
                actor=actor,
                variant_id=variant_id,
                place_id=place_id,
                counted=pieces - 1,
                reason="One hung in the window and faded",
            )
