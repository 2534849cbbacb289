"""What staff typed or chose, read as values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from werkzeug.datastructures import MultiDict

from foundation.web.amounts import typed_hundredths, typed_minor
from foundation.web.numbers import LARGEST
from storefront.assortment.queries import Lack, Sort, Wanted
from storefront.catalog.models import ProductStatus

_SEEN = re.compile(r"^(\d{1,18})-(\d{1,18})$")


def share(typed: str | None) -> int | None:
    """A percentage in basis points; None for what is none."""
    try:
        return typed_hundredths(typed or "")
    except ValueError:
        return None


def price(typed: str | None, currency: str) -> int | None:
    """A price in the minor unit of its currency; None for what is none."""
    try:
        return typed_minor(typed or "", currency)
    except ValueError:
        return None


def wanted(asked: MultiDict[str, str]) -> Wanted:
    """What the list is asked for; nonsense asks nothing."""
    status, sort = asked.get("status", ""), asked.get("sort", "")
    return Wanted(
        words=_words(asked, "q"),
        status=status if status in list(ProductStatus) else "",
        category=_words(asked, "category"),
        vendor=_words(asked, "vendor"),
        tag=_words(asked, "tag"),
        lacks=frozenset(Lack(one) for one in asked.getlist("lacks") if one in list(Lack)),
        sort=Sort(sort) if sort in list(Sort) else Sort.CHANGED,
    )


def question(asked: Wanted) -> dict[str, Any]:
    """The same as the question of an address, without what asks nothing."""
    named: dict[str, Any] = {
        "q": asked.words,
        "status": asked.status,
        "category": asked.category,
        "vendor": asked.vendor,
        "tag": asked.tag,
        "sort": str(asked.sort) if asked.sort is not Sort.CHANGED else "",
        "lacks": [str(one) for one in sorted(asked.lacks)],
    }
    return {name: value for name, value in named.items() if value}


def chosen(values: Iterable[str]) -> list[int]:
    """The products whose boxes were ticked."""
    numbers = (int(value) for value in values if value.isascii() and value.isdecimal() and len(value) <= 18)
    return sorted({number for number in numbers if 0 < number <= LARGEST})


def seen(values: Iterable[str]) -> dict[int, int]:
    """Products with the version somebody looked at, as `seen_value` writes them."""
    return {int(found[1]): int(found[2]) for value in values if (found := _SEEN.match(value))}


def seen_value(product_id: int, version: int) -> str:
    return f"{product_id}-{version}"


def _words(asked: MultiDict[str, str], name: str) -> str:
    return " ".join(asked.get(name, "").replace("\0", "")[:80].split())
