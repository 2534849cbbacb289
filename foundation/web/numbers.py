"""Numbers from outside: in the path and in the query, never larger than the database can compare."""

from __future__ import annotations

from collections.abc import Sized

from flask import request
from werkzeug.routing import IntegerConverter

from foundation.errors import NotFound

# A key has 64 bits: 18 digits always fit, the nineteenth may not.
MOST_DIGITS = 18
LARGEST = 10**MOST_DIGITS - 1
# Nobody turns that many pages by hand, and times any page's length it is far from 64 bits.
LAST_PAGE = 10_000


class BoundedConverter(IntegerConverter):
    """`<int:...>` in a path: what has more than 18 digits names nothing, so the address is not found."""

    regex = rf"[0-9]{{1,{MOST_DIGITS}}}"


def page_number(name: str = "page") -> int:
    """The page the query asks for, from 1 to 10,000; the first if it asks for none or for nonsense."""
    return max(1, min(request.args.get(name, 1, type=int), LAST_PAGE))


def asked_number(name: str) -> int | None:
    """A key or another number above 0 in the query; None if it is missing, nonsense or too large."""
    number = request.args.get(name, type=int)
    return number if number is not None and 0 < number <= LARGEST else None


def sent_number(name: str) -> int | None:
    """The same of a form: a key or another number above 0; None if it is missing, nonsense or too large."""
    number = request.form.get(name, type=int)
    return number if number is not None and 0 < number <= LARGEST else None


def sent_numbers(name: str) -> list[int]:
    """Every key or other number above 0 that a form sent by this name, in order; nonsense is left out."""
    return [number for number in request.form.getlist(name, type=int) if 0 < number <= LARGEST]


def pages_of(count: int, size: int) -> int:
    """How many pages of `size` rows hold `count`; one when there is nothing, to say so on."""
    return max(1, -(-count // size))


def not_beyond(page: int, rows: Sized) -> None:
    """A page after the last is not found; the first may be empty. Raises NotFound."""
    if page > 1 and not rows:
        raise NotFound()
