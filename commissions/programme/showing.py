"""Cost and return as staff see them: figures with what they were before, a chart, lines with names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from commissions.programme.policy import NOTHING, Brought, By, Drawn
from commissions.programme.queries import names_of, within
from commissions.results.policy import Span, chunks
from foundation.i18n import pick
from foundation.money import Money
from foundation.web.charts import BarChart, Point, bar_chart
from foundation.web.formats import amount, day, money, number, percent

LABELS = 8  # as many under a chart
SUMS = (Drawn.NET, Drawn.COST)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: what it is, where it leads, what it brought, and what it brought before."""

    name: str
    href: str | None
    now: Brought
    before: Brought | None


def by_words() -> dict[By, str]:
    """By what one can list."""
    return {
        By.EDITOR: _("Editors"),
        By.LOOK: _("Looks"),
        By.CAMPAIGN: _("Campaigns"),
        By.COHORT: _("Pilot groups"),
    }


def drawn_words() -> dict[Drawn, str]:
    """What can be drawn."""
    return {
        Drawn.NET: _("Net sales"),
        Drawn.COST: _("Cost"),
        Drawn.ORDERS: _("Orders"),
        Drawn.NEW: _("New customers"),
    }


def figures(now: Brought, before: Brought | None, currency: str) -> list[dict[str, str]]:
    """The sums of the whole period, each with what it was before."""

    def one(label: str, value: str, was: str, means: str) -> dict[str, str]:
        return {
            "label": label,
            "value": value,
            "note": _("%(before)s before", before=was) if before else means,
        }

    then = before or NOTHING
    return [
        one(
            _("Net sales"),
            money(Money(now.net_minor, currency)),
            money(Money(then.net_minor, currency)),
            _("Without VAT, after what came back"),
        ),
        one(
            _("Cost"),
            money(Money(now.cost_minor, currency)),
            money(Money(then.cost_minor, currency)),
            _("Commissions, bonuses and what was added to store credit, after what came back"),
        ),
        one(_("Cost of sales"), _share(now), _share(then), _("Of each 100 sold")),
        one(_("New customers"), number(now.new), number(then.new), _("Whose first order it was")),
    ]


def _share(of: Brought) -> str:
    return percent(of.share_bps) if of.share_bps is not None else "–"


def drawing(
    drawn: Drawn,
    spans: Sequence[Span],
    daily: Sequence[Mapping[date, Brought]],
    currency: str,
) -> tuple[BarChart, str, list[tuple[str, str, str | None]]]:
    """A figure by day, week or month, what it was before behind it; the finding, and the same as text."""

    def written(value: int) -> str:
        return amount(Money(value, currency)) if drawn in SUMS else number(value)

    parts = chunks(spans[0])
    others = chunks(spans[1]) if len(spans) > 1 else []
    points, rows = [], []
    for place, part in enumerate(parts):
        value = within(daily[0], part).figure(drawn)
        was = within(daily[1], others[place]).figure(drawn) if place < len(others) else 0
        name = day(part.first, "short" if spans[0].days <= 300 else "year")
        points.append(Point(name, value, before=was))
        rows.append((name, written(value), written(was) if others else None))
    best = max(points, key=lambda point: point.value)
    chart = bar_chart(
        points,
        label=lambda value: money(Money(value, currency), whole=True) if drawn in SUMS else number(value),
        every=max(1, -(-len(points) // (LABELS if spans[0].days <= 300 else LABELS // 2))),
    )
    name = drawn_words()[drawn]
    if not best.value:
        return chart, _("%(measure)s: nothing in these days.", measure=name), rows
    top = money(Money(best.value, currency)) if drawn in SUMS else number(best.value)
    title = _("%(measure)s. Most from %(day)s on: %(value)s.", measure=name, day=best.label, value=top)
    return chart, title, rows


def lines(by: By, now: Mapping[int, Brought], before: Mapping[int, Brought] | None) -> list[Line]:
    """Every key with its name, the largest net sales first; what is none of them comes last."""
    keys = sorted(
        set(now) | set(before or {}), key=lambda key: (key == 0, -now.get(key, NOTHING).net_minor, key)
    )
    names = names_of(by, [key for key in keys if key])
    found = []
    for key in keys:
        name = names.get(key)
        called = (pick(name.en, name.it) or _("Untitled")) if name else _none_of(by)
        href = _leads(by, name.handle) if name and name.handle else None
        was = before.get(key, NOTHING) if before is not None else None
        found.append(Line(called, href, now.get(key, NOTHING), was))
    return found


def _leads(by: By, handle: str) -> str:
    if by is By.EDITOR:
        return url_for("staff_commissions.index", editor=handle)
    return url_for("looks.look", slug=handle)


def _none_of(by: By) -> str:
    return {
        By.EDITOR: "–",
        By.LOOK: _("Without a look: window, single pieces, code"),
        By.CAMPAIGN: _("Without a campaign"),
        By.COHORT: _("In no pilot group"),
    }[by]
