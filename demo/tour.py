"""What the demo prints when it is up: the address, the log-ins, and five steps through the house."""

from __future__ import annotations

from demo.story import worked_example
from demo.story.people import EDITORS, PASSWORD, PEOPLE

EDITOR = next(person for person in EDITORS if person.email == "editor@demo.test")
# Giulia's books are kept empty for the steps below; a studio in full swing is another's.
BUSY = next(person for person in EDITORS if person.email == "chiara.bassi@demo.test")


def welcome(port: int, *, painting: bool = False) -> str:
    """The text for the terminal. `painting`: not every piece has all its pictures yet."""
    address = f"http://127.0.0.1:{port}"
    logins = [(person.email, person.purpose) for person in PEOPLE]
    logins.insert(1, (EDITOR.email, f"{EDITOR.name}, style editor: the steps below are hers"))
    logins.insert(
        2, (BUSY.email, f"{BUSY.name}, style editor with a busy month: /studio and /studio/results")
    )
    lines = [
        "",
        f"  Vetrina is open: {address}",
        "",
        f"  Sign in at {address}/account/sign-in with the password {PASSWORD}",
        *(f"    {email:<22} {purpose}" for email, purpose in logins),
        "",
        "  Five steps through the house (a private window for each person saves signing out)",
        f"  1  A friend's link: {address}/go/{worked_example.CODE}",
        f"     It leads to “{worked_example.TITLE}” by {EDITOR.name}. Choose your sizes and add the look to the bag: 190.00.",
        "  2  Check out as a guest, under any name, and press “Pay” on the stand-in for Stripe. No money moves.",
        f"     As {EDITOR.email}, {address}/studio shows 18.67 pending; the order's number leads to why.",
        f"  3  As store@demo.test, open your order, the last one at {address}/staff/orders.",
        "     Say that it was delivered, then give the money of one shirt back: in the studio 15.72 stay pending.",
        f"  4  Move the clock 31 days on: {address}/_sandbox/",
        f"     As finance@demo.test, open the run that waits at {address}/staff/payouts and approve it. You are asked for a code:",
        "     it stands on that page. Confirm it and press “Approve” once more. Then go back to the payout runs and prepare the next.",
        "     As owner@demo.test, approve that one: who prepares cannot approve. One of its transfers brings Giulia 15.72.",
        f"  5  As {EDITOR.email}, read the newest statement: {address}/studio/statements",
        "     Then, as store@demo.test, find the order under “Done” and give the money of the jacket back too:",
        "     in the studio she owes 7.86, set against her next commissions.",
        "",
        f"  Evenings: {address}/events has what is to come, and anybody takes a seat there. As {EDITOR.email}, one",
        f"     that was with its report, and one to come: {address}/studio/events As store@demo.test, all stores: {address}/staff/events",
        "",
        f"  Letters nobody sent: {address}/outbox     Every component: {address}/styleguide",
        *(
            [
                "  Close-ups and outfits of the 300 pieces are still being painted; they appear within the half hour."
            ]
            * painting
        ),
        "  Ctrl-C stops everything this command started.",
        "",
    ]
    return "\n".join(lines)
