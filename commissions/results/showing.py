"""Results as a reader sees them: figures with what they were before, bars, the way to what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from commissions.claims.policy import Reason
from commissions.claims.words import why_not
from commissions.results.asking import Question
from commissions.results.policy import NONE, LeftOut, Results, chunks
from commissions.results.queries import Days
from commissions.results.wording import measure_words
from foundation.money import Money
from foundation.web.charts import BarChart, Point, bar_chart
from foundation.web.formats import amount, day, money, number

WIDEST = 1000  # of a bar of the way from seen to kept
LABELS = 8  # as many under a chart


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way from seen to kept: how many, and how wide its bar is (of 1000)."""

    name: str
    count: int
    means: str
    width: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, the finding that is its title, and the same figures as text."""

    chart: BarChart
    title: str
    rows: list[tuple[str, str, str | None]]


def figures(now: Results, before: Results | None, currency: str) -> list[dict[str, str]]:
    """The sums of the whole period, each with what it was before."""

    def one(label: str, this: str, was: str | None, otherwise: str) -> dict[str, str]:
        note = _("%(before)s before", before=was) if was is not None else otherwise
        return {"label": label, "value": this, "note": note}

    def count(name: str) -> tuple[str, str | None]:
        return number(getattr(now, name)), number(getattr(before, name)) if before else None

    def cash(this: Money | None, was: Money | None) -> tuple[str, str | None]:
        return money(this), money(was) if before else None

    then = before or NONE
    return [
        one(_("Earned"), *cash(Money(now.earned_minor, currency), Money(then.earned_minor, currency)),
            _("After what came back")),
        one(_("Orders"), *count("orders"), _("That you have the credit for")),
        one(_("Clicks"), *count("clicks"), _("People who came by a link of yours")),
        one(_("Earned per click"), *cash(now.per_click(currency), then.per_click(currency)),
            _("What somebody who comes is worth on average")),
    ]  # fmt: skip


def drawing(question: Question, found: Sequence[Days], currency: str) -> Drawing:
    """The chosen figure by day, week or month; what it was before stands behind it."""
    measure = question.draw
    parts = chunks(question.span)
    others = chunks(question.other) if question.other else []
    points, rows = [], []
    whole_days = parts[0].days == 1
    for place, part in enumerate(parts):
        value = found[0].within(part).figure(measure, currency)
        before = None
        if question.other is not None:
            then = found[1].within(others[place]) if place < len(others) else NONE
            before = then.figure(measure, currency)
        name = day(part.first, "short" if question.span.days <= 300 else "year")
        points.append(Point(name, value, before=before or 0))
        span = name if whole_days else _("%(day)s and after", day=name)
        was = _written(before, measure, currency) if before is not None else None
        rows.append((span, _written(value, measure, currency), was))
    chart = bar_chart(
        points,
        label=lambda value: (
            money(Money(value, currency), whole=True) if measure == "earned" else number(value)
        ),
        every=max(1, -(-len(points) // LABELS)),
    )
    return Drawing(chart, _title(points, measure, currency, whole_days=whole_days), rows)


def _title(points: Sequence[Point], measure: str, currency: str, *, whole_days: bool) -> str:
    name = measure_words()[measure]
    best = max(points, key=lambda point: point.value)
    if not best.value:
        return _("%(measure)s: nothing in these days.", measure=name)
    value = money(Money(best.value, currency)) if measure == "earned" else number(best.value)
    if whole_days:
        return _(
            "%(measure)s by day. Best day: %(day)s, %(value)s.", measure=name, day=best.label, value=value
        )
    return _(
        "%(measure)s over time. Best stretch: from %(day)s, %(value)s.",
        measure=name, day=best.label, value=value,
    )  # fmt: skip


def _written(value: int, measure: str, currency: str) -> str:
    return amount(Money(value, currency)) if measure == "earned" else number(value)


def steps(now: Results) -> list[Step]:
    """From seen to kept. Each bar stands beside the widest; they need not get shorter, and it is said why."""
    counted = (
        (_("Seen"), now.seen, _("openings of your looks and your window")),
        (_("Clicks"), now.clicks, _("people who came by a link, each once an hour")),
        (_("Bags"), now.carts, _("of them put something into the bag")),
        (_("Orders"), now.orders, _("paid, and yours")),
        (
            _("Kept"),
            now.kept,
            ngettext("of one piece sold", "of %(num)s pieces sold", now.pieces)
            if now.pieces
            else _("of what was sold"),
        ),
    )
    most = max(1, *(count for _name, count, _means in counted))
    return [Step(name, count, means, -(-count * WIDEST // most)) for name, count, means in counted]


def left_out(left: LeftOut, lost: Sequence[tuple[str, int]]) -> list[tuple[int, str]]:
    """What was not counted, how many, and why."""
    said = (
        (left.own_clicks, _("you tried a link of your own. Nobody earns by clicking.")),
        (left.again, _("somebody came again within the hour, or from the same network.")),
        (
            left.programs,
            _("a program followed a link: a search engine, the preview of a message, a page fetched ahead."),
        ),
        (left.own_seen, _("you opened a page of your own.")),
        (left.programs_seen, _("a program read a page of yours.")),
    )
    found = [(count, why) for count, why in said if count]
    return found + [
        (count, _("an order followed a click of yours. %(why)s.", why=why_not({Reason(reason)})))
        for reason, count in lost
    ]
