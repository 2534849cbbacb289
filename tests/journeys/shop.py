"""The small shop of the journeys: three products, one editor with one look, and those who work there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from editors.links.actions import make_link
from editors.links.models import LinkTarget
from editors.looks.actions import LookDraft, PieceDraft, draft_look, publish_look
from editors.looks.models import Occasion
from editors.membership.actions import apply, decide
from editors.profiles.actions import Said, change_profile
from foundation import clock
from foundation.accounts.permissions import Role
from foundation.actors import Actor
from foundation.money import Money
from storefront.catalog.actions import save_product
from storefront.catalog.drafts import ProductDraft, VariantDraft
from storefront.catalog.models import ProductStatus
from storefront.catalog.queries import products_by_ids
from storefront.places.actions import PlaceDraft, add_special_day, open_store
from storefront.places.policy import read_spans
from storefront.stock.keeping import receive

HOUSE = Actor.system("journeys")
CODE = "carryon"

# What is said of a piece, in both languages; the price is that of the worked example.
PIECES: dict[str, dict[str, Any]] = {
    "lina-blouse": {
        "title": "Lina blouse",
        "title_it": "Camicetta Lina",
        "minor": 5000,
        "category": "tops",
        "colour": "Ivory",
        "colour_it": "Avorio",
        "description": "Silk that falls softly.",
        "description_it": "Seta che cade morbida.",
    },
    "corso-denim-jacket": {
        "title": "Corso denim jacket",
        "title_it": "Giacca di jeans Corso",
        "minor": 8000,
        "category": "outerwear",
        "colour": "Indigo",
        "colour_it": "Indaco",
        "description": "Stiff at first, yours in a month.",
        "description_it": "Rigida all'inizio, tua in un mese.",
    },
    "porta-shirt": {
        "title": "Porta shirt",
        "title_it": "Camicia Porta",
        "minor": 3000,
        "category": "tops",
        "colour": "Blue stripe",
        "colour_it": "Righe blu",
        "description": "A shirt with a spine.",
        "description_it": "Una camicia con carattere.",
    },
}
LOOK = (("lina-blouse", 1), ("corso-denim-jacket", 1), ("porta-shirt", 2))
MakeAccount = Callable[..., int]


@dataclass(frozen=True)
class Town:
    """Everybody and everything by id; `sara` prepares and hands over, `luca` approves, `olga` owns."""

    products: dict[str, int]
    giulia: int
    editor: int
    look: int
    sara: int
    luca: int
    olga: int
    store: int


def stock_shop(on_hand: int = 20) -> dict[str, int]:
    """The three pieces on sale in S and M; their ids by handle. Runs inside a transaction."""
    return {handle: _product(handle, on_hand) for handle in PIECES}


def make_editor(account_id: int, name: str = "Giulia Ferri", handle: str = "giulia") -> int:
    """An editor by application and approval; the id. Runs inside a transaction."""
    application = apply(
        actor=Actor.person(account_id, name),
        account_id=account_id,
        name=name,
        city="Torino",
        words="My sister, who starts a new job on Monday and owns one blazer.",
        handle_wish=handle,
        answers={},
    )
    editor = decide(actor=HOUSE, application_id=application.id, approve=True, reply="Benvenuta.")
    assert editor is not None
    said = Said(name=name, city="Torino", words="Ciao.", style="1.68")
    change_profile(actor=HOUSE, editor_id=editor.id, said=said)
    return editor.id


def make_look(editor_id: int, products: dict[str, int], code: str = CODE) -> int:
    """The look of the worked example on show, behind `/go/<code>`; the id. Runs inside a transaction."""
    draft = LookDraft(
        title="Carry-on only",
        title_it="Solo bagaglio a mano",
        story="Two days away, one small bag.",
        story_it="Due giorni via, una borsa piccola.",
        occasion=Occasion.AWAY,
        pieces=tuple(PieceDraft(products[handle], quantity) for handle, quantity in LOOK),
    )
    look = draft_look(actor=HOUSE, editor_id=editor_id, draft=draft)
    publish_look(actor=HOUSE, look_id=look.id, editor_id=editor_id)
    make_link(actor=HOUSE, editor_id=editor_id, target=LinkTarget.LOOK, look_id=look.id, code=code)
    return look.id


def open_doors(product_id: int) -> int:
    """A store in Torino, open every day, with two of a product; the id. Runs inside a transaction."""
    draft = PlaceDraft(
        slug="torino",
        name="Torino, Via Po",
        words="Paola pins a hem while you wait.",
        words_it="Paola appunta un orlo mentre aspetti.",
        street="Via Po 1",
        postcode="10123",
        city="Torino",
        country="IT",
        time_zone="Europe/Rome",
        phone="+39 011 555 0112",
        pickup=True,
        week=dict.fromkeys(range(7), read_spans("10:00-13:00, 15:30-19:30")),
    )
    store = open_store(actor=HOUSE, draft=draft)
    day = clock.now().date() + timedelta(days=3)
    add_special_day(actor=HOUSE, place_id=store.id, day=day, span=None, note="Fair", note_it="Fiera")
    (product,) = products_by_ids([product_id])
    two = {product.variants[0].id: 2}
    receive(actor=HOUSE, place_id=store.id, wanted=two, reason="Giulia", batch="first")
    return store.id


def found_town(work: Callable[[], Any], account: MakeAccount) -> Town:
    """The whole small shop, open for business."""
    giulia = account("giulia@example.test", name="Giulia Ferri")
    sara = account("sara@store.test", Role.STORE, name="Sara Neri")
    luca = account("luca@store.test", Role.FINANCE, name="Luca Riva")
    olga = account("olga@store.test", Role.OWNER, name="Olga Sala")
    with work():
        products = stock_shop()
        editor = make_editor(giulia)
        look = make_look(editor, products)
        store = open_doors(products["lina-blouse"])
    return Town(products, giulia, editor, look, sara, luca, olga, store)


def _product(handle: str, on_hand: int) -> int:
    words = dict(PIECES[handle])
    price = Money(words.pop("minor"), "EUR")
    draft = ProductDraft(
        handle=handle,
        option_names=["Size"],
        variants=[
            VariantDraft(price=price, option_values=[size], on_hand=on_hand, tracked=True)
            for size in ("S", "M")
        ],
        status=ProductStatus.ACTIVE,
        published_at=clock.now(),
        **words,
    )
    return save_product(actor=HOUSE, draft=draft).id
