"""Two people on one size guide: what does not collide is put together, the rest is for a person to decide.

Measures are known by their English name and rows by their size, whatever the letters; where they stand does
not matter. What only one of the two changed, added or took out counts. Where both did, and not the same, it
stays as the second one typed it and is told: a figure, a word, or a line that one took out and the other
went on writing in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from storefront.catalog.policy import size_key
from storefront.sizing.drafts import GuideDraft, Measure
from storefront.sizing.policy import MOST_MEASURES, MOST_SIZES

FIELDS = ("name", "category", "vendor", "words", "words_it")
TOLD = ("name", "name_it", "how", "how_it", "unit")


@dataclass(frozen=True, kw_only=True)
class Collision:
    """Where both wrote: a field of the guide or of a measure, a measure, a size, or a figure (size and
    measure). `theirs`: what the first one kept; empty where they took it out."""

    field: str = ""
    measure: Measure | None = None
    size: str = ""
    theirs: str = ""


@dataclass(frozen=True)
class Merged:
    """A draft of both, and where they collide: there it says what the second one typed."""

    draft: GuideDraft
    collisions: Sequence[Collision]


def merge(was: GuideDraft, mine: GuideDraft, theirs: GuideDraft) -> Merged:
    """`mine` on top of `theirs`, both begun from `was`. What they added and there is no room for is told."""
    sides = _Sides(_Side(was), _Side(mine), _Side(theirs))
    told: list[Collision] = []
    words: dict[str, Any] = {}
    for name in FIELDS:
        three = getattr(was, name), getattr(mine, name), getattr(theirs, name)
        words[name] = _of_both(*three)
        if _collide(*three):
            told.append(Collision(field=name, theirs=str(three[2] or "")))
    measures = _measures(sides, told)
    rows = _rows(sides, measures, told)
    return Merged(GuideDraft(**words, measures=measures, rows=rows), told)


class _Side:
    """A draft by its keys: measures by name, figures by size and measure."""

    def __init__(self, draft: GuideDraft) -> None:
        self.measures = {_key(one.name): one for one in draft.measures}
        self.sizes = {_key(size): size for size, _figures in draft.rows}
        self.cells = {
            _key(size): dict(zip(self.measures, figures, strict=True)) for size, figures in draft.rows
        }


class _Sides(NamedTuple):
    was: _Side
    mine: _Side
    theirs: _Side


def _measures(sides: _Sides, told: list[Collision]) -> list[Measure]:
    kept, room = [], MOST_MEASURES - len(sides.mine.measures)
    for key in {**sides.mine.measures, **sides.theirs.measures}:
        old, own, other = (side.measures.get(key) for side in sides)
        if own is not None and other is not None:
            kept.append(_measure(old, own, other, told))
        elif own is not None:
            touched = old is not None and _column_touched(sides.was, sides.mine, key)
            if touched:
                told.append(Collision(measure=own))
            if old is None or touched:
                kept.append(own)
        elif other is not None:
            if old is None and room > 0:
                kept.append(other)
                room -= 1
            elif old is None or _column_touched(sides.was, sides.theirs, key):
                told.append(Collision(measure=other, theirs=other.name))
    return kept


def _measure(old: Measure | None, own: Measure, other: Measure, told: list[Collision]) -> Measure:
    values = {}
    for name in TOLD:
        three = getattr(old, name, None), getattr(own, name), getattr(other, name)
        values[name] = _of_both(*three)
        if _collide(*three):
            told.append(Collision(field=name, measure=own, theirs=str(three[2] or "")))
    return replace(own, **values)


def _rows(sides: _Sides, measures: Sequence[Measure], told: list[Collision]) -> list[tuple[str, list[str]]]:
    kept, room = [], MOST_SIZES - len(sides.mine.sizes)
    for key in {**sides.theirs.sizes, **sides.mine.sizes}:
        size = sides.mine.sizes.get(key) or sides.theirs.sizes[key]
        old, own, other = (side.cells.get(key) for side in sides)
        if own is not None and other is not None:
            kept.append((size, _figures(size, (old or {}, own, other), measures, told)))
        elif own is not None:
            touched = old is not None and _row_touched(old, own)
            if touched:
                told.append(Collision(size=size))
            if old is None or touched:
                kept.append((size, [own.get(_key(one.name), "") for one in measures]))
        elif other is not None:
            if old is None and room > 0:
                kept.append((size, [other.get(_key(one.name), "") for one in measures]))
                room -= 1
            elif old is None or _row_touched(old, other):
                told.append(Collision(size=size, theirs=", ".join(filter(None, other.values()))))
    return sorted(kept, key=lambda row: size_key(row[0]))


def _figures(
    size: str, rows: Sequence[Mapping[str, str]], measures: Sequence[Measure], told: list[Collision]
) -> list[str]:
    figures = []
    for one in measures:
        was, *now = (row.get(_key(one.name)) for row in rows)
        # Whoever has not got the measure has said nothing of its figures.
        mine, theirs = (was if part is None else part for part in now)
        figures.append(_of_both(was, mine, theirs) or "")
        if _collide(was, mine, theirs):
            told.append(Collision(size=size, measure=one, theirs=theirs or ""))
    return figures


def _of_both(was: Any, mine: Any, theirs: Any) -> Any:
    """What stands in the end; an empty field is one that nobody filled in."""
    return theirs if (mine or None) == (was or None) else mine


def _collide(was: Any, mine: Any, theirs: Any) -> bool:
    return (mine or None) != (theirs or None) and (was or None) not in (mine or None, theirs or None)


def _row_touched(was: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether a row says something else, in the measures that are left, or in one that was added."""
    return any(figure != was.get(key, "") for key, figure in now.items())


def _column_touched(was: _Side, now: _Side, key: str) -> bool:
    """Whether a measure says something else, or any figure under it."""
    return was.measures[key] != now.measures[key] or any(
        cells[key] != was.cells.get(size, {}).get(key, "") for size, cells in now.cells.items()
    )


def _key(word: str) -> str:
    return word.casefold()
