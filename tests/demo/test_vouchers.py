"""The vouchers of the demo's shop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from demo.story.vouchers import print_codes
from foundation import clock
from foundation.actors import Actor
from foundation.db import db
from storefront.catalog.categories import way_to
from storefront.promotions.models import Voucher, VoucherStatus
from storefront.promotions.policy import Kind, Way


def test_every_way_to_give_something_is_there_and_one_needs_no_code(work: Callable[[], Any]) -> None:
    with work():
        print_codes(actor=Actor.system("demo"), today=clock.now())
    with work():
        made = list(db.session.scalars(select(Voucher)))
        # Whose credit is an account's own, staff print none.
        assert {one.kind for one in made} == set(Kind) and {one.way for one in made} == set(Way) - {Way.OWN}
        assert {one.status for one in made} == set(VoucherStatus)
        assert any(one.ends_at and one.ends_at < clock.now() for one in made)
        assert all(way_to(key)[0] != key for one in made for key in one.categories)
