from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class RunWaiting(Conflict):
    sentence = _l("A payout run is waiting for approval already. Decide on that one first.")


class PeriodTaken(Conflict):
    """The schedule has had its turn: what it prepared may have been sent back since."""

    sentence = _l("The schedule has had its turn in this period.")


class InAnotherRun(Conflict):
    """Two runs were counted at the same moment, and somebody would have been in both."""

    sentence = _l("Somebody in it was put into another run at this moment. Try again.")


class NothingToPay(Conflict):
    sentence = _l("Nobody is owed enough for a payout just now. What is below the minimum is carried on.")


class SamePerson(Conflict):
    """Four eyes: who prepared a run above the limit cannot approve it; the database refuses it too."""

    status = 403
    sentence = _l("You prepared this run, so someone else has to approve it.")


class ApprovedBefore(Conflict):
    """One person is one person, however often they press."""

    sentence = _l("You have approved this run. It waits for somebody else.")


class NoSuchRun(NotFound):
    sentence = _l("There is no such payout run.")


class NoSuchPayout(NotFound):
    sentence = _l("There is no such payout.")


class LastOfRun(Conflict):
    sentence = _l("Nobody would be left in this run. Send it back instead.")


class ReasonMissing(Invalid):
    sentence = _l("Write a few words on why. They stay with the decision, for whoever asks later.")


class CameBackChanged(Conflict):
    """Booked by somebody else a moment ago, or Stripe tells of another sum by now."""

    sentence = _l("Another amount stands there by now. Look again before you decide.")


class TransferDiffers(Conflict):
    """Stripe reports another amount than the payout's: somebody has to look before anything is booked."""

    status = 500
    sentence = _l("The transfer at Stripe is not the amount of this payout. Nothing was booked.")
