from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, render_template, request

from foundation import settings
from foundation.accounts.guards import public
from foundation.db import writes
from foundation.web.kept import KeptPages, is_stranger
from foundation.web.numbers import page_number
from foundation.web.slots import gather
from storefront.catalog.cards import listed_card
from storefront.catalog.categories import category_address, category_name, path_name, tops
from storefront.catalog.queries import departments
from storefront.catalog.structured import trail_data
from storefront.catalog.trails import Trail, trail_to
from storefront.search import policy, showing
from storefront.search.actions import note_miss
from storefront.search.facets import FACETS
from storefront.search.filters import AS_TYPED, PART, Filters, Sort, address
from storefront.search.ports import Part, part_named
from storefront.search.queries import Found, few_and_departments, find, read

LONGEST_TEXT = 80
LONGEST_KEY = 80
MOST_CHOICES = 20
FEW = 5
KEPT_PAGES = 200

_kept = KeptPages(KEPT_PAGES)

bp = Blueprint("search", __name__)


@bp.get("/shop")
@public
@writes
def shop() -> str | Response:
    """The list: filters and words in the address, so that every view of it can be shared.

    Words that no piece has are noted for staff (without saying who asked): hence the mark.
    """
    part = request.args.get(PART, "")[:LONGEST_KEY]
    filters = asked(part_named(part) if part else None)
    found = find(filters, page_number())
    missed = bool(filters.text) and (found.reading.meant is not None or not (found.total or filters.chosen))
    alone = {}
    if missed and policy.worth_noting(found.reading.words, filters.text):
        alone = note_miss(found.reading, shown=bool(found.total))
    if is_stranger(may_ask=True) and found.total:
        key = (found.key, request.full_path)
        return _kept.answer(key, lambda: _page(filters, found, alone))
    return _page(filters, found, alone)


@bp.get("/search/suggestions")
@public
def suggestions() -> str:
    """Part of a page: departments, pieces, and what others know (looks) that fit the words typed so far."""
    words = typed()
    reading = read(words)
    pieces, there = few_and_departments(reading, FEW, showing.departments_like(reading.words))
    looks = gather("search.suggestions", words=reading.words, number=FEW) if reading.words else []
    return render_template(
        "storefront/search/_suggestions.html",
        departments=[
            {"name": path_name(key), "href": address(Filters(choices={"category": (key,)}))} for key in there
        ],
        pieces=[listed_card(row) | {"colour": row.colour_name} for row in pieces],
        others=[group for group in looks if group["rows"]],
        whole={"words": words, "href": address(Filters(text=words))},
        meant=reading.meant,
    )


def asked(part: Part | None = None, *, at_home: bool = False) -> Filters:
    """What the address asks for within a part of the shop; whatever makes no sense is passed over."""
    sort = request.args.get("sort", "")
    return Filters(
        text=typed(),
        choices={facet.name: keys for facet in FACETS if (keys := _several(facet.name))},
        sort=Sort(sort) if sort in list(Sort) else None,
        part=part,
        at_home=at_home,
        as_typed=bool(typed()) and typed() == _in_line(request.args.get(AS_TYPED, "")),
    )


def typed() -> str:
    """The words of the address, in one line."""
    return _in_line(request.args.get("q", ""))


def _in_line(words: str) -> str:
    return " ".join(words[:LONGEST_TEXT].split())


def _several(name: str) -> tuple[str, ...]:
    values = (value[:LONGEST_KEY] for value in request.args.getlist(name)[:MOST_CHOICES])
    return tuple(dict.fromkeys(value for value in values if value and showing.known_key(name, value)))


def listing_values(filters: Filters, found: Found, alone: Mapping[str, int] | None = None) -> dict[str, Any]:
    """What the form of the list shows (`_listing.html`), on whatever page it stands.

    `alone` is what each of several typed words would find by itself.
    """
    return {
        "filters": filters,
        "found": found,
        "meant": found.reading.meant,
        "others": [{"name": words, "href": address(Filters(text=words))} for words in found.reading.others],
        "as_typed": address(replace(filters, as_typed=True)),
        "coded": bool(found.rows) and found.rows[0].id in found.reading.coded,
        "cards": [listed_card(row) for row in found.rows],
        "facets": showing.facets(filters, found),
        "chosen": showing.chosen(filters, found),
        "sorts": showing.sorts(filters),
        "previous": address(filters, page=found.page - 1) if found.page > 1 else None,
        "following": address(filters, page=found.page + 1) if found.page < found.pages else None,
        "ways_out": [] if found.total else showing.ways_out(filters, found, alone or {}),
        "elsewhere": [
            {"name": category_name(key), "href": address(Filters(choices={"category": (key,)}))}
            for key in (tops(key for key, _number in departments()) if not found.total else ())
        ],
    }


def _page(filters: Filters, found: Found, alone: dict[str, int]) -> str:
    heading, department = showing.heading(filters), showing.department_of(filters)
    whole = bool(filters.text) or filters.part is not None
    of_one = department if not whole else None
    own_path = category_address(of_one) if of_one else "/shop"
    trail = _trail(filters, heading)
    return render_template(
        "storefront/search/shop.html",
        heading=heading,
        own_path=own_path,
        of_one=of_one,
        trail=trail,
        steps=showing.steps(filters, found),
        trail_data=trail_data(trail, settings.current().base_url, own_path),
        **listing_values(filters, found, alone),
    )


def _trail(filters: Filters, heading: str) -> Trail:
    """The way to the list: by its department, or to what was asked for in the whole shop."""
    elsewhere = bool(filters.text) or filters.part is not None
    department = None if elsewhere else showing.department_of(filters)
    way = trail_to(department)
    if department is not None or not (elsewhere or filters.number):
        way = way[:-1]  # The page itself: it is named without an address.
    return [*way, (heading, None)]
