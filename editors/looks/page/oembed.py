"""oEmbed (oembed.com, version 1.0): a look as others put it into their own pages, by its address.

The picture leads here, and says who earns. It is bounded: never wider than the largest we have, nor than the
asker wants. There is JSON alone, which the specification allows.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask_babel import gettext

from editors.looks.card_queries import look_card
from editors.looks.cards import LookCard
from editors.looks.painting.picture import WIDTHS
from editors.looks.pictures import card_values
from editors.looks.words import signed_by
from foundation.accounts.guards import public
from foundation.files.storage import outside_url, url_of
from foundation.settings import current
from foundation.web.numbers import asked_number

SMALLEST, WIDEST = 120, WIDTHS[-1]
TALLEST = WIDEST * 4 // 3
LOOKS = "/looks/"
A_DAY = 86_400

bp = Blueprint("oembed", __name__)


@bp.get("/oembed")
@public
def show() -> tuple[Response, int]:
    """The look at the address `url`; errors are JSON as well, because a machine reads them."""
    if request.args.get("format", "json") != "json":
        return _refused(gettext("We answer in JSON alone."), 501)
    look = _look_at(request.args.get("url", ""))
    if look is None:
        return _refused(gettext("There is no look at that address."), 404)
    answer = jsonify(_embedded(look))
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer, 200


def _refused(sentence: str, status: int) -> tuple[Response, int]:
    return jsonify(error=sentence), status


def _look_at(address: str) -> LookCard | None:
    """The look on show that lives at an address of ours, whatever the question in it."""
    try:
        parts = urlsplit(address[:2000])
    except ValueError:
        return None
    here = urlsplit(current().base_url)
    ours = parts.scheme in ("http", "https") and parts.netloc == here.netloc
    path = parts.path.removeprefix(here.path.rstrip("/"))
    slug = path.removeprefix(LOOKS)
    if not (ours and path.startswith(LOOKS) and slug.isprintable() and 0 < len(slug) <= 100):
        return None
    return look_card(slug)


def _embedded(look: LookCard) -> dict[str, Any]:
    shown = card_values(look)
    address = outside_url(shown["href"])
    said: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "title": shown["title"],
        "author_name": signed_by(look.editor_name, look.with_name),
        "author_url": outside_url(url_for("window.window", handle=look.editor_handle)),
        "provider_name": current().shop_name,
        "provider_url": current().base_url,
        "cache_age": A_DAY,
    }
    keys = (look.picture_small_key, look.picture_medium_key, look.picture_large_key)
    if not all(keys):
        return said
    width = min(WIDEST, _asked("maxwidth"), _asked("maxheight") * 3 // 4)
    height = width * 4 // 3
    key = next(key for key, wide in zip(keys, WIDTHS, strict=True) if wide >= width)
    small = outside_url(url_of(keys[0] or ""))
    html = render_template(
        "editors/looks/_oembed.html",
        address=address,
        src=outside_url(url_of(key or "")),
        alt=shown["alt"],
        width=width,
        height=height,
        name=look.editor_name,
    )
    return said | {
        "type": "rich",
        "width": width,
        "height": height,
        "html": html,
        "thumbnail_url": small,
        "thumbnail_width": WIDTHS[0],
        "thumbnail_height": WIDTHS[0] * 4 // 3,
    }


def _asked(name: str) -> int:
    """The most pixels the asker has room for; what is missing or nonsense bounds nothing."""
    return max(SMALLEST, min(asked_number(name) or TALLEST, TALLEST))
