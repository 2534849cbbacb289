from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Forbidden, Invalid, NotFound


class ApplicationWaits(Conflict):
    """A second application while the first has no answer yet."""

    sentence = _l("Your application is already with us. A person reads it and answers within five days.")


class AlreadyAnEditor(Conflict):
    sentence = _l("You are a style editor already. Your studio is open.")


class TooSoon(Conflict):
    """Somebody who was told no asks again before the days that staff set are over."""

    sentence = _l("We answered you not long ago. Our answer says from when you can apply again.")


class HandleUnfit(Invalid):
    sentence = _l(
        "A handle has 3 to 30 letters from a to z or digits, with single dots, hyphens or underscores inside."
    )


class HandleReserved(Invalid):
    sentence = _l("That handle belongs to the shop, or looks like one that does. Please choose another.")


class HandleTaken(Conflict):
    sentence = _l("Somebody has that handle, or one that looks just like it. Please choose another.")


class ReasonMissing(Invalid):
    sentence = _l("Please write why, in a sentence. They read it, and so does whoever asks us later.")


class NothingNoted(Invalid):
    sentence = _l("Write something first.")


class NoSuchApplication(NotFound):
    sentence = _l("There is no such application.")


class NoSuchEditor(NotFound):
    sentence = _l("There is no style editor at this address.")


class NothingToAppeal(Conflict):
    sentence = _l("There is nothing to look at again: your membership was not ended by us.")


class AppealedAlready(Conflict):
    sentence = _l("You asked for a second look already. Somebody else reads it and answers in words.")


class SameHand(Forbidden):
    """Whoever ended a membership does not decide on the appeal."""

    sentence = _l("You ended this membership yourself: somebody else has to look at it.")


class LeadChosen(Conflict):
    sentence = _l("Somebody else was made the lead a moment ago. Look again before you choose.")


class EditorsOnly(Forbidden):
    sentence = _l("The studio is for style editors. You can become one.")


class PilotOnly(Forbidden):
    """A feature that only pilot groups have now, asked for by somebody outside of them."""

    sentence = _l(
        "A few style editors try this first. When a group has a free place, you find it in your studio, "
        "under Membership."
    )
