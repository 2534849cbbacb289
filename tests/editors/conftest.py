"""People, products and looks the tests of editors begin with; made by the same actions as everybody's."""

from typing import Any

import pytest
from sqlalchemy import text

from editors.links.actions import make_link
from editors.links.models import LinkTarget
from editors.looks.actions import LookDraft, PieceDraft, draft_look, publish_look
from editors.looks.models import Occasion
from editors.membership.actions import apply, decide
from foundation import clock
from foundation.accounts.models import Account
from foundation.actors import Actor
from foundation.db import db
from foundation.money import Money
from storefront.catalog.actions import save_product
from storefront.catalog.drafts import ProductDraft, VariantDraft
from storefront.catalog.models import ProductStatus

STAFF = Actor.system("tests")


def make_account(name: str = "Giulia Ferri", language: str = "en") -> int:
    """An account as signing up leaves it; its id."""
    account = Account(
        email=f"{name.split(maxsplit=1)[0].lower()}@example.test",
        name=name,
        password_hash="!",
        language=language,
        created_at=clock.now(),
    )
    db.session.add(account)
    db.session.flush()
    return account.id


def make_application(account_id: int, name: str = "Giulia Ferri", handle: str = "giulia", **more: Any) -> int:
    """An application that waits; its id."""
    return apply(
        actor=Actor.person(account_id, name),
        account_id=account_id,
        name=name,
        city="Torino",
        words="My sister, who starts a new job on Monday and owns one blazer.",
        handle_wish=handle,
        answers=more,
    ).id


def make_editor(name: str = "Giulia Ferri", handle: str = "giulia") -> int:
    """An editor, by application and approval; the id."""
    application_id = make_application(make_account(name), name, handle)
    editor = decide(actor=STAFF, application_id=application_id, approve=True, reply="Welcome.")
    assert editor is not None
    return editor.id


def make_product(
    handle: str = "corso-denim-jacket", title: str = "Corso denim jacket", minor: int = 8000, **more: Any
) -> int:
    """A product on sale in S, M and L, five of each unless told otherwise; its id."""
    stock = more.pop("stock", {"S": 5, "M": 5, "L": 5})
    product = save_product(
        actor=STAFF,
        draft=ProductDraft(
            handle=handle,
            title=title,
            title_it=more.pop("title_it", None),
            colour="Indigo",
            colour_it="Indaco",
            category=more.pop("category", "outerwear"),
            option_names=["Size"],
            variants=[
                VariantDraft(price=Money(minor, "EUR"), option_values=[size], on_hand=number, tracked=True)
                for size, number in stock.items()
            ],
            status=ProductStatus.ACTIVE,
            published_at=clock.now(),
            **more,
        ),
    )
    return product.id


def make_look(editor_id: int, product_ids: list[int], title: str = "Carry-on only", **more: Any) -> int:
    """A published look; its id. `quantities` maps product ids to how many."""
    quantities = more.pop("quantities", {})
    draft = LookDraft(
        title=title,
        story=more.pop("story", "Two days away, one small bag."),
        occasion=more.pop("occasion", Occasion.AWAY),
        pieces=tuple(PieceDraft(one, quantities.get(one, 1)) for one in product_ids),
        **more,
    )
    look = draft_look(actor=STAFF, editor_id=editor_id, draft=draft)
    return publish_look(actor=STAFF, look_id=look.id, editor_id=editor_id).id


@pytest.fixture
def giulia(work, client_of):
    """An editor at their desk, with a look on show of two pieces and the plain link to it."""
    with work():
        editor = make_editor()
        products = [make_product(), make_product("sera-silk-blouse", "Sera silk blouse")]
        look = make_look(editor, products)
        link = make_link(actor=STAFF, editor_id=editor, target=LinkTarget.LOOK, look_id=look)
        account = db.session.scalar(text("SELECT account_id FROM editors"))
        return editor, client_of(account), look, link.code, products
