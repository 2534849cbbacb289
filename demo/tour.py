"""What the demo prints when it is up: the address, the log-ins, and five steps through the house."""

from __future__ import annotations

from demo.story import worked_example
from demo.story.people import EDITORS, PASSWORD, PEOPLE

EDITOR = next(person for person in EDITORS if person.email == "editor@demo.test")


def welcome(port: int) -> str:
    """The text for the terminal."""
    address = f"http://127.0.0.1:{port}"
    logins = [(person.email, person.purpose) for person in PEOPLE]
    logins.insert(1, (EDITOR.email, f"{EDITOR.name}, style editor"))
    lines = [
        "",
        f"  Vetrina is open: {address}",
        "",
        f"  Sign in at {address}/account/sign-in with the password {PASSWORD}",
        *(f"    {email:<20} {purpose}" for email, purpose in logins),
        "",
        "  Five steps through the house",
        f"  1  A friend's link: {address}/go/{worked_example.CODE}",
        f"     It leads to “{worked_example.TITLE}” by {EDITOR.name}. Choose your sizes and add the look to the bag: 190.00.",
        "  2  Check out as a guest and press “Pay” on the stand-in for Stripe. No money moves.",
        f"     As {EDITOR.email}, {address}/studio shows 18.67 pending, and why.",
        f"  3  As store@demo.test, open the order at {address}/staff/orders:",
        "     mark it delivered and refund one shirt. 15.72 stay pending.",
        f"  4  Move the clock 31 days on: {address}/_sandbox/",
        f"     As finance@demo.test, {address}/staff/payouts: open the run that waits and approve it. The code you are",
        "     asked for stands on the page; press Approve once more after it. Then, on the same page, prepare the next run.",
        "     As owner@demo.test, approve that one: who prepares cannot approve. One transfer of 15.72 goes to Giulia.",
        f"  5  As {EDITOR.email}, read the statement: {address}/studio/statements",
        "     Then, as store@demo.test, refund the jacket of that order too: she owes 7.86, netted from the next payout.",
        "",
        f"  Letters nobody sent: {address}/outbox     Every component: {address}/styleguide",
        "  Ctrl-C stops everything this command started.",
        "",
    ]
    return "\n".join(lines)
