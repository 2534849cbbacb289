from __future__ import annotations

import pytest
from flask import Flask

from foundation.accounts import actions
from foundation.db import unit_of_work
from tests.foundation.anna import ANNA, SYSTEM


@pytest.fixture
def anna(app: Flask) -> dict[str, str]:
    with app.app_context(), unit_of_work():
        actions.sign_up(actor=SYSTEM, language="it", **ANNA)
    return ANNA
