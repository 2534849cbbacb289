"""What looks put on pages below: the shop's home, and a product's page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import g, render_template, url_for
from flask_babel import gettext, ngettext

from editors.looks import card_queries, queries
from editors.looks.cards import LookCard
from editors.looks.models import OCCASION_WORDS
from editors.looks.pictures import card_values
from foundation import clock
from foundation.i18n import pick

SPREAD = 5
A_WEEK = timedelta(days=7)


def home_hero(**_: Any) -> str:
    """The painted window: the newest look, large, with its pieces; nothing while there is none."""
    newest = _newest()
    if not newest:
        return ""
    return render_template("editors/looks/home_hero.html", look=card_values(newest[0]))


def home_looks(**_: Any) -> str:
    """The double page of the looks after the newest."""
    looks = _newest()[1:]
    if not looks:
        return ""
    newest_at = looks[0].published_at
    return render_template(
        "editors/looks/home_looks.html",
        looks=[card_values(look) for look in looks],
        total=sum(_counts().values()),
        fresh=newest_at is not None and clock.now() - newest_at < A_WEEK,
    )


def meanwhile(**_: Any) -> str:
    """Four looks for whoever waits for an answer."""
    looks = [card_values(look) for look in _newest()[:4]]
    return render_template("editors/looks/meanwhile.html", looks=looks) if looks else ""


def home_occasions(**_: Any) -> str:
    """Where people go in the looks that are there, in big words."""
    counts = _counts() if _newest() else {}  # without a look there is no occasion either
    occasions = [
        {
            "label": words,
            "href": url_for("looks.look_list") + f"?for={key}",
            "note": ngettext("%(num)s look", "%(num)s looks", counts[key]),
        }
        for key, words in OCCASION_WORDS.items()
        if counts.get(key)
    ]
    return render_template("editors/looks/home_occasions.html", occasions=occasions) if occasions else ""


def home_more(**_: Any) -> str:
    """How somebody becomes a style editor."""
    return render_template("editors/looks/home_more.html")


def styled_in(product_id: int, **_: Any) -> str:
    """The looks that hold a product."""
    looks = card_queries.looks_with_product(product_id)
    return render_template("editors/looks/styled_in.html", looks=[card_values(look) for look in looks])


def looks_like(*, words: Sequence[str], number: int, **_: Any) -> dict[str, Any]:
    """The looks whose name has all of the words somebody is typing, for the suggestions of the search."""
    return {
        "title": gettext("Looks"),
        "rows": [
            {
                "name": pick(title, title_it),
                "href": url_for("looks.look", slug=slug),
                "more": gettext("by %(name)s", name=editor),
            }
            for slug, title, title_it, editor in queries.looks_named(words, number)
        ],
    }


def _newest() -> Sequence[LookCard]:
    """One statement a page, however many places show the newest looks."""
    if "newest_looks" not in g:
        g.newest_looks = card_queries.newest_looks(SPREAD + 1)
    found: Sequence[LookCard] = g.newest_looks
    return found


def _counts() -> dict[str, int]:
    if "look_counts" not in g:
        g.look_counts = card_queries.occasion_counts()
    found: dict[str, int] = g.look_counts
    return found
