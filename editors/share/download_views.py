"""What is taken away from the share kit: codes, cards to post, cards to print."""

from __future__ import annotations

from flask import Blueprint, Response, request

from editors.membership.guards import style_editor
from editors.share import codes
from editors.share.asking import address_of, own_link, said
from editors.share.cards import Size
from editors.share.drawing import card_file, card_of, picture_on
from editors.share.paper import as_pdf
from foundation.db import leave_transaction
from foundation.errors import NotFound

bp = Blueprint("share_downloads", __name__, url_prefix="/studio/share")


@bp.get("/<code>/qr.svg")
@style_editor
def qr_svg(code: str) -> Response:
    """The link as a QR code, drawn: sharp at any size."""
    return download(codes.as_svg(address_of(own_link(code))), f"qr-{code}.svg", "image/svg+xml")


@bp.get("/<code>/qr.png")
@style_editor
def qr_png(code: str) -> Response:
    """The link as a QR code, in pixels."""
    return download(codes.as_png(address_of(own_link(code))), f"qr-{code}.png", "image/png")


@bp.get("/<code>/<size>.jpg")
@style_editor
def card(code: str, size: str) -> Response:
    """A card to post; of what has left the show meanwhile there is none, and the page says so."""
    if size not in set(Size):
        raise NotFound()
    chosen = said()
    data = card_file(own_link(code), Size(size), chosen.language, chosen.country)
    return download(data, f"{code}-{size}.jpg", "image/jpeg")


@bp.get("/<code>/card.pdf")
@style_editor
def paper_card(code: str) -> Response:
    """The postcard to print, or four of them on a sheet."""
    link, chosen, four = own_link(code), said(), "four" in request.args
    shown, address = card_of(link, chosen.language, chosen.country), address_of(link)
    leave_transaction()  # the picture may be kept on another machine
    data = as_pdf(shown, address, picture_on(shown), four=four)
    return download(data, f"{code}-{'a4' if four else 'a6'}.pdf", "application/pdf")


def download(data: bytes, name: str, kind: str) -> Response:
    """A file to keep, for its owner alone."""
    answer = Response(data, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
