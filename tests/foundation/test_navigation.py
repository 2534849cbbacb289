"""A navigation shows its reader where they may go, and where they are."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel
from flask_login import LoginManager, UserMixin, login_user

from foundation.accounts.permissions import Permission
from foundation.web import navigation, slots
from foundation.web.navigation import Entry


class Reader(UserMixin):
    id = "1"
    permissions = frozenset({Permission.ORDERS_VIEW})


@pytest.fixture
def shop() -> Iterator[Flask]:
    app = Flask(__name__, template_folder="none")
    app.secret_key = "only for this test"
    Babel(app)
    manager = LoginManager(app)
    manager.user_loader(lambda _id: Reader())
    slots.init_app(app)
    for name in ("shop", "orders", "orders.one", "payouts"):
        app.add_url_rule(f"/{name}", name, lambda: "")
    return app


def test_entries_come_in_order_with_their_addresses(shop: Flask) -> None:
    navigation.add(shop, "nav", Entry("Orders", "orders"), order=20)
    navigation.add(shop, "nav", Entry("Shop", "shop"), order=10)
    with shop.test_request_context("/shop"):
        assert [(item.label, item.href) for item in navigation.items("nav")] == [
            ("Shop", "/shop"),
            ("Orders", "/orders"),
        ]


def test_the_entry_of_this_page_and_of_its_relatives_is_the_current_one(shop: Flask) -> None:
    navigation.add(shop, "nav", Entry("Shop", "shop"))
    navigation.add(shop, "nav", Entry("Orders", "orders", belongs=("orders.",)))
    for path, current in (
        ("/shop", [True, False]),
        ("/orders", [False, True]),
        ("/orders.one", [False, True]),
    ):
        with shop.test_request_context(path):
            assert [item.current for item in navigation.items("nav")] == current


def test_an_entry_that_needs_a_permission_is_shown_to_its_holders_only(shop: Flask) -> None:
    navigation.add(shop, "nav", Entry("Orders", "orders", permission=Permission.ORDERS_VIEW))
    navigation.add(shop, "nav", Entry("Payouts", "payouts", permission=Permission.PAYOUTS_APPROVE))
    with shop.test_request_context("/shop"):
        assert navigation.items("nav") == []
        login_user(Reader())
        assert [item.label for item in navigation.items("nav")] == ["Orders"]


def test_nothing_is_counted_for_an_entry_that_is_not_shown(shop: Flask) -> None:
    def never() -> int:
        raise AssertionError("counted for nobody")

    navigation.add(
        shop, "nav", Entry("Payouts", "payouts", permission=Permission.PAYOUTS_APPROVE, count=never)
    )
    navigation.add(shop, "nav", Entry("Orders", "orders", shown=lambda: False, count=never))
    with shop.test_request_context("/shop"):
        assert navigation.items("nav") == []


def test_lines_are_grouped_in_the_order_in_which_they_come(shop: Flask) -> None:
    for group, name in (("Store", "shop"), ("Store", "orders"), ("Money", "payouts")):
        navigation.add(shop, "nav", Entry(name, name, group=group))
    with shop.test_request_context("/shop"):
        groups = [(name, len(lines)) for name, lines in navigation.grouped(navigation.items("nav"))]
    assert groups == [("Store", 2), ("Money", 1)]


def test_a_group_stands_once_however_its_lines_are_ordered(shop: Flask) -> None:
    navigation.add(shop, "nav", Entry("Orders", "orders", group="Shop floor"), order=10)
    navigation.add(shop, "nav", Entry("People", "shop", group="House"), order=20)
    navigation.add(shop, "nav", Entry("Payouts", "payouts", group="Shop floor"), order=30)
    with shop.test_request_context("/shop"):
        groups = [
            (name, [item.label for item in lines])
            for name, lines in navigation.grouped(navigation.items("nav"))
        ]
    assert groups == [("Shop floor", ["Orders", "Payouts"]), ("House", ["People"])]
