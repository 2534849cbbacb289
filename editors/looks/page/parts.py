"""The page of a look, as shoppers see it, and as its editor does before them.

What is everybody's is rendered once for each state of the look, language, and set of sizes; what is this
reader's own (their token, what they saved, what slots say) is put in at its marks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup

from editors.looks import card_queries, queries
from editors.looks.authors.models import CoAuthorStatus
from editors.looks.authors.queries import coauthor_of
from editors.looks.models import (
    OCCASION_WORDS,
    SEASON_WORDS,
    STYLE_WORDS,
    Look,
    Occasion,
    Season,
    Style,
)
from editors.looks.page import buying
from editors.looks.page.json_ld import item_list
from editors.looks.page.state import LookState
from editors.looks.painting.picture import WIDTHS
from editors.looks.pictures import card_values, page_values, spots_of
from editors.looks.words import look_name, look_story, signed_by
from foundation.files.storage import outside_url, url_of
from foundation.i18n import reader_language
from foundation.settings import current
from foundation.web.kept import Recent
from storefront.stock.queries import available

KEPT = 400
#: Where this reader can do something with the look, where their token goes, and where others say something.
MARKS = ("<!--acts-->", "<!--token-->", "<!--disclosure-->", "<!--panels-->")


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose look it is, as far as slots ask."""

    id: int
    name: str
    first_name: str
    handle: str


@dataclass(frozen=True, slots=True)
class LookParts:
    """A look in rendered parts: what stands in the head, the page around its marks, the looks beside it."""

    look_id: int
    slug: str
    by: str
    editor: Signed
    title: str
    description: str
    head: Markup
    main: Sequence[Markup]
    more: Markup


_kept: Recent[LookParts] = Recent(KEPT)


def parts_of(state: LookState, sizes: Mapping[str, str]) -> LookParts | None:
    """The parts of a look as it is now, opened in these sizes; None when it vanished meanwhile."""
    key = (state.key, reader_language(), current().base_url, tuple(sizes.items()))
    parts = _kept.get(key)
    if parts is None:
        look = queries.look_whole(state.id)
        if look is None:
            return None
        parts = rendered(look, buying.rows_of(look.pieces, state.left, sizes), state)
        _kept.put(key, parts)
    return parts


def rows_of_look(look: Look, sizes: Mapping[str, str] | None = None) -> list[buying.PieceRow]:
    """The form of a look as it opens, with what is left of each size."""
    ids = [variant.id for piece in look.pieces for variant in piece.product.variants]
    left = {variant_id for variant_id, number in available(ids).items() if number > 0}
    return buying.rows_of(look.pieces, left, sizes or {})


def rendered(
    look: Look,
    rows: Sequence[buying.PieceRow],
    state: LookState | None,
    wrong: str | None = None,
    *,
    preview: bool = False,
) -> LookParts:
    """The parts anew, with what is `wrong`; as a `preview` for its editor, nothing can be bought on them."""
    second = state.second if state is not None else _second(look)
    title, story, base_url = look_name(look), look_story(look), current().base_url
    currency = rows[0].product.currency if rows else current().currency
    values: dict[str, Any] = {
        "look": look,
        "title": title,
        "story": story,
        "address": base_url + url_for("looks.look", slug=look.slug),
        "rows": rows,
        "wrong": wrong,
        "wrongs": [(f"piece-{row.number}", row.product.name, row.wrong) for row in rows if row.wrong],
        "first_wrong": next((row.number for row in rows if row.wrong), None),
        "total": buying.total_of(rows, currency),
        "count": buying.count_of(rows),
        "shown": page_values(look),
        "spots": spots_of(look.pieces, [row.spoken for row in rows]),
        "tags": _tags(look),
        "preview": preview,
        "second": second,
    }
    values["json_ld"] = item_list(title, values["address"], base_url, rows)
    values["shared"] = _shared(state, values["shown"]["picture"])
    beside = _beside(state) if state is not None else {"sharing": [], "others": []}
    return LookParts(
        look_id=look.id,
        slug=look.slug,
        by=signed_by(look.editor.name, second[0] if second else None),
        editor=Signed(look.editor.id, look.editor.name, look.editor.first_name, look.editor.handle),
        title=title,
        description=story,
        head=Markup(render_template("editors/looks/_look_head.html", **values)),
        main=_cut(render_template("editors/looks/_look_main.html", **values)),
        more=Markup(render_template("editors/looks/_look_more.html", **beside)),
    )


def _shared(state: LookState | None, picture: dict[str, Any] | None) -> dict[str, Any] | None:
    """What networks show for the address: its card, until that is drawn the picture, before that nothing."""
    card = state.cards.get(reader_language()) if state is not None else None
    if card is not None:
        return {"src": outside_url(url_of(card)), "type": "image/jpeg", "width": 1200, "height": 630}
    if picture is None:
        return None
    return {
        "src": picture["shared"],
        "type": "image/webp",
        "width": WIDTHS[-1],
        "height": WIDTHS[-1] * 4 // 3,
    }


def page_of(parts: LookParts, **more: Any) -> str:
    """The whole page around its parts; the answer of its form is no page of its own."""
    own_path = url_for("looks.look", slug=parts.slug)
    return render_template("editors/looks/look.html", parts=parts, own_path=own_path, **more)


def _second(look: Look) -> tuple[str, ...]:
    """Whom a look is put together with, while only its editor sees it."""
    other = coauthor_of(look.id)
    agreed = other is not None and other.status == CoAuthorStatus.ACCEPTED and other.editor.on_show
    return (other.editor.name, other.editor.handle, other.editor.city) if other and agreed else ()


def _cut(page: str) -> Sequence[Markup]:
    pieces = []
    for mark in MARKS:
        before, _, page = page.partition(mark)
        pieces.append(Markup(before))
    return (*pieces, Markup(page))


def _beside(state: LookState) -> dict[str, Any]:
    """The cards of the looks beside it, in one statement."""
    cards = {
        card.id: card_values(card) for card in card_queries.looks_by_ids([*state.sharing, *state.others])
    }
    return {
        "sharing": [cards[one] for one in state.sharing if one in cards],
        "others": [cards[one] for one in state.others if one in cards],
    }


def _tags(look: Look) -> list[tuple[Any, str]]:
    """Where, when and how it is worn, each leading to the looks like it."""
    tags = [(OCCASION_WORDS[Occasion(look.occasion)], url_for("looks.look_list") + f"?for={look.occasion}")]
    if look.season != Season.ALL:
        tags.append((SEASON_WORDS[Season(look.season)], url_for("looks.look_list", season=look.season)))
    tags += [(STYLE_WORDS[Style(one)], url_for("looks.look_list", style=one)) for one in look.styles]
    return tags
