from __future__ import annotations

from flask import Blueprint, Flask, Response, render_template
from flask_babel import lazy_gettext as _l

from foundation.accounts.guards import public
from foundation.errors import NotFound
from foundation.mail.queries import latest_messages, message
from foundation.web import navigation

# Registered only while there is no mail server: what would have been sent is read here instead.
bp = Blueprint("outbox", __name__, url_prefix="/outbox")


@bp.get("/")
@public
def letters() -> str:
    """Every letter that was written, newest first."""
    return render_template("foundation/mail/outbox.html", messages=latest_messages())


@bp.get("/<int:message_id>")
@public
def letter(message_id: int) -> str:
    found = message(message_id)
    if found is None:
        raise NotFound()
    return render_template("foundation/mail/outbox_letter.html", message=found)


@bp.get("/<int:message_id>/html")
@public
def letter_html(message_id: int) -> Response:
    """The HTML part alone, in the colours of its own: shown in a frame without scripts."""
    found = message(message_id)
    if found is None:
        raise NotFound()
    response = Response(found.html)
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-top-navigation"
    )
    return response


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    navigation.add(app, "foot.help", navigation.Entry(_l("Outbox"), "outbox.letters"), order=90)
