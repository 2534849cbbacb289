"""The way from the door to a department, as breadcrumbs and machines are told it."""

from __future__ import annotations

from flask_babel import gettext

from storefront.catalog.categories import category_address, category_name, way_to

Trail = list[tuple[str, str | None]]


def trail_to(key: str | None) -> Trail:
    """Steps of (name, address) to a department; without one, to the list of everything."""
    steps: Trail = [(gettext("Home"), "/"), (gettext("Shop"), "/shop")]
    return steps + [(category_name(step), category_address(step)) for step in (way_to(key) if key else ())]
