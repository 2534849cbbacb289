"""The page of a look, as shoppers see it, and as its editor does before them."""

from __future__ import annotations

from flask import render_template, url_for

from editors.looks import buying, queries
from editors.looks.json_ld import item_list
from editors.looks.models import (
    OCCASION_WORDS,
    SEASON_WORDS,
    STYLE_WORDS,
    Look,
    Occasion,
    Season,
    Style,
)
from editors.looks.pictures import card_values, page_values, spots_of
from editors.looks.words import look_name, look_story
from foundation.settings import current
from storefront.stock.queries import available


def rows_of_look(look: Look) -> list[buying.PieceRow]:
    """The form of a look as it opens, with what is left of each size."""
    ids = [variant.id for piece in look.pieces for variant in piece.product.variants]
    return buying.rows_of(look.pieces, available(ids))


def look_page_of(
    look: Look, rows: list[buying.PieceRow], wrong: str | None = None, *, preview: bool = False
) -> str:
    """The page; as a `preview` for its editor, nothing can be bought on it."""
    currency = rows[0].product.currency if rows else current().currency
    title = look_name(look)
    base_url = current().base_url
    return render_template(
        "editors/looks/look.html",
        look=look,
        title=title,
        story=look_story(look),
        rows=rows,
        wrong=wrong,
        wrongs=[(f"piece-{row.number}", row.product.name, row.wrong) for row in rows if row.wrong],
        first_wrong=next((row.number for row in rows if row.wrong), None),
        total=buying.total_of(rows, currency),
        count=buying.count_of(rows),
        shown=page_values(look),
        spots=spots_of(look.pieces, [row.spoken for row in rows]),
        more=[card_values(other) for other in queries.more_like(look)],
        occasion=OCCASION_WORDS[Occasion(look.occasion)],
        json_ld=item_list(title, base_url + url_for("looks.look", slug=look.slug), base_url, rows),
        base_url=base_url,
        preview=preview,
        season=SEASON_WORDS[Season(look.season)] if look.season != Season.ALL else None,
        styles=[STYLE_WORDS[Style(style)] for style in look.styles],
    )
