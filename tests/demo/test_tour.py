"""The tour of `make demo`: its addresses exist, its people may do it, its editor starts at nothing."""

import re

from demo.story import days, money, worked_example
from demo.story.looks import CARRY_ON
from demo.story.people import EDITORS, PEOPLE
from demo.tour import BUSY, EDITOR, welcome
from foundation.accounts.permissions import Permission, permissions_of
from foundation.settings import Settings

ADDRESS = re.compile(r"http://127\.0\.0\.1:8123(/[^\s]*)?")


def test_every_address_of_the_tour_is_a_page_of_the_shop(app):
    paths = [(found or "/").rstrip(".") for found in ADDRESS.findall(welcome(8123))]
    assert {"/", "/studio", "/staff/orders", "/staff/payouts", "/_sandbox/", "/outbox"} <= set(paths)
    routes = app.url_map.bind("127.0.0.1")
    for path in paths:
        if path != "/styleguide":  # for those who build the shop: absent from the tests' application
            assert routes.test(path, method="GET"), path


def test_whoever_the_tour_sends_somewhere_may_do_there_what_it_says():
    told = set(re.findall(r"[a-z.]+@demo\.test", welcome(8123)))
    people = {person.email: permissions_of(frozenset(person.roles)) for person in PEOPLE}
    assert told == {*people, EDITOR.email, BUSY.email}
    assert {Permission.ORDERS_HAND_OVER, Permission.ORDERS_REFUND} <= people["store@demo.test"]
    assert {Permission.PAYOUTS_PREPARE, Permission.PAYOUTS_APPROVE} <= people["finance@demo.test"]
    assert Permission.PAYOUTS_APPROVE in people["owner@demo.test"]
    assert EDITOR in EDITORS


def test_the_tour_tells_the_cents_of_the_worked_example_and_the_look_it_is_about():
    told = welcome(8123)
    assert [told.count(sum) > 0 for sum in ("190.00", "18.67", "15.72", "7.86")] == [True] * 4
    assert f"/go/{worked_example.CODE}" in told
    assert (CARRY_ON.title, CARRY_ON.editor) == (worked_example.TITLE, EDITOR.handle)
    assert sum(quantity for _, quantity in CARRY_ON.pieces) == 4


def test_the_tour_s_editor_is_paid_for_everything_before_the_tour_begins():
    """Whatever chance does, her last sale is delivered, past its returns, and in the run that went out."""
    assert EDITOR.handle == days.PAID_UP
    return_days = Settings.read({}).return_days
    last_sale = days.PAID_UP_UNTIL + 1
    assert last_sale - days.SLOWEST_DELIVERY - return_days > money.FIRST_RUN
    assert all(last_sale <= day <= days.LENGTH for day in days.SURE_SALES)
    assert return_days > days.SLOWEST_RETURN
    assert money.ASKED_FOR_PAPERS != days.PAID_UP
