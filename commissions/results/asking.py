"""What a reader of results asks for, read from the address: days, what beside, by what, in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from flask_babel import gettext as _

from commissions.results.policy import (
    LONGEST,
    Against,
    Cut,
    Period,
    Span,
    span_a_year_before,
    span_before,
    span_of,
)
from foundation import days

Choice = TypeVar("Choice", Cut, Period, Against)
# What can be drawn, and by what a list can be ordered.
DRAWN = ("earned", "orders", "carts", "clicks", "seen")
ORDERS = (*DRAWN, "kept", "per_click", "name")


@dataclass(frozen=True, slots=True)
class Question:
    """One look at the results. `other` is what it is compared with; `wrongs` say by field what was mistyped,
    and then the days are those of four weeks.
    """

    cut: Cut
    period: Period
    against: Against
    draw: str
    sort: str
    span: Span
    other: Span | None
    typed: Mapping[str, str] = field(default_factory=dict)
    wrongs: Mapping[str, str] = field(default_factory=dict)

    @property
    def spans(self) -> list[Span]:
        return [self.span, self.other] if self.other else [self.span]

    def address(self, **changed: Any) -> dict[str, str]:
        """The question as parameters of an address, with what is changed of it."""
        asked = {"by": self.cut, "period": self.period, "against": self.against, "draw": self.draw}
        values = {**asked, "sort": self.sort, **self.typed, **changed}
        usual = {"by": Cut.LOOK, "period": Period.FOUR_WEEKS, "against": Against.BEFORE, "draw": "earned"}
        usual["sort"] = ""
        return {name: str(value) for name, value in values.items() if value and usual.get(name) != value}


def read(args: Mapping[str, str], today: date) -> Question:
    """The question of an address; what it does not say is as usual, and nonsense counts as not said."""
    cut = _one_of(Cut, args.get("by"), Cut.LOOK)
    period = _one_of(Period, args.get("period"), Period.FOUR_WEEKS)
    against = _one_of(Against, args.get("against"), Against.BEFORE)
    if args.get("own"):  # the button beside the days says it, whatever the lists above still say
        period = Period.CHOSEN
        against = Against.CHOSEN if args.get("since2") or args.get("until2") else against
    wrongs: dict[str, str] = {}
    typed: dict[str, str] = {}
    span: Span | None = None
    if period is Period.CHOSEN:
        typed |= {name: args.get(name, "").strip()[:10] for name in ("since", "until")}
        span = _chosen(typed, "since", "until", today, wrongs)
    other: Span | None = None
    if against is Against.CHOSEN:
        typed |= {name: args.get(name, "").strip()[:10] for name in ("since2", "until2")}
        other = _chosen(typed, "since2", "until2", today, wrongs)
    usual = span or span_of(Period.FOUR_WEEKS if period is Period.CHOSEN else period, today)
    if against is Against.BEFORE:
        other = span_before(usual, period)
    elif against is Against.YEAR:
        other = span_a_year_before(usual)
    return Question(
        cut=cut,
        period=period,
        against=against,
        draw=_word(args.get("draw"), DRAWN, "earned"),
        sort=_word(args.get("sort"), ORDERS, ""),
        span=usual,
        other=other,
        typed=typed,
        wrongs=wrongs,
    )


def _chosen(
    typed: Mapping[str, str], first: str, last: str, today: date, wrongs: dict[str, str]
) -> Span | None:
    """The days between two typed ones; None, and why, when they are none. Days to come are left off."""
    since, until = _day(typed[first]), _day(typed[last])
    if since is None:
        wrongs[first] = _("Write the first day, such as 2026-03-01.")
    elif since > today:
        wrongs[first] = _("That day is still to come.")
    if until is None:
        wrongs[last] = _("Write the last day, such as 2026-03-31.")
    if since is None or until is None or first in wrongs:
        return None
    until = min(until, today)
    if until < since:
        wrongs[last] = _("The last day comes before the first one.")
        return None
    if (until - since).days >= LONGEST:
        wrongs[last] = _("Two years at most: choose a later first day or an earlier last one.")
        return None
    return Span(since, until)


def _day(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if days.known(found) else None


def _one_of(kind: type[Choice], asked: str | None, usual: Choice) -> Choice:
    return kind(asked) if asked in {one.value for one in kind} else usual


def _word(asked: str | None, known: tuple[str, ...], usual: str) -> str:
    return asked if asked in known else usual
