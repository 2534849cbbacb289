"""A size guide as somebody hands it in, and as a form carries what it showed when it was opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

import orjson

from foundation.i18n import pick
from storefront.sizing.policy import Unit


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A column; see `SizeGuideMeasure`."""

    name: str
    name_it: str | None = None
    how: str = ""
    how_it: str | None = None
    unit: Unit = Unit.CM

    @property
    def called(self) -> str:
        """Its name in the reader's language."""
        return pick(self.name, self.name_it)


@dataclass(frozen=True, kw_only=True)
class GuideDraft:
    """A guide as somebody hands it in; see `SizeGuide`. `rows`: sizes with a figure for each measure."""

    name: str
    category: str = ""
    vendor: str = ""
    words: str = ""
    words_it: str | None = None
    measures: Sequence[Measure] = field(default=())
    rows: Sequence[tuple[str, Sequence[str]]] = field(default=())


# Whoever says nothing of what they saw saw an empty guide: all that differs is asked about.
NOTHING_SEEN = GuideDraft(name="")


def packed(draft: GuideDraft) -> str:
    """A draft as text, for a field that nobody reads."""
    return orjson.dumps(asdict(draft)).decode()


def unpacked(text: str) -> GuideDraft:
    """The draft that was packed; `NOTHING_SEEN` for any other text."""
    try:
        told = orjson.loads(text)
        measures = [Measure(**{**one, "unit": Unit(one["unit"])}) for one in told.pop("measures")]
        rows = [(str(size), [str(one) for one in figures]) for size, figures in told.pop("rows")]
        draft = GuideDraft(**told, measures=measures, rows=rows)
    except (ValueError, TypeError, KeyError, AttributeError):
        return NOTHING_SEEN
    fits = all(len(figures) == len(measures) for _size, figures in rows)
    words = (draft.name, draft.category, draft.vendor, draft.words, draft.words_it or "")
    return draft if fits and all(isinstance(one, str) for one in words) else NOTHING_SEEN
