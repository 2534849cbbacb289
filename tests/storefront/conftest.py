import pytest

from foundation import clock
from foundation.accounts.models import Account
from foundation.db import db


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
