"""What a reader asks of the reviews of a product: everything lives in the address."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from foundation.web.numbers import asked_number
from foundation.web.tabs import tabs
from storefront.reviews.policy import Fit, same_size, usual_sizes
from storefront.reviews.queries import ReviewFilters, Sorting
from storefront.reviews.words import FITS

TALLEST, SMALLEST = 230, 100


def filters_of(sizes: list[str]) -> ReviewFilters:
    """What the address asks for; whatever makes no sense is passed over."""
    args = request.args
    stars, fit, sort = args.get("stars", ""), args.get("fit", ""), args.get("sort", "")
    return ReviewFilters(
        stars=int(stars) if stars in {"1", "2", "3", "4", "5"} else None,
        fit=Fit(fit) if fit in list(Fit) else None,
        size=next((size for size in sizes if size == args.get("size")), ""),
        pictures=args.get("pictures") == "1",
        order=Sorting(sort) if sort in list(Sorting) else Sorting.NEWEST,
    )


def asked_of(sizes: list[str]) -> tuple[str, int | None]:
    """The usual size and the height somebody told the helper."""
    told = request.args.get("usual", "")[:40]
    usual = next((size for size in usual_sizes(sizes) if same_size(size, told)), "")
    height = asked_number("height")
    return usual, height if height is not None and SMALLEST <= height <= TALLEST else None


def address_of(handle: str, filters: ReviewFilters, page: int = 1, /, **changed: Any) -> str:
    """The address of a list; `changed` puts single choices on (or off, with None)."""
    values: dict[str, Any] = {
        "stars": filters.stars,
        "fit": filters.fit,
        "size": filters.size or None,
        "pictures": "1" if filters.pictures else None,
        "sort": filters.order if filters.order != Sorting.NEWEST else None,
    } | changed
    return url_for("reviews.reviews", handle=handle, page=page if page > 1 else None, **values)


def chosen_of(handle: str, filters: ReviewFilters) -> list[dict[str, str]]:
    """Every filter that is on, with the address that takes it off."""
    on = [
        (filters.stars, "stars", _("%(stars)s of 5 stars", stars=filters.stars)),
        (filters.fit, "fit", str(FITS[filters.fit]) if filters.fit else ""),
        (filters.size, "size", _("Size %(size)s", size=filters.size)),
        (filters.pictures, "pictures", _("With pictures")),
    ]
    return [
        {"label": label, "href": address_of(handle, filters, **{name: None})}
        for value, name, label in on
        if value
    ]


def choices_of(handle: str, filters: ReviewFilters, sizes: list[str]) -> list[dict[str, str]]:
    """Filters that can be put on, apart from the stars: those stand in the distribution."""
    choices = []
    if not filters.pictures:
        choices.append({"label": _("With pictures"), "href": address_of(handle, filters, pictures="1")})
    if filters.fit is None:
        choices += [{"label": str(FITS[fit]), "href": address_of(handle, filters, fit=fit)} for fit in Fit]
    if not filters.size:
        choices += [
            {"label": _("Size %(size)s", size=size), "href": address_of(handle, filters, size=size)}
            for size in sizes
        ]
    return choices


def sorts_of(handle: str, filters: ReviewFilters) -> list[dict[str, Any]]:
    names = {
        Sorting.NEWEST: _("Newest"),
        Sorting.BEST: _("Best first"),
        Sorting.WORST: _("Critical first"),
    }
    return tabs(
        names,
        filters.order,
        lambda key: address_of(handle, filters, sort=None if key == Sorting.NEWEST else key),
    )
