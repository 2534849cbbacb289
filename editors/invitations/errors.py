from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, NotFound


class InvitationSpent(NotFound):
    """The link was used, taken back, or is too old, or never was one of ours."""

    sentence = _l(
        "This invitation no longer works: it was used, taken back, or its two weeks are over. "
        "Ask us for a new one, or apply; we read every application."
    )


class AnEditorsAddress(Conflict):
    sentence = _l("This is the address of a style editor already. You find them under “Style editors”.")


class InvitedAlready(Conflict):
    sentence = _l("Somebody invited this address already, and the letter still works.")
