"""Pictures of a product: what stays in sight, hung again, ordered by dragging; and the table of sizes."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from foundation.accounts.permissions import Role
from foundation.db import db
from storefront.catalog.actions import attach_picture
from storefront.catalog.drafts import PictureDraft
from storefront.catalog.queries import pictures_of
from tests.storefront.shelf import CLERK, put_on_shelf


@pytest.fixture
def clerk(desk_of):
    return desk_of(Role.CATALOGUE)


@pytest.fixture
def jacket(work) -> int:
    with work():
        product = put_on_shelf()
        for name in ("front", "back", "detail"):
            keys = {f"{size}_key": f"{name}-{size}.webp" for size in ("small", "medium", "large")}
            hung = PictureDraft(alt=name, width=900, height=1125, **keys)
            attach_picture(actor=CLERK, product_id=product.id, rendition=hung)
        return product.id


def order(product_id: int) -> list[str]:
    return [picture.alt for picture in pictures_of(product_id)]


def ids(product_id: int) -> list[int]:
    return [picture.id for picture in pictures_of(product_id)]


def test_a_crop_is_kept_with_the_words_and_honoured_in_cards_and_gallery(clerk, client, jacket, work) -> None:
    with work():
        cover = ids(jacket)[0]
    assert "focus--" not in client.get("/shop").text
    words = {"alt": "front", "alt_it": "davanti", "focus": "top"}
    room = f"/staff/products/{jacket}/pictures"
    assert clerk.post(f"{room}/{cover}/words", data=words).status_code == 303
    for path in ("/shop", "/shop/corso-denim-jacket", room):
        assert 'class="focus focus--top"' in client.get(path).text + clerk.get(path).text
    assert clerk.post(f"{room}/{cover}/words", data=words | {"focus": "sideways"}).status_code == 400
    assert clerk.post(f"{room}/{cover}/words", data=words | {"focus": "   "}).status_code == 400
    assert 'class="focus focus--top"' in client.get("/shop").text, "what no list offers changes nothing"


def test_a_picture_taken_down_can_be_hung_again_where_it_was(clerk, jacket, work) -> None:
    room = f"/staff/products/{jacket}/pictures"
    with work():
        back = ids(jacket)[1]
    clerk.post(f"{room}/{back}/remove")
    with work():
        assert order(jacket) == ["front", "detail"]
        act = db.session.scalar(
            text("SELECT max(id) FROM audit_rows WHERE action = 'catalog.remove_picture'")
        )
    assert "Hang it again" in clerk.get(room).text
    assert "It hangs where it was." in clerk.post(f"{room}/again/{act}", follow_redirects=True).text
    with work():
        assert order(jacket) == ["front", "back", "detail"]
        assert [picture.position for picture in pictures_of(jacket)] == [1, 2, 3]
    assert "Hang it again" not in clerk.get(room).text
    assert clerk.post(f"{room}/again/{act}").status_code == 404
    assert clerk.post(f"{room}/again/999999").status_code == 404


def test_pictures_hang_in_the_order_they_were_dragged_to(clerk, jacket, work) -> None:
    with work():
        front, _, detail = ids(jacket)
    clerk.post(f"/staff/products/{jacket}/pictures/order", data={"picture": [detail, front, 999, "x"]})
    with work():
        assert order(jacket) == ["detail", "front", "back"]
