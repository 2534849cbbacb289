"""Lines of a file of guests in the reader’s words."""

from __future__ import annotations

from flask_babel import gettext as _

from events.imports.models import GuestLine, LineStatus
from events.imports.policy import Fault

TONES = {
    LineStatus.BAD: "bad",
    LineStatus.READY: "",
    LineStatus.SEATED: "good",
    LineStatus.WAITS: "warn",
    LineStatus.KNOWN: "",
}


def status_words(status: str) -> str:
    """What became of a line."""
    return {
        LineStatus.BAD: _("Left out"),
        LineStatus.READY: _("Ready"),
        LineStatus.SEATED: _("Has a seat"),
        LineStatus.WAITS: _("On the waiting list"),
        LineStatus.KNOWN: _("Stood on the list already"),
    }[LineStatus(status)]


def fault_words(line: GuestLine) -> str:
    """What is wrong with a line, in a sentence."""
    if line.fault is None:
        return ""
    about = line.about
    return {
        Fault.NO_NAME: _("The name is missing."),
        Fault.LONG_NAME: _("A name has more than 80 letters."),
        Fault.NO_EMAIL: _("The e-mail is missing. Who has none is written down by hand."),
        Fault.NOT_EMAIL: _("“%(about)s” does not look like an e-mail address.", about=about),
        Fault.NOT_PARTY: _("“%(about)s” is not a number of people one invitation brings.", about=about),
        Fault.ALONE: _("It says one person, but %(about)s comes along.", about=about),
        Fault.LONG_NEEDS: _("What they need is longer than 500 letters."),
        Fault.LANGUAGE: _("“%(about)s” is no language we write letters in: en or it.", about=about),
        Fault.CONTROLS: _("A name goes over several lines, or has signs nobody can read."),
        Fault.TWICE: _("The same address stands in line %(about)s.", about=about),
    }[Fault(line.fault)]
