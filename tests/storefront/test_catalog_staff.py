"""The catalogue's room on the staff desk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from foundation import clock
from foundation.accounts.models import Account, RoleGrant
from foundation.accounts.permissions import Role
from foundation.db import db
from tests.storefront.shelf import put_on_shelf

Work = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def jacket(work: Work) -> int:
    with work():
        return put_on_shelf(colour="Indigo", stock={"S": 0, "M": 2}).id


@pytest.fixture
def staff(work: Work, client_of: Callable[[int], FlaskClient]) -> Callable[[Role], FlaskClient]:
    """`staff(role)` is the browser of somebody who holds that one role."""

    def sign_in(role: Role) -> FlaskClient:
        with work():
            moment = clock.now()
            carla = Account(
                email="carla@example.test", name="Carla", password_hash="!", language="en", created_at=moment
            )
            db.session.add(carla)
            db.session.flush()
            db.session.add(RoleGrant(account_id=carla.id, role=role, granted_by="a test", granted_at=moment))
            number = carla.id
        return client_of(number)

    return sign_in


@pytest.fixture
def clerk(staff: Callable[[Role], FlaskClient]) -> FlaskClient:
    return staff(Role.CATALOGUE)


def test_the_list_shows_status_and_stock_and_finds_by_article_number(clerk: FlaskClient, jacket: int) -> None:
    page = clerk.get("/staff/products").text
    assert "Corso denim jacket, indigo" in page and "in the shop" in page
    assert "Corso" in clerk.get("/staff/products?q=denim-jacket-M").text
    assert "No product has that" in clerk.get("/staff/products?q=%25").text
    assert clerk.get("/staff/products?page=0").status_code == 200


def test_a_product_is_archived_and_put_back_with_a_reason(
    clerk: FlaskClient, jacket: int, work: Work
) -> None:
    room = f"/staff/products/{jacket}"
    assert clerk.get(room).status_code == 200
    refused = clerk.post(f"{room}/standing", data={"to": "archived", "reason": "  "})
    assert refused.status_code == 422 and "Say why, in a few words." in refused.text
    assert clerk.get("/shop/corso-denim-jacket").status_code == 200
    page = clerk.post(
        f"{room}/standing", data={"to": "archived", "reason": "Last season"}, follow_redirects=True
    ).text
    assert "Corso denim jacket: archived." in page and "Last season" in page
    assert clerk.get("/shop/corso-denim-jacket").status_code == 404
    clerk.post(f"{room}/standing", data={"to": "active", "reason": "It sells again"})
    assert clerk.get("/shop/corso-denim-jacket").status_code == 200
    with work():
        acts = db.session.execute(
            text("SELECT action, actor_label, reason FROM audit_rows WHERE reason IS NOT NULL ORDER BY id")
        ).all()
    assert [tuple(act) for act in acts] == [
        ("catalog.archive_product", "Carla", "Last season"),
        ("catalog.activate_product", "Carla", "It sells again"),
    ]


def test_archiving_twice_is_refused_and_says_so(clerk: FlaskClient, jacket: int) -> None:
    clerk.post(f"/staff/products/{jacket}/standing", data={"to": "archived", "reason": "Last season"})
    assert (
        clerk.post(
            f"/staff/products/{jacket}/standing", data={"to": "archived", "reason": "Again"}
        ).status_code
        == 409
    )


@pytest.mark.parametrize("role", [Role.STORE, Role.FINANCE, Role.COMMUNITY])
def test_other_staff_stay_outside(role: Role, staff: Callable[[Role], FlaskClient], jacket: int) -> None:
    client = staff(role)
    assert client.get("/staff/products").status_code == 403
    assert (
        client.post(f"/staff/products/{jacket}/standing", data={"to": "archived", "reason": "x"}).status_code
        == 403
    )


def test_a_product_that_does_not_exist_is_not_found(clerk: FlaskClient) -> None:
    assert clerk.get("/staff/products/999999").status_code == 404
    assert (
        clerk.post("/staff/products/999999/standing", data={"to": "archived", "reason": "x"}).status_code
        == 404
    )
