"""What the canvas says while it works, in the reader's language: `%(name)s` is filled in by the script."""

from __future__ import annotations

from flask_babel import gettext


def canvas_words() -> dict[str, str]:
    """The sentences of the script by their names."""
    return {
        # what something is called
        "caption": gettext("Caption “%(text)s”"),
        "again": gettext("%(name)s, once more"),
        "several": gettext("%(count)s things"),
        # what moved where
        "at": gettext("%(name)s: %(x)s across, %(y)s down."),
        "turned": gettext("%(name)s: turned %(degrees)s."),
        "sized": gettext("%(name)s: size %(percent)s."),
        "layered": gettext("%(name)s: layer %(layer)s of %(count)s from the bottom."),
        "flipped": gettext("%(name)s: mirrored."),
        "unflipped": gettext("%(name)s: as it is, not mirrored."),
        "doubled": gettext("%(name)s lies there once more, and is bought once more."),
        "captionDoubled": gettext("%(name)s lies there once more."),
        "removed": gettext("%(name)s taken out. Undo brings it back."),
        "locked": gettext("%(name)s: locked. It does not move until you unlock it."),
        "unlocked": gettext("%(name)s: unlocked."),
        "added": gettext("%(name)s lies in the middle."),
        "chosen": gettext("%(name)s chosen. %(x)s across, %(y)s down, layer %(layer)s of %(count)s."),
        "chosenMore": gettext("%(count)s things chosen."),
        "none": gettext("Nothing is chosen."),
        "undone": gettext("Undone."),
        "redone": gettext("Done again."),
        "nothingBack": gettext("There is nothing to undo."),
        "nothingOn": gettext("There is nothing to do again."),
        "isLocked": gettext("%(name)s is locked. Unlock it first."),
        "full": gettext("A look holds up to %(count)s pieces."),
        "fullOfWords": gettext("A look holds up to %(count)s captions."),
        "mostOfOne": gettext("Nine of one piece are the most."),
        "aligned": gettext("%(name)s: lined up."),
        "ground": gettext("Ground: %(name)s."),
        "zoomed": gettext("Seen at %(percent)s."),
        "arranged": gettext("Laid out: %(name)s. Undo brings yours back."),
        "offlineNow": gettext("That needs the network. Try again in a moment."),
        "signedOutNow": gettext("You are signed out. Sign in and come back."),
        "failedNow": gettext("The shop could not do that. Try again in a moment."),
        "swapped": gettext("%(name)s lies where %(old)s lay."),
        # the state of keeping
        "saved": gettext("Saved %(time)s"),
        "saving": gettext("Saving…"),
        "changed": gettext("Not saved yet"),
        "shown": gettext("Not on the page yet"),
        "offline": gettext("No network. Kept on this device, sent when it is back."),
        "failed": gettext("The shop could not save it. It is kept on this device and tried again."),
        "backAgain": gettext("What you did without a network was kept, and is on its way."),
        "refused": gettext("Not saved: %(why)s"),
        "signedOut": gettext("You are signed out. It is kept on this device: sign in and come back."),
        # lists
        "turnedBy": gettext("turned %(degrees)s"),
        "lockedMark": gettext("locked"),
        "empty": gettext("Nothing lies here yet. Add a piece: it lands in the middle."),
        "captionName": gettext("Caption"),
    }
