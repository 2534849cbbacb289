from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from foundation import clock, payments
from foundation.accounts.models import Account, RoleGrant
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.payments import objects
from tests.storefront.goods import shelf
from tests.storefront.parcels import ordered


@pytest.fixture
def account(work) -> int:
    """Somebody with an account; its number."""
    with work():
        person = Account(
            email="anna@example.test",
            name="Anna Moro",
            password_hash="-",
            language="en",
            created_at=clock.now(),
            session_epoch=0,
        )
        db.session.add(person)
        db.session.flush()
        return person.id


@pytest.fixture
def desk_of(work, client_of: Callable[[int], FlaskClient]) -> Callable[[Role], FlaskClient]:
    """`desk_of(role)` is the browser of somebody on the staff who holds that one role."""

    def sign_in(role: Role) -> FlaskClient:
        with work():
            moment = clock.now()
            carla = Account(
                email=f"{role}@example.test",
                name="Carla",
                password_hash="!",
                language="en",
                created_at=moment,
                email_verified_at=moment,
            )
            db.session.add(carla)
            db.session.flush()
            db.session.add(RoleGrant(account_id=carla.id, role=role, granted_by="a test", granted_at=moment))
            db.session.flush()
            number = carla.id
        return client_of(number)

    return sign_in


@pytest.fixture
def stripe(monkeypatch):
    """Stripe gives back whatever it is asked, once a key."""
    made: dict[str, objects.Refund] = {}

    def refund(*, payment_intent, amount, idempotency_key, metadata):
        return made.setdefault(
            idempotency_key,
            objects.Refund(
                id=f"re_{len(made)}",
                payment_intent=payment_intent,
                charge="ch_1",
                amount=amount,
                status="succeeded",
                reason=None,
                created=clock.now(),
                metadata=metadata or {},
            ),
        )

    monkeypatch.setattr(payments, "refund", refund)
    return made


@pytest.fixture
def shirt(work) -> int:
    with work():
        return shelf("shirt", 3000, 60)


@pytest.fixture
def paid(work, shirt, run_jobs) -> int:
    with work():
        order_id = ordered(shirt)
    run_jobs()
    return order_id
