"""What a reader asks of the list of looks: everything lives in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from flask import url_for
from flask_babel import gettext

from editors.looks.card_queries import LookFilters
from editors.looks.models import (
    OCCASION_WORDS,
    SEASON_WORDS,
    STYLE_WORDS,
    Occasion,
    Season,
    Style,
)

Chosen = TypeVar("Chosen", bound=StrEnum)


def filters_of(args: Mapping[str, str]) -> LookFilters:
    """What the address asks for; whatever makes no sense is passed over."""
    return LookFilters(_one(args, "for", Occasion), _one(args, "season", Season), _one(args, "style", Style))


def address_of(filters: LookFilters, *, page: int = 1) -> str:
    """The address of a list."""
    values: dict[str, Any] = {"for": filters.occasion, "season": filters.season, "style": filters.style}
    return url_for("looks.look_list", page=page if page > 1 else None, **values)


def title_of(filters: LookFilters) -> str:
    """What a list is called: the occasion, and what else was chosen."""
    words: list[Any] = [OCCASION_WORDS[filters.occasion]] if filters.occasion else []
    words += [SEASON_WORDS[filters.season]] if filters.season else []
    words += [STYLE_WORDS[filters.style]] if filters.style else []
    return ", ".join(map(str, words))


def occasions_of(filters: LookFilters, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The tabs: every occasion with looks."""
    everything = {
        "label": gettext("All looks"),
        "href": address_of(replace(filters, occasion=None)),
        "current": filters.occasion is None,
    }
    return [everything] + [
        {
            "label": words,
            "href": address_of(replace(filters, occasion=one)),
            "current": one == filters.occasion,
            "count": counts.get(one, 0),
        }
        for one, words in OCCASION_WORDS.items()
        if counts.get(one) or one == filters.occasion
    ]


def choices_of(
    filters: LookFilters, counts: Mapping[str, Mapping[str, int]]
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Seasons and styles with looks, each with the address that puts it on or takes it off."""
    seasons = [
        _choice(words, replace(filters, season=None if one == filters.season else one), one == filters.season)
        for one, words in SEASON_WORDS.items()
        if counts["season"].get(one) or one == filters.season
    ]
    styles = [
        _choice(words, replace(filters, style=None if one == filters.style else one), one == filters.style)
        for one, words in STYLE_WORDS.items()
        if counts["style"].get(one) or one == filters.style
    ]
    # One season that all looks have is no choice.
    groups = [(gettext("Season"), seasons if len(seasons) > 1 or filters.season else [])]
    return [(name, some) for name, some in [*groups, (gettext("Style"), styles)] if some]


def _choice(words: Any, filters: LookFilters, on: bool) -> dict[str, Any]:
    return {"label": words, "href": address_of(filters), "on": on}


def _one(args: Mapping[str, str], name: str, kind: type[Chosen]) -> Chosen | None:
    value = args.get(name, "")
    return kind(value) if value in set(kind) else None
