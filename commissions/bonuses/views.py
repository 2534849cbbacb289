"""The studio: which bonuses one can still earn, how far one is, and what was earned."""

from __future__ import annotations

from flask import Blueprint, Flask, render_template

from commissions.bonuses.showing import earned_by, open_to
from editors.membership.guards import current_editor, earner
from foundation import clock

bp = Blueprint("bonuses", __name__)


@bp.get("/studio/bonuses")
@earner
def mine() -> str:
    """What can be earned, how much is missing, what was earned, and when it is paid."""
    editor, now = current_editor(), clock.now()
    return render_template(
        "commissions/bonuses/studio.html", open=open_to(editor.id, now), earned=earned_by(editor.id), now=now
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
