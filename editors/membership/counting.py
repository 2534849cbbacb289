"""How often the programme is seen and an application begun: a number a day, and nothing of who it was."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert

from editors.membership.models import ProgrammeCount
from foundation import clock
from foundation.db import db
from foundation.settings import current

SEEN, BEGUN = "seen", "begun"


def count(step: str, times: int = 1) -> None:
    """So many more today."""
    table = cast(Table, ProgrammeCount.__table__)
    row = insert(table).values(day=_today(), step=step, number=times)
    more: dict[str, Any] = {"number": table.c.number + times}
    db.session.execute(row.on_conflict_do_update(index_elements=["day", "step"], set_=more))


def _today() -> date:
    return clock.now().astimezone(ZoneInfo(current().timezone)).date()
