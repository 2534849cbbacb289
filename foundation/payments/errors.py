"""How a call to Stripe can fail, and whether we know what came of it.

`definite` is the question that matters for money: True means Stripe said no and nothing happened, so a new
attempt may use a new key. False means that the outcome is unknown: ask again with the *same* key, or look.
After an unknown outcome a definite no speaks of its own call alone: look at Stripe before believing it.
"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, Problem, Unavailable


class PaymentsProblem(Problem):
    """Base of everything the boundary raises. `stripe_code` and `stripe_message` are for logs and staff."""

    status = 502
    definite = True
    sentence = _l("The payment service did not accept that. Nothing was charged.")

    def __init__(self, sentence: Any = None, *, code: str | None = None, message: str | None = None) -> None:
        super().__init__(sentence)
        self.stripe_code = code
        self.stripe_message = message

    def __repr__(self) -> str:
        return f"{type(self).__name__}(code={self.stripe_code!r}, message={self.stripe_message!r})"


class PaymentsUnreachable(PaymentsProblem, Unavailable):
    """No answer, a server error or too many calls: what came of it is not known."""

    status = 503
    definite = False
    sentence = _l(
        "The payment service does not answer just now. Your bag is kept: please try again in a minute."
    )


class IdempotencyMismatch(PaymentsProblem):
    """The key was used before with another request. What that other request did is not known here."""

    definite = False
    sentence = _l("This payment was started before with other contents. We are looking into it.")


class PaymentRefused(PaymentsProblem):
    """Stripe refused the request; see `stripe_code`."""


class PaymentsMisconfigured(PaymentRefused):
    """The key is wrong, lacks a right, or no key and no stand-in is there.

    Turned away at the door, this call did nothing; what an earlier one with the same key did is not known.
    """

    status = 503
    definite = False
    sentence = _l("Payments are not set up correctly. The shop has to look at its settings.")


class CardDeclined(PaymentRefused):
    status = 402
    sentence = _l("The card was declined. Nothing was charged: please try another way to pay.")


class AmountTooSmall(PaymentRefused, Invalid):
    status = 400
    sentence = _l("This amount is too small to be paid online.")


class BalanceInsufficient(PaymentRefused, Conflict):
    status = 409
    sentence = _l("There is not enough money available at the payment service for this.")


class PayeeNotReady(PaymentRefused, Conflict):
    status = 409
    sentence = _l("This account cannot be paid yet: its set-up at the payment service is not finished.")


class NotThere(PaymentRefused):
    """Stripe knows no such object (any more)."""

    status = 404
    sentence = _l("The payment service does not know this.")
