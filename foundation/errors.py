"""What can go wrong and be told to a person: one sentence, one status, nothing of the inside.

A feature names its own conditions (`LookIsEmpty(Conflict)`); the web edge turns them into a page or a
problem document (RFC 9457). The sentence is lazy so that it is told in the reader's language.
"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l


class Problem(Exception):
    """Base of every condition a person can be told about. `extra` goes into the JSON form only."""

    status = 400
    sentence: Any = _l("That did not work. Nothing was changed.")

    def __init__(self, sentence: Any = None, **extra: Any) -> None:
        self.sentence = sentence if sentence is not None else type(self).sentence
        self.extra = extra
        super().__init__(type(self).__name__)

    def __str__(self) -> str:
        return str(self.sentence)

    @property
    def code(self) -> str:
        """A stable name for programs, e.g. `LookIsEmpty`."""
        return type(self).__name__


class Invalid(Problem):
    status = 400
    sentence = _l("Something in there is not right. Please check and try again.")


class Forbidden(Problem):
    status = 403
    sentence = _l("This page is for somebody with another role.")


class NotFound(Problem):
    status = 404
    sentence = _l("We could not find that.")


class Conflict(Problem):
    status = 409
    sentence = _l("Somebody was faster, or this has already happened.")


class TooMany(Problem):
    status = 429
    sentence = _l("That was a lot of tries. Please wait a little.")


class Unavailable(Problem):
    status = 503
    sentence = _l("A service we need does not answer just now. Please try again in a minute.")
