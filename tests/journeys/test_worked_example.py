"""The worked example through the pages: every cent there, in the ledger, and in the proof of the books."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import select

from commissions.ledger.queries import editor_balance
from commissions.payouts.models import Payout
from foundation.accounts import second_factor
from foundation.accounts.models import Account
from foundation.db import db
from stripe_sandbox.store import opened
from tests.journeys import steps
from tests.journeys.shop import found_town


def test_the_worked_example_reaches_its_cents_on_the_pages(
    work: Callable[[], Any],
    account: Callable[..., int],
    new_page: Callable[..., Page],
    run_jobs: Callable[..., int],
    pass_time: Callable[[], None],
    verified: Callable[[], int],
) -> None:
    town = found_town(work, account)
    run_jobs()

    def ledger() -> tuple[int, int, int]:
        """Pending, payable and paid out in the books, which are proved first."""
        assert verified() > 0
        with work():
            balance = editor_balance(town.editor, "EUR")
            return balance.pending.minor, balance.payable.minor, balance.paid_out.minor

    giulia = new_page(account=town.giulia)
    _onboard(giulia)

    # A stranger follows the link and buys the whole look as a guest.
    shopper = new_page()
    steps.follow_link(shopper)
    expect(shopper.locator("[data-look-total]")).to_have_text("€190.00")
    expect(shopper.get_by_text("Shopping with Giulia Ferri")).to_be_visible()
    steps.take_look(shopper)
    prices = shopper.locator(".bag__line .price").all_inner_texts()
    assert [price.split()[0] for price in prices] == ["€50.00", "€80.00", "€60.00"]
    expect(shopper.locator(".summary")).to_contain_text("€190.00")
    steps.fill_checkout(shopper)
    steps.go_to_pay(shopper)
    expect(shopper.get_by_role("heading", name="€190.00")).to_be_visible()
    steps.pay(shopper)
    expect(shopper.locator(".summary")).to_contain_text("€190.00")
    expect(shopper.locator(".summary")).to_contain_text("€34.27")
    number = re.findall(r"V-\d+", shopper.title())[0]

    # The editor sees it pending, and the receipt says how it is made.
    run_jobs()
    assert ledger() == (1867, 0, 0)
    assert steps.money(giulia)["Pending"] == "€18.67"
    assert _receipt(giulia, number) == {
        "Lina blouse": ("50.00", "40.98", "4.91"),
        "Corso denim jacket": ("80.00", "65.57", "7.86"),
        "Porta shirt": ("60.00", "49.18", "5.90"),
        "Today": ("190.00", "155.73", "18.67"),
    }
    expect(giulia.get_by_role("heading", level=1)).to_have_text(f"You earn €18.67 on order {number}")

    # Staff hand over, and one shirt comes back.
    sara = new_page(account=town.sara)
    steps.deliver(sara, number)
    steps.give_back(sara, number, "Porta shirt", 1)
    run_jobs()
    assert ledger() == (1572, 0, 0)
    assert steps.money(giulia)["Pending"] == "€15.72"
    rows = _receipt(giulia, number)
    assert rows["Today"] == ("160.00", "131.14", "15.72")
    refund = next(rows[name] for name in rows if name.startswith("Refund on"))
    assert refund == ("−30.00", "−24.59", "−2.95")
    shopper.reload()
    expect(shopper.locator("main")).to_contain_text("€30.00 back to you")

    # Thirty-one days later it is hers.
    steps.move_clock(sara, 31)
    pass_time()
    assert ledger() == (0, 1572, 0)
    said = steps.money(giulia)
    assert (said["Next payout"], said["Pending"], said["Payable"]) == ("€15.72", "€0.00", "€15.72")

    # Two people send it, the second with a code from the phone.
    address = steps.prepare_run(sara)
    expect(sara.get_by_text("You prepared this run, so someone else has to approve it.")).to_be_visible()
    run_jobs()
    assert ledger() == (0, 1572, 0)

    def code() -> str:
        with work():
            secret = db.session.get_one(Account, town.luca).second_factor_secret
        assert secret is not None
        return second_factor.present_code(secret)

    luca = new_page(account=town.luca, confirmed=False)
    steps.approve_run(luca, address, code)
    run_jobs()
    luca.reload()
    expect(luca.get_by_text("One transfer has gone out.")).to_be_visible()
    assert ledger() == (0, 0, 1572)
    with work():
        payout = db.session.scalars(select(Payout)).one()
        assert payout.amount_minor == 1572
        with opened() as store:
            transfers = [row.body for row in store.find("transfer")]
        assert [(one["amount"], one["currency"]) for one in transfers] == [(1572, "eur")]
        assert transfers[0]["id"] == payout.transfer_id
    said = steps.money(giulia)
    assert (said["Next payout"], said["Paid this year"]) == ("€0.00", "€15.72")
    assert _statement(giulia) == {"Became payable": "15.72", "Paid": "15.72", "At the end": "0.00"}

    # Then the jacket comes back, too.
    steps.give_back(sara, number, "Corso denim jacket", 1)
    run_jobs()
    assert ledger() == (0, -786, 1572)
    assert steps.money(giulia)["You owe"] == "€7.86"
    sara.goto("/staff/payouts")
    expect(sara.locator(".figure", has_text="Debts")).to_contain_text("7.86")
    assert _statement(giulia) == {
        "Became payable": "15.72",
        "Taken back": "−7.86",
        "Paid": "15.72",
        "At the end": "−7.86",
    }


def _onboard(page: Page) -> None:
    """The editor says where the money goes, at Stripe's stand-in."""
    page.goto("/studio/payments")
    page.get_by_role("button", name="Set it up at Stripe").click()
    page.get_by_role("button", name="Everything is filled in").click()
    expect(page.get_by_role("heading", name="Your account is ready")).to_be_visible()


def _receipt(page: Page, number: str) -> dict[str, tuple[str, str, str]]:
    """Paid, base and commission of each row of the receipt."""
    page.goto(f"/studio/orders/{number}")
    rows = steps.table(page, "Lines of the order")
    return {row[0].partition(",")[0]: (row[3], row[4], row[6]) for row in rows}


def _statement(page: Page) -> dict[str, str]:
    """The sums of the newest statement, those that are not nothing and the end."""
    page.goto("/studio/statements")
    page.get_by_role("region", name="Table: Statements").locator("tbody a").first.click()
    lines = [line.inner_text().split("\n") for line in page.locator(".sumline > *").all()]
    said = {line[0].split(" on ")[0].replace("Paid out", "Paid"): line[-1] for line in lines}
    return {name: value for name, value in said.items() if value != "0.00" or name == "At the end"}
