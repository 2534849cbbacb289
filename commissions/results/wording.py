"""What results are asked in: days, measures, lists and orders by name."""

from __future__ import annotations

from flask_babel import gettext as _

from commissions.results.asking import Question
from commissions.results.policy import Against, Cut, Period, Span
from foundation.web.formats import day


def span_words(span: Span) -> str:
    """Days in words: 1 November, or 26 October to 22 November 2026."""
    if span.first == span.last:
        return day(span.last, "long")
    return _("%(first)s to %(last)s", first=day(span.first, "year"), last=day(span.last, "year"))


def period_words() -> dict[str, str]:
    """The periods one can choose, by value."""
    return {
        Period.WEEK: _("Seven days"),
        Period.FOUR_WEEKS: _("Four weeks"),
        Period.QUARTER: _("Ninety days"),
        Period.YEAR: _("A year"),
        Period.MONTH: _("This month"),
        Period.LAST_MONTH: _("Last month"),
        Period.CHOSEN: _("Days of my own"),
    }


def against_words() -> dict[str, str]:
    """What a period can be compared with, by value."""
    return {
        Against.BEFORE: _("The days before"),
        Against.YEAR: _("The same days a year ago"),
        Against.CHOSEN: _("Other days of my own"),
        Against.NOTHING: _("Nothing"),
    }


def cut_words() -> dict[str, str]:
    """By what results are listed, by value."""
    return {
        Cut.LOOK: _("Looks"),
        Cut.PIECE: _("Pieces"),
        Cut.LINK: _("Links"),
        Cut.PLACE: _("Places"),
        Cut.DAY: _("Days"),
    }


def wrongs_named(question: Question) -> list[tuple[str, str, str]]:
    """What was mistyped: the field, its name, and what is wrong."""
    names = {
        "since": _("First day"),
        "until": _("Last day"),
        "since2": _("Beside: first day"),
        "until2": _("Beside: last day"),
    }
    return [(field, names[field], wrong) for field, wrong in question.wrongs.items()]


def measure_words() -> dict[str, str]:
    """What can be drawn, by name."""
    return {
        "earned": _("Earned"),
        "orders": _("Orders"),
        "carts": _("Bags"),
        "clicks": _("Clicks"),
        "seen": _("Seen"),
    }


def order_words(cut: Cut) -> dict[str, str]:
    """By what a list can be ordered, the usual order first; days have their own."""
    if cut is Cut.DAY:
        return {}
    seen = {"seen": _("Seen")} if cut not in (Cut.LINK, Cut.PLACE) else {}
    return {
        "": _("Earned"),
        **seen,
        "clicks": _("Clicks"),
        "carts": _("Bags"),
        "orders": _("Orders"),
        "kept": _("Kept"),
        "per_click": _("Earned per click"),
    }
