"""A run over everybody asks PostgreSQL the same, whether fifty are in it or five hundred."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Select, func, select

from benchmarks.payrolls import CURRENCY, FROM, MINIMUM_MINOR, PER_EDITOR, fill_payroll
from commissions.accruals.models import PayableMovement
from commissions.payouts.actions import prepare_run
from commissions.payouts.approving import approve_run
from commissions.payouts.giving_back import leave_out, send_back
from commissions.payouts.models import Payout
from foundation import clock as shop_clock
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.money import Money
from tests.commissions.sales import TESTS

MOST = 6


@pytest.fixture
def prepare(shop, work, statements):
    """Prepare a run by Sara; its id, and how many statements it took."""

    def run() -> tuple[int, int]:
        with work(), statements() as seen:
            made = prepare_run(
                actor=TESTS,
                account_id=shop.sara_id,
                currency=CURRENCY,
                minimum=Money(MINIMUM_MINOR, CURRENCY),
            )
            return made.id, seen.count

    return run


def counted(statements, work, act) -> int:
    with work(), statements() as seen:
        act()
    return int(seen.count)


def by_status(work, of: Select[Any]) -> dict[str, int]:
    found = of.subquery()
    with work():
        rows = db.session.execute(select(found.c.status, func.count()).group_by(found.c.status))
        return {row[0]: row[1] for row in rows}


def life_of_a_run(shop, work, statements, prepare, run_jobs) -> tuple[int, list[int]]:
    """Prepared, sent back, prepared again, one left out, approved, paused for want of money: the run, and
    what each step took.
    """
    taken = []
    run_id, count = prepare()
    taken.append(count)
    taken.append(
        counted(statements, work, lambda: send_back(actor=TESTS, run_id=run_id, reason="Once more."))
    )
    run_id, count = prepare()
    taken.append(count)
    with work():
        last = db.session.scalars(
            select(Payout.id).where(Payout.run_id == run_id).order_by(Payout.id.desc()).limit(1)
        ).one()
    taken.append(
        counted(statements, work, lambda: leave_out(actor=TESTS, payout_id=last, reason="In January."))
    )
    taken.append(
        counted(statements, work, lambda: approve_run(actor=TESTS, account_id=shop.luca_id, run_id=run_id))
    )
    with statements() as seen:
        run_jobs("commissions.send_run")
    taken.append(sum("payout" in one for one in seen.sql))
    return run_id, taken


def test_a_run_takes_as_many_statements_for_five_hundred_as_for_fifty(
    shop, db_url, work, clock, statements, prepare, run_jobs
):
    taken = []
    for editors, first in ((50, FROM), (500, 2 * FROM)):
        fill_payroll(db_url, editors=editors, runs=1, now=shop_clock.now(), first=first)
        run_id, steps = life_of_a_run(shop, work, statements, prepare, run_jobs)
        taken.append(steps)
        below = editors // 20 + (editors % 20 > 0)
        with work():
            # Who is below the minimum or left out is in no run; of the others all that is unpaid.
            free = select(func.count()).where(
                PayableMovement.payout_id.is_(None), PayableMovement.editor_id >= first
            )
            assert db.session.scalar(free) == (below + 1) * PER_EDITOR
            made = select(Payout).where(Payout.run_id == run_id, Payout.editor_id >= first)
            mine = made.where(Payout.status != "cancelled").subquery()
            carried = select(func.sum(PayableMovement.amount_minor)).join(
                mine, mine.c.id == PayableMovement.payout_id
            )
            assert db.session.scalar(select(func.sum(mine.c.amount_minor))) == db.session.scalar(carried)
            noted = select(func.count()).where(
                AuditRow.action == "payouts.paused", AuditRow.reason == "balance_short"
            )
            paused = db.session.scalar(noted.where(AuditRow.subject_id.in_(select(mine.c.id))))
        found = by_status(work, made)
        assert found == {"cancelled": 1, "blocked": editors // 10 - below, "paused": paused}
        assert sum(found.values()) == editors - below
    assert taken[0] == taken[1]
    # Leaving somebody out is about one of them: it takes seven, whatever the size.
    prepared, sent_back, prepared_again, _, approved, paused = taken[0]
    assert max(prepared, sent_back, prepared_again, approved, paused) <= MOST, taken
