"""One message of Stripe's that comes in at two processes at once, with its twin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import Insert

from foundation.db import db
from foundation.payments import inbox
from foundation.payments.messages import Message
from foundation.payments.models import StripeEvent
from tests.races import at_once, without_unique

MESSAGE = Message("evt_1", "transfer.created", "transfer", "tr_demo_1", None, False, "stripe:tr_demo_1")


@pytest.fixture
def received_twice(app, work) -> Callable[[], int]:
    """One message comes in at two processes at once: the rows there are then."""

    def run() -> int:
        assert at_once(app, *[lambda: inbox.receive(MESSAGE)] * 2) == []
        with work():
            return db.session.scalars(select(func.count()).select_from(StripeEvent)).one()

    return run


def test_a_message_that_comes_in_twice_at_once_is_kept_once(received_twice):
    assert received_twice() == 1


def test_without_the_constraint_it_is_kept_twice(received_twice, work, monkeypatch):
    """The twin."""
    monkeypatch.setattr(Insert, "on_conflict_do_nothing", lambda self, **_named: self)
    with without_unique(work, "uq_stripe_events_event_id"):
        assert received_twice() == 2
