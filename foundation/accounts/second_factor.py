"""The second factor: a code of six digits that changes every thirty seconds (RFC 6238)."""

from __future__ import annotations

import pyotp

from foundation import clock

STEP_SECONDS = 30
DRIFT_STEPS = 1


def new_secret() -> str:
    return pyotp.random_base32()


def enrolment_uri(secret: str, email: str, shop_name: str) -> str:
    """What the QR code says to an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=shop_name)


def present_code(secret: str) -> str:
    return pyotp.TOTP(secret).at(clock.machine())


def matching_step(secret: str, code: str) -> int | None:
    """The time step whose code this is, one step of drift either way; None when it fits none.

    Compared with the machine's clock, not the shop's: the phone knows nothing of a moved demo clock.
    """
    digits = "".join(code.split())
    this_step = int(clock.machine().timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in range(this_step - DRIFT_STEPS, this_step + DRIFT_STEPS + 1):
        if pyotp.utils.strings_equal(digits, totp.at(step * STEP_SECONDS)):
            return step
    return None
