"""What lies in the shop while it is measured: a rail of products, an editor, a link."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import select

from editors.links.actions import make_link
from editors.links.models import LinkTarget
from editors.looks.actions import LookDraft, PieceDraft, draft_look, keep_picture, publish_look
from editors.looks.models import Occasion
from editors.membership.actions import apply, decide
from foundation import clock
from foundation.accounts.models import Account
from foundation.actors import Actor
from foundation.db import db, unit_of_work
from foundation.money import Money
from storefront.catalog.actions import attach_picture, save_product
from storefront.catalog.drafts import PictureDraft, ProductDraft, VariantDraft
from storefront.catalog.models import ProductStatus, Variant
from wsgi import create_app

HOUSE = Actor.system("benchmarks")
PRODUCTS, PIECES = 60, 3
LOOKS, IN_A_LOOK = 12, 5
SIZES = ("XS", "S", "M", "L", "XL")
PLENTY = 1_000_000
STORY = (
    "<p>Cut from a dense twill that was washed once before it was sewn, so that it keeps its shape. "
    "The shoulder is soft, the sleeve is set a little forward, and the hem lies flat over trousers.</p>"
)


@dataclass(frozen=True)
class Shelf:
    """What the measures need to know of the shop."""

    database_url: str
    code: str
    product_path: str
    look_path: str
    variant_ids: tuple[int, ...]


def fill(database_url: str, home: Path) -> Shelf:
    """Migrate an empty database and put the shop into it, through everybody's actions."""
    app = create_app({"DATABASE_URL": database_url, "DATA_DIR": str(home / "data"), "LOG_LEVEL": "WARNING"})
    with app.app_context():
        upgrade()
        with unit_of_work():
            products = [_product(number) for number in range(PRODUCTS)]
            medium = select(Variant).where(Variant.option_values == ["M"])
            in_m = {variant.product_id: variant.id for variant in db.session.scalars(medium)}
            editor_id = _editor()
            link = make_link(
                actor=HOUSE, editor_id=editor_id, target=LinkTarget.PRODUCT, product_id=products[0]
            )
            looks = [_look(editor_id, products[at : at + IN_A_LOOK], at) for at in range(LOOKS)]
            shelf = Shelf(
                database_url=database_url,
                code=link.code,
                product_path="/shop/corso-jacket-0",
                look_path=f"/looks/{looks[0]}",
                variant_ids=tuple(in_m[product_id] for product_id in products[:PIECES]),
            )
        db.engine.dispose()
    return shelf


def _product(number: int) -> int:
    product = save_product(
        actor=HOUSE,
        draft=ProductDraft(
            handle=f"corso-jacket-{number}",
            title=f"Corso jacket {number}",
            title_it=f"Giacca Corso {number}",
            description=STORY,
            description_it=STORY,
            category="jackets-and-coats",
            colour="Navy",
            colour_it="Blu notte",
            fabric="Cotton twill, 98 % cotton",
            fabric_it="Twill di cotone, 98 % cotone",
            care="Wash at 30 degrees, inside out",
            care_it="Lavare a 30 gradi, al rovescio",
            option_names=["Size"],
            variants=[
                VariantDraft(
                    price=Money(8000 + number, "EUR"), option_values=[size], on_hand=PLENTY, tracked=True
                )
                for size in SIZES
            ],
            status=ProductStatus.ACTIVE,
            published_at=clock.now(),
        ),
    )
    for view in ("front", "back"):
        stem = f"{number:030d}{view}"
        draft = PictureDraft(
            alt=f"The jacket from the {view}",
            small_key=f"{stem}-small.webp",
            medium_key=f"{stem}-medium.webp",
            large_key=f"{stem}-large.webp",
            width=720,
            height=900,
        )
        attach_picture(actor=HOUSE, product_id=product.id, rendition=draft)
    return product.id


def _look(editor_id: int, product_ids: list[int], number: int) -> str:
    """A look on show, with the picture its job would have made; its slug."""
    draft = LookDraft(
        title=f"Carry-on only {number}",
        story="Two days away, one small bag. The jacket travels on you, the blouse goes to dinner.",
        occasion=Occasion.AWAY,
        pieces=tuple(PieceDraft(one) for one in product_ids),
    )
    look = draft_look(actor=HOUSE, editor_id=editor_id, draft=draft)
    publish_look(actor=HOUSE, look_id=look.id, editor_id=editor_id)
    keys = [f"{number:034d}look-{size}.webp" for size in ("small", "medium", "large")]
    keep_picture(look_id=look.id, version=look.version, keys=keys)
    return look.slug


def _editor() -> int:
    account = Account(
        email="giulia@example.test",
        name="Giulia Ferri",
        password_hash="!",
        language="en",
        created_at=clock.now(),
        email_verified_at=clock.now(),
    )
    db.session.add(account)
    db.session.flush()
    application = apply(
        actor=account.as_person(),
        account_id=account.id,
        name="Giulia Ferri",
        city="Torino",
        words="My sister, who starts a new job on Monday and owns one blazer.",
        handle_wish="giulia",
        answers={},
    )
    editor = decide(actor=HOUSE, application_id=application.id, approve=True, reply="Welcome.")
    if editor is None:
        raise RuntimeError("the application was not approved")
    return editor.id
