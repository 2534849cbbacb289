"""Two people on one size guide: what the first one kept, where that is not what the second one typed."""

from __future__ import annotations

from itertools import zip_longest

from flask_babel import gettext as _

from foundation.web.meanwhile import differing, says_now
from storefront.sizing.forms import GuideForm


def guide_says_now(typed: GuideForm, now: GuideForm) -> list[tuple[str, str]]:
    """Each field, measure and size that says something else by now, and its words as they are; both forms
    have been offered the departments. What was typed has seen the guide as it is now.
    """
    return says_now(typed, now) + _measures(typed, now) + _sizes(typed, now)


def _measures(typed: GuideForm, now: GuideForm) -> list[tuple[str, str]]:
    told = []
    for number, (mine, theirs) in enumerate(zip_longest(typed.columns, now.columns), start=1):
        called = _("Measure %(number)s", number=number)
        if mine is not None and theirs is not None:
            told += [(f"{called}, {name}", words) for name, words in differing(mine, theirs)]
        elif theirs is not None and theirs.name.data:
            told.append((called, str(theirs.name.data)))
        elif mine is not None and mine.name.data:
            told.append((called, ""))
    return told


def _sizes(typed: GuideForm, now: GuideForm) -> list[tuple[str, str]]:
    mine, theirs = _figures(typed), _figures(now)
    return [(size, theirs.get(size, "")) for size in {**theirs, **mine} if mine.get(size) != theirs.get(size)]


def _figures(form: GuideForm) -> dict[str, str]:
    """The figures of each size in a line."""
    return {
        str(row.size.data): ", ".join(str(cell.data) for cell in row.cells if cell.data)
        for row in form.sizes
        if row.size.data
    }
