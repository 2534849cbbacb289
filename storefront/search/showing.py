"""The list in the reader's words: filters, what is chosen, how it is sorted, ways out of an empty one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext, ngettext

from foundation import settings
from foundation.money import Money
from foundation.web.formats import money
from foundation.web.numbers import MOST_DIGITS
from storefront.catalog.categories import (
    NAMES,
    PARENTS,
    added_up,
    category_name,
    narrowest,
    place,
    way_to,
    with_parents,
)
from storefront.catalog.policy import size_key
from storefront.search.facets import YES
from storefront.search.filters import PART, Filters, Sort, address
from storefront.search.policy import PRICE_BANDS, price_borders
from storefront.search.queries import Found

# Open from the start; the others unfold.
OPEN = {"category", "size", "colour"}
# More departments than that are a wall: then only those are unfolded in which something is chosen.
MOST_UNFOLDED = 14
CATEGORY = "category"


def facets(filters: Filters, found: Found) -> list[dict[str, Any]]:
    """The filters beside the list, with what each choice would leave.

    What is chosen stays there even when it leaves nothing. A single choice that all have is no filter.
    """
    shown = []
    for name, (title, label, order) in _words(found).items():
        counts, chosen = found.counts.get(name, {}), filters.chosen.get(name, ())
        keys = sorted({*counts, *chosen}, key=order)
        if not chosen and (not keys or (len(keys) == 1 and counts[keys[0]] == found.total)):
            continue
        if name == CATEGORY:
            counts, keys = added_up(counts), _unfolded(with_parents(keys), chosen)
        choices = [
            {
                "value": key,
                "label": label(key),
                "count": counts.get(key, 0),
                "chosen": key in chosen,
                "beneath": name == CATEGORY and key in PARENTS,
                "mark": key if name == "colour" else None,
            }
            for key in keys
        ]
        shown.append({"name": name, "title": title, "choices": choices, "open": name in OPEN or bool(chosen)})
    return shown


def chosen(filters: Filters, found: Found) -> list[dict[str, str]]:
    """Every filter that is on, with the address that takes it off."""
    tags = []
    if filters.text:
        words = gettext("“%(words)s”", words=filters.text)
        tags.append({"label": words, "href": address(filters, without="q")})
    if filters.part is not None and not filters.at_home:
        tags.append({"label": filters.part.name, "href": address(filters, without=PART)})
    for name, keys in filters.chosen.items():
        tags += [
            {"label": _tag(found, name, key), "href": address(filters, without=(name, key))} for key in keys
        ]
    return tags


def ways_out(filters: Filters, found: Found, alone: Mapping[str, int]) -> list[dict[str, str]]:
    """What to leave out so that something is left: a filter, or all of the words but one. The best first."""
    ways = []
    for name, number in sorted(found.without.items(), key=lambda way: -way[1]):
        keys = filters.chosen.get(name, ())
        if not keys:
            continue
        label = (
            gettext("Without “%(filter)s”", filter=_tag(found, name, keys[0]))
            if len(keys) == 1
            else gettext("Without any “%(filter)s”", filter=_words(found)[name][0])
        )
        ways.append(_way(label, address(filters, without=name), number))
    for word, number in sorted(alone.items(), key=lambda way: -way[1]):
        only = Filters(text=word)  # counted in the whole shop
        ways.append(_way(gettext("Only “%(words)s”", words=word), address(only), number))
    if not ways and filters.number and filters.text:
        words_only = Filters(text=filters.text)
        ways.append({"label": gettext("All that fits the words"), "href": address(words_only)})
    if not ways and filters.part is not None and not filters.at_home:
        label = gettext("Without “%(filter)s”", filter=filters.part.name)
        ways.append({"label": label, "href": address(filters, without=PART)})
    return ways


def sorts(filters: Filters) -> list[tuple[str, str]]:
    names = {
        Sort.HAND: gettext("As we hung them"),
        Sort.FITTING: gettext("Best match"),
        Sort.NEWEST: gettext("Newest first"),
        Sort.WORN: gettext("In most looks"),
        Sort.CHEAPEST: gettext("Price, low to high"),
        Sort.DEAREST: gettext("Price, high to low"),
    }
    return [(sort.value, name) for sort, name in names.items() if sort in filters.sorts]


def heading(filters: Filters) -> str:
    department = department_of(filters)
    if filters.text:
        return gettext("“%(words)s”", words=filters.text)
    if filters.part is not None:
        return filters.part.name
    if department is not None:
        return category_name(department)
    if not filters.chosen:
        return gettext("New in")
    if set(filters.chosen) == {"sale"}:
        return gettext("Reduced")
    return gettext("The whole shop")


def department_of(filters: Filters) -> str | None:
    """The one department the list shows, whatever else narrows it; None for several or all."""
    departments = narrowest(filters.chosen.get(CATEGORY, ()))
    return departments[0] if len(departments) == 1 else None


def steps(filters: Filters, found: Found) -> list[dict[str, Any]]:
    """Where to go on from here, all else staying as it is: to the departments beneath the one that is shown,
    or beside it where nothing lies beneath; from the whole shop, to those at the top. Nowhere from several.
    """
    here = department_of(filters)
    if here is None and filters.chosen.get(CATEGORY):
        return []
    counts = added_up(found.counts.get(CATEGORY, {}))
    beneath_it = [key for key in counts if here is not None and PARENTS.get(key) == here]
    beside = PARENTS.get(here) if here is not None else None
    keys = beneath_it or [key for key in counts if PARENTS.get(key) == beside]
    if len(keys) < 2 and keys in ([], [here]):
        return []
    return [
        {
            "label": category_name(key),
            "href": address(replace(filters, choices={**filters.choices, CATEGORY: (key,)})),
            "current": key == here,
            "count": counts[key],
        }
        for key in keys
    ]


def departments_like(words: Sequence[str]) -> list[str]:
    """The departments whose name, in the reader's language, has words that begin with all of these: with
    pieces or without.
    """
    return [
        key
        for key in NAMES
        if words
        and all(any(part.startswith(word) for part in category_name(key).lower().split()) for word in words)
    ]


def _unfolded(keys: list[str], chosen: Sequence[str]) -> list[str]:
    """All departments where they are few; of many those at the top, and the rest of any with a choice."""
    if len(keys) <= MOST_UNFOLDED:
        return keys
    open_ones = {step for key in chosen for step in way_to(key)}
    return [key for key in keys if key not in PARENTS or PARENTS[key] in open_ones]


def _way(label: str, href: str, number: int) -> dict[str, str]:
    pieces = ngettext("%(num)s piece", "%(num)s pieces", number)
    return {"label": gettext("%(what)s: %(pieces)s", what=label, pieces=pieces), "href": href}


def _tag(found: Found, name: str, key: str) -> str:
    if name == "size":
        return gettext("Size %(size)s", size=key)
    return _words(found)[name][1](key)


def _words(found: Found) -> dict[str, tuple[str, Callable[[str], str], Callable[[str], Any]]]:
    """For each facet: its title, the name of a key, and how keys are sorted."""
    bands = list(PRICE_BANDS)
    stores, unknown = found.labels.get("store", {}), gettext("this store")
    colours = colour_names()
    in_order = list(colours)
    return {
        CATEGORY: (gettext("Kind"), category_name, place),
        "size": (gettext("Size"), str, size_key),
        "colour": (
            gettext("Colour"),
            lambda key: colours.get(key, key),
            lambda key: in_order.index(key) if key in colours else len(in_order),
        ),
        "price": (gettext("Price"), _band_name, bands.index),
        "brand": (gettext("Brand"), str, str.casefold),
        "sale": (gettext("Reduced"), lambda key: gettext("Reduced pieces"), str),
        "stock": (gettext("Availability"), lambda key: gettext("In stock"), str),
        "store": (
            gettext("Store"),
            lambda key: gettext("In stock in %(store)s", store=stores.get(key, unknown)),
            lambda key: stores.get(key, ""),
        ),
    }


def colour_names() -> dict[str, str]:
    """The families of colours in the order of the page; the function `colour_families` knows their words."""
    return {
        "black": gettext("Black"),
        "white": gettext("White"),
        "neutral": gettext("Beige and cream"),
        "grey": gettext("Grey"),
        "brown": gettext("Brown"),
        "blue": gettext("Blue"),
        "green": gettext("Green"),
        "yellow": gettext("Yellow"),
        "orange": gettext("Orange and rust"),
        "red": gettext("Red"),
        "pink": gettext("Pink"),
        "violet": gettext("Violet"),
        "metal": gettext("Gold and bronze"),
        "pattern": gettext("Patterned"),
    }


def known_key(name: str, key: str) -> bool:
    """Whether a choice of the address can mean anything; sizes, brands and departments may be anything."""
    if name in {"sale", "stock"}:
        return key == YES
    if name == "store":
        return key.isdecimal() and len(key) <= MOST_DIGITS
    return {"price": key in PRICE_BANDS, "colour": key in colour_names()}.get(name, True)


def _band_name(key: str) -> str:
    currency = settings.current().currency
    borders = price_borders(currency)
    at = list(borders).index(key)
    begins, *further = [money(Money(minor, currency), whole=True) for minor in list(borders.values())[at:]]
    if not at:
        return gettext("Under %(price)s", price=further[0])
    if not further:
        return gettext("Over %(price)s", price=begins)
    return gettext("%(low)s to %(high)s", low=begins, high=further[0])
