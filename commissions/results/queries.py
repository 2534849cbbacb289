"""Results added up from plain rows: every figure of one editor, for one period or two, in one statement.

Clicks of days that are over are read as `commissions.clicks.days` added them up; all else from the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select, text

from commissions.clicks.days import BY_DAY
from commissions.results.policy import NONE, NOTHING_LEFT_OUT, Cut, LeftOut, Results, Span
from editors.links.models import Link, LinkPlace
from editors.links.queries import WITH_TARGET
from editors.looks.models import Look
from foundation.db import db
from storefront.catalog.models import Product

# Spans are numbered: 0 is the period, 1 what it is compared with.
_SPANS = """
    WITH spans (p, first, last, since, until) AS (
        SELECT * FROM unnest(CAST(:numbers AS int[]), CAST(:firsts AS date[]), CAST(:lasts AS date[]),
                             CAST(:sinces AS timestamptz[]), CAST(:untils AS timestamptz[])))
"""
_WITHIN = "editor_id = :editor AND {0}.{1} >= spans.since AND {0}.{1} < spans.until"
_SIGHTS = "spans JOIN day_sights s ON s.editor_id = :editor AND s.day BETWEEN spans.first AND spans.last"
_CLICKS = f"spans JOIN ({BY_DAY}) c ON c.day BETWEEN spans.first AND spans.last"
_BAGS = f"""spans JOIN bagged_pieces b ON b.{_WITHIN.format("b", "at")}"""
# The claim that won names the link and the look; a sale by code has neither. A share of a look of two may
# have come by the link of the other, who alone counts it by link and place.
_SALES = f"""
    spans JOIN commissions m ON m.{_WITHIN.format("m", "accrued_at")} AND m.currency = :currency
    JOIN order_lines l ON l.id = m.order_line_id
    LEFT JOIN claims w ON w.receipt_id = m.receipt_id AND w.verdict = 'won'
"""
_MY_LINK = "CASE WHEN w.editor_id = m.editor_id THEN w.link_id END"
_SEEN = {"seen": "sum(s.people) FILTER (WHERE s.link_id IS NULL)"}
_COUNTED = {"clicks": "sum(c.clicks)"}
_BAGGED = {"carts": "count(DISTINCT (b.click_id, (b.at AT TIME ZONE :zone)::date))"}
_SOLD = {
    "orders": "count(DISTINCT m.order_id)",
    "pieces": "sum(m.quantity)",
    "kept": "sum(CASE WHEN m.status = 'reversed' THEN 0 ELSE m.quantity - m.refunded_quantity END)",
    "earned": "sum(m.accrued_minor - m.reversed_minor)",
}
_FIGURES = ("seen", "clicks", "carts", "orders", "pieces", "kept", "earned")
_LEFT_OUT = ("own_seen", "programs_seen", "own_clicks", "again", "programs")
# Places have no numbers of their own: theirs is where they stand in this list, from 1.
PLACES = tuple(LinkPlace)
_PLACE_NAMES = ", ".join("'" + place + "'" for place in PLACES)
_PLACE = f"array_position(ARRAY[{_PLACE_NAMES}]::text[], k.place::text)"
# A piece is seen and clicked with every look that holds it; a link of its own counts too.
_PIECES_SEEN = f"{_SIGHTS} JOIN look_pieces g ON g.look_id = s.look_id"
_PIECES_CLICKED = f"""
    (SELECT p, c.look_id, c.product_id, sum(c.clicks) AS n FROM {_CLICKS}
     WHERE c.clicks > 0 GROUP BY 1, 2, 3) t,
    LATERAL (SELECT product_id FROM look_pieces WHERE look_id = t.look_id
             UNION SELECT t.product_id WHERE t.product_id IS NOT NULL) g
"""


def _part(key: str, source: str, figures: Mapping[str, str], names: Sequence[str] = _FIGURES) -> str:
    """One source of figures, grouped by span and key; what it does not know is 0."""
    columns = ", ".join(f"coalesce({figures[name]}, 0) AS {name}" if name in figures else f"0 AS {name}"
                        for name in names)  # fmt: skip
    return f"SELECT p, {key} AS key, {columns} FROM {source} GROUP BY 1, 2"


def _together(parts: Sequence[str], names: Sequence[str] = _FIGURES) -> str:
    sums = ", ".join(f"sum({name})::bigint" for name in names)
    return f"{_SPANS} SELECT p, key, {sums} FROM ({' UNION ALL '.join(parts)}) parts GROUP BY 1, 2"


_EVERY = (*_FIGURES, *_LEFT_OUT)
_BY_DAY = _together(
    (
        _part(
            "s.day",
            _SIGHTS,
            _SEEN
            | {
                "own_seen": "sum(s.own)",
                "programs_seen": "sum(s.programs) FILTER (WHERE s.link_id IS NULL)",
                "programs": "sum(s.programs) FILTER (WHERE s.link_id IS NOT NULL)",
            },
            _EVERY,
        ),
        _part(
            "c.day",
            _CLICKS,
            _COUNTED | {"own_clicks": "sum(c.own)", "again": "sum(c.again)"},
            _EVERY,
        ),
        _part("(b.at AT TIME ZONE :zone)::date", _BAGS, _BAGGED, _EVERY),
        _part("(m.accrued_at AT TIME ZONE :zone)::date", _SALES, _SOLD, _EVERY),
    ),
    _EVERY,
)
_BY = {
    Cut.LOOK: _together(
        (
            _part("coalesce(s.look_id, 0)", f"{_SIGHTS} AND s.link_id IS NULL", _SEEN),
            _part("coalesce(c.look_id, 0)", _CLICKS, _COUNTED),
            _part("coalesce(b.look_id, 0)", _BAGS, _BAGGED),
            _part("coalesce(w.look_id, 0)", _SALES, _SOLD),
        )
    ),
    Cut.LINK: _together(
        (
            _part("c.link_id", _CLICKS, _COUNTED),
            _part("b.link_id", _BAGS, _BAGGED),
            _part(f"coalesce({_MY_LINK}, 0)", _SALES, _SOLD),
        )
    ),
    Cut.PLACE: _together(
        (
            _part(_PLACE, f"{_CLICKS} JOIN links k ON k.id = c.link_id", _COUNTED),
            _part(_PLACE, f"{_BAGS} JOIN links k ON k.id = b.link_id", _BAGGED),
            _part(f"coalesce({_PLACE}, 0)", f"{_SALES} LEFT JOIN links k ON k.id = {_MY_LINK}", _SOLD),
        )
    ),
    Cut.PIECE: _together(
        (
            _part("g.product_id", _PIECES_SEEN, _SEEN),
            _part("g.product_id", _PIECES_CLICKED, {"clicks": "sum(t.n)"}),
            _part("b.product_id", _BAGS, _BAGGED),
            _part("l.product_id", _SALES, _SOLD),
        )
    ),
}
# Sales after a click of this editor that are credited to somebody else, or to nobody: by the first reason.
_NOT_MINE = """
    SELECT reason, count(*) FROM (
        SELECT DISTINCT ON (w.receipt_id) w.receipt_id, w.reason
        FROM claims w JOIN receipts r ON r.id = w.receipt_id AND r.replaced_at IS NULL
        WHERE w.editor_id = :editor AND w.verdict = 'lost' AND r.editor_id IS DISTINCT FROM :editor
          AND r.decided_at >= :since AND r.decided_at < :until
        ORDER BY w.receipt_id, w.position) lost
    GROUP BY reason ORDER BY count(*) DESC, reason
"""


@dataclass(frozen=True, slots=True)
class Days:
    """One span day by day; days on which nothing happened are not there."""

    by_day: dict[date, Results] = field(default_factory=dict)
    left_out: LeftOut = NOTHING_LEFT_OUT

    @property
    def whole(self) -> Results:
        return sum(self.by_day.values(), NONE)

    def within(self, span: Span) -> Results:
        """The days of a part of it."""
        return sum((one for day, one in self.by_day.items() if span.first <= day <= span.last), NONE)


def days_of(editor_id: int, currency: str, zone: str, spans: Sequence[Span]) -> list[Days]:
    """An editor's results day by day, for each of the spans, and what was left out of them."""
    found = [Days() for _ in spans]
    left: dict[int, LeftOut] = defaultdict(LeftOut)
    for number, day, *figures in _asked(_BY_DAY, editor_id, currency, zone, spans):
        counts = [int(figure) for figure in figures]
        found[number].by_day[day] = Results(*counts[: len(_FIGURES)])
        left[number] += LeftOut(*counts[len(_FIGURES) :])
    return [Days(days.by_day, left[number]) for number, days in enumerate(found)]


def results_by(
    cut: Cut, editor_id: int, currency: str, zone: str, spans: Sequence[Span]
) -> list[dict[int, Results]]:
    """An editor's results by look, piece or link, as ids, for each of the spans; 0 is what has none.

    By place the key is its number in `PLACES`, from 1.
    """
    found: list[dict[int, Results]] = [{} for _ in spans]
    for number, key, *figures in _asked(_BY[cut], editor_id, currency, zone, spans):
        found[number][int(key)] = Results(*(int(figure) for figure in figures))
    return found


def not_mine(editor_id: int, zone: str, span: Span) -> list[tuple[str, int]]:
    """How many sales after an editor's click are not theirs, by the reason, the most frequent first."""
    since, until = span.bounds(zone)
    rows = db.session.execute(text(_NOT_MINE), {"editor": editor_id, "since": since, "until": until})
    return [(str(row[0]), int(row[1])) for row in rows]


def looks_named(look_ids: Sequence[int]) -> dict[int, Look]:
    """Looks by id, for their names."""
    return {one.id: one for one in db.session.scalars(select(Look).where(Look.id.in_(look_ids)))}


def pieces_named(product_ids: Sequence[int]) -> dict[int, Product]:
    """Products by id, for their names."""
    return {one.id: one for one in db.session.scalars(select(Product).where(Product.id.in_(product_ids)))}


def links_named(link_ids: Sequence[int]) -> Sequence[Link]:
    """Links with what they lead to."""
    return db.session.scalars(select(Link).where(Link.id.in_(link_ids)).options(*WITH_TARGET)).all()


def _asked(statement: str, editor_id: int, currency: str, zone: str, spans: Sequence[Span]) -> Any:
    bounds = [span.bounds(zone) for span in spans]
    values = {
        "editor": editor_id,
        "currency": currency,
        "zone": zone,
        "numbers": list(range(len(spans))),
        "firsts": [span.first for span in spans],
        "lasts": [span.last for span in spans],
        "sinces": [since for since, _ in bounds],
        "untils": [until for _, until in bounds],
        "earliest": min(since for since, _ in bounds),
    }
    return db.session.execute(text(statement), values)
