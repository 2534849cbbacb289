"""The faults: what is written instead of what, and which tests have to be red with it."""

from __future__ import annotations

from dataclasses import dataclass

POLICY = "commissions/accruals/policy.py"
LIVES = "tests/commissions/test_lives.py::test_the_decisions_lose_no_cent_in_any_life"
ANSWERS = "tests/commissions/test_lost_answers.py"


@dataclass(frozen=True)
class Fault:
    """`instead` stands where `right` stood, once, in each of the files; one of the `tests` must fail."""

    name: str
    files: tuple[str, ...]
    right: str
    instead: str
    tests: tuple[str, ...]


FAULTS = (
    Fault(
        "the lock is dropped where somebody decides on a run",
        ("foundation/db.py",),
        "        .with_for_update()\n        .execution_options(populate_existing=True)",
        "        .execution_options(populate_existing=True)",
        ("tests/commissions/test_run_races.py::test_a_run_is_approved_or_sent_back_and_never_both",),
    ),
    Fault(
        "the unique index is dropped that keeps one preview at a time",
        ("migrations/versions/0117_early_payouts.py",),
        '        "uq_payout_runs_prepared",\n        "payout_runs",\n        ["currency"],\n'
        "        unique=True,\n        postgresql_where=sa.text(\"status = 'prepared' AND",
        '        "uq_payout_runs_prepared",\n        "payout_runs",\n        ["currency"],\n'
        "        unique=False,\n        postgresql_where=sa.text(\"status = 'prepared' AND",
        ("tests/commissions/test_run_races.py::test_two_people_preparing_at_once_make_one_run",),
    ),
    Fault(
        "the sign of a reversal is turned round",
        (POLICY,),
        "Change(EntryKind.REVERSED, before, house, amount - new_amount)",
        "Change(EntryKind.REVERSED, house, before, amount - new_amount)",
        (LIVES,),
    ),
    Fault(
        "the net price is rounded down",
        ("foundation/money.py",),
        "Money(round_half_up(self.minor * ONE, ONE + tax_bps), self.currency)",
        "Money(self.minor * ONE // (ONE + tax_bps), self.currency)",
        (LIVES,),
    ),
    Fault(
        "one rate is blended over the lines of an order",
        ("commissions/accruals/rating.py",),
        "decide(counting, where[line.product_id]) for line in lines",
        "decide(counting, where[lines[0].product_id]) for line in lines",
        ("tests/commissions/test_rates.py",),
    ),
    Fault(
        "each refund is reckoned by itself, and not what remains",
        (POLICY,),
        "    line = commission_minor(remaining, facts.tax_bps, facts.rate_bps, facts.cap_minor)\n",
        "    line = commission_minor(facts.paid_minor, facts.tax_bps, facts.rate_bps) - commission_minor(\n"
        "        facts.paid_minor - remaining, facts.tax_bps, facts.rate_bps\n    )\n",
        (LIVES,),
    ),
    Fault(
        "the odd cents of a split are lost",
        ("foundation/money.py",),
        "    for index in by_remainder[: size - sum(parts)]:\n        parts[index] += 1\n",
        "    del by_remainder\n",
        (LIVES,),
    ),
    Fault(
        "a dispute holds nothing",
        (POLICY,),
        "    if facts.disputed or facts.stopped:\n",
        "    if facts.stopped:\n",
        (LIVES,),
    ),
    Fault(
        "every try of a transfer has a key of its own",
        ("commissions/payouts/models.py",),
        'return f"payout:{self.id}:transfer:{self.attempt}"',
        'return f"payout:{self.id}:transfer:{self.claimed_at}"',
        (ANSWERS,),
    ),
    Fault(
        "an old call is repeated without looking what came of it",
        ("commissions/payouts/jobs.py",),
        "    found = payments.find_transfer(",
        "    found = None and payments.find_transfer(",
        (ANSWERS,),
    ),
    Fault(
        "debts are not netted by the next run",
        ("commissions/payouts/actions.py",),
        "WHERE payout_id IS NULL AND currency = :currency AND at <= :now\n",
        "WHERE payout_id IS NULL AND currency = :currency AND at <= :now AND amount_minor > 0\n",
        ("tests/commissions/test_preparing.py",),
    ),
    Fault(
        "one person may prepare and approve",
        ("commissions/payouts/approving.py",),
        "    if two and run.prepared_by_id == account_id:\n",
        "    if two and run.prepared_by_id == -1:\n",
        ("tests/commissions/test_sending.py",),
    ),
)
