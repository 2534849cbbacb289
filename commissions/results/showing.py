"""Results as a reader sees them: figures with what they were before, bars, the way to what is kept, lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from commissions.claims.policy import Reason
from commissions.claims.words import why_not
from commissions.results.asking import Question
from commissions.results.policy import NONE, Against, Cut, LeftOut, Period, Results, Span, chunks
from commissions.results.queries import PLACES, Days, links_named, looks_named, pieces_named
from editors.links.models import LinkPlace
from editors.looks.words import look_name
from editors.membership.guards import current_editor
from editors.share.places import OFFERED
from foundation.money import Money
from foundation.web.charts import BarChart, Point, bar_chart
from foundation.web.formats import amount, day, money, number

WIDEST = 1000  # of a bar of the way from seen to kept
LABELS = 8  # as many under a chart


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: what it is, where it leads, what came of it, and what came of it before."""

    name: str
    note: str
    href: str | None
    now: Results
    before: Results | None


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


def value_of(one: Results, name: str, currency: str) -> int:
    """A figure by name, as a whole number to order and to draw by."""
    if name == "per_click":
        per_click = one.per_click(currency)
        return per_click.minor if per_click else -1
    return int(getattr(one, "earned_minor" if name == "earned" else name))


def drawing(question: Question, found: Sequence[Days], currency: str) -> Drawing:
    """The chosen figure by day, week or month; what it was before stands behind it."""
    measure = question.draw
    parts = chunks(question.span)
    others = chunks(question.other) if question.other else []
    points, rows = [], []
    whole_days = parts[0].days == 1
    for place, part in enumerate(parts):
        value = value_of(found[0].within(part), measure, currency)
        before = None
        if question.other is not None:
            then = found[1].within(others[place]) if place < len(others) else NONE
            before = value_of(then, measure, currency)
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


def lines(
    question: Question, now: Mapping[int, Results], before: Mapping[int, Results] | None, currency: str
) -> list[tuple[int, Results, Results | None]]:
    """Every key with its figures, in the order that is asked for (by what was earned, then by clicks)."""
    keys = set(now) | set(before or {})
    found = [
        (key, this, then)
        for key in keys
        for this, then in [(now.get(key, NONE), before.get(key, NONE) if before is not None else None)]
        if this != NONE or then not in (None, NONE)
    ]
    order = question.sort if question.sort != "name" else ""
    return sorted(
        found,
        key=lambda line: (
            -value_of(line[1], order, currency) if order else 0,
            -line[1].earned_minor,
            -line[1].clicks,
            -line[1].seen,
            line[0],
        ),
    )


def named(cut: Cut, found: Sequence[tuple[int, Results, Results | None]]) -> list[Line]:
    """The lines with their names; one statement for all of them."""
    keys = [key for key, _now, _before in found if key]
    if cut is Cut.DAY:
        return [Line(day(date.fromordinal(key), "year"), "", None, now, before) for key, now, before in found]
    names = NAMED[cut](keys) if keys else {}
    nothing = (_nameless(cut), "", None)
    return [Line(*names.get(key, nothing), now, before) for key, now, before in found]


def days_as_lines(found: Sequence[Days]) -> list[tuple[int, Results, Results | None]]:
    """Every day on which something happened as a line, the last one first; its key is its number."""
    return [
        (when.toordinal(), one, None)
        for when, one in sorted(found[0].by_day.items(), reverse=True)
        if one != NONE
    ]


def _nameless(cut: Cut) -> str:
    if cut in (Cut.LINK, Cut.PLACE):
        return _("Without a link of yours: your code, a store, or the link of who signed the look with you")
    return _("Without a look: window, single pieces, code")


def _looks(keys: Sequence[int]) -> dict[int, tuple[str, str, str | None]]:
    mine = current_editor().id
    return {
        key: (
            look_name(look) or _("Untitled"),
            "",
            url_for("studio_looks.edit", look_id=key)
            if look.editor_id == mine
            else url_for("looks.look", slug=look.slug),
        )
        for key, look in looks_named(keys).items()
    }


def _pieces(keys: Sequence[int]) -> dict[int, tuple[str, str, str | None]]:
    return {
        key: (piece.full_name, "", url_for("catalog.product", handle=piece.handle))
        for key, piece in pieces_named(keys).items()
    }


def _links(keys: Sequence[int]) -> dict[int, tuple[str, str, str | None]]:
    found: dict[int, tuple[str, str, str | None]] = {}
    for link in links_named(keys):
        note = f"{link.name} · /go/{link.code}" if link.name else f"/go/{link.code}"
        address = url_for("studio_links.links", _anchor=f"link-{link.code}")
        found[link.id] = (link.title or _("My window"), note, address)
    return found


def _places(keys: Sequence[int]) -> dict[int, tuple[str, str, str | None]]:
    words = {LinkPlace.ANYWHERE: _("Links without a place"), LinkPlace.OTHER: _("Elsewhere"), **OFFERED}
    return {key: (str(words[PLACES[key - 1]]), "", None) for key in keys}


NAMED = {Cut.LOOK: _looks, Cut.PIECE: _pieces, Cut.LINK: _links, Cut.PLACE: _places}
