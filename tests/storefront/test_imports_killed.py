"""`kill -9` of the worker in the middle of an import: it is taken up again, and nothing is taken in twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from foundation.accounts.permissions import Role
from tests.commissions.test_killed import House, house
from tests.storefront.shelf import put_on_shelf
from tests.storefront.test_imports import send, shirts

__all__ = ["house"]
NUMBER, BEYOND_THE_FIRST_BATCH = 2500, 1700


@pytest.mark.timeout(300)
def test_an_import_whose_worker_is_killed_is_taken_up_again_and_takes_nothing_in_twice(
    house: House, app: Flask, work: Callable[[], Any], desk_of: Callable[[Role], FlaskClient]
) -> None:
    with work():
        put_on_shelf(f"shirt-{BEYOND_THE_FIRST_BATCH}", stock={"S": 1})
    assert send(desk_of(Role.CATALOGUE), shirts(NUMBER)).status_code == 303
    # The second batch waits for a product that we hold, and its worker dies there.
    with house.holding(f"SELECT 1 FROM products WHERE handle = 'shirt-{BEYOND_THE_FIRST_BATCH}' FOR UPDATE"):
        house.worker()
        house.until_waiting("FROM products")
        house.kill()
    house.until(lambda: not house.one("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"))
    assert house.one("SELECT status || ' ' || products_read FROM import_runs") == "running 1000"
    house.time_passes()
    house.worker()
    house.until(lambda: house.one("SELECT status FROM import_runs") == "done")
    assert (
        house.one(
            "SELECT concat_ws(' ', rows_read, products_read, products_new, products_changed) FROM import_runs"
        )
        == f"{NUMBER * 2} {NUMBER} {NUMBER - 1} 1"
    )
    assert house.one("SELECT count(*) FROM products") == NUMBER
    assert house.one("SELECT count(*) FROM variants WHERE withdrawn_at IS NULL") == NUMBER * 2
    twice = "SELECT count(*) FROM (SELECT FROM stock_movements GROUP BY variant_id HAVING count(*) > 2) twice"
    assert house.one(twice) == 0
    wrong = """
        SELECT count(*) FROM variants v WHERE v.on_hand <> (
            SELECT sum(m.quantity) FROM stock_movements m WHERE m.variant_id = v.id)
    """
    assert house.one(wrong) == 0
