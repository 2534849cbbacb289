from __future__ import annotations

from flask import Blueprint, Flask, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from foundation.accounts.guards import permitted
from foundation.accounts.permissions import Permission
from foundation.actors import ActorKind
from foundation.audit.acts import named_acts, part_of, reason_of, sentence_of, subject_of
from foundation.audit.models import AuditRow
from foundation.audit.queries import PAGE_SIZE, latest
from foundation.web import navigation
from foundation.web.numbers import asked_number

bp = Blueprint("audit_staff", __name__, url_prefix="/staff/audit")


@bp.get("/")
@permitted(Permission.AUDIT_VIEW)
def rows() -> str:
    """Who did what, newest first; `before` pages on, `action` narrows."""
    before = asked_number("before")
    action = request.args.get("action", "").strip()
    found = latest(before=before, action=action)
    return render_template(
        "foundation/audit/rows.html",
        rows=found,
        action=action,
        acts=[("", _("Every act")), *named_acts()],
        more=len(found) == PAGE_SIZE,
    )


def acted_by(row: AuditRow) -> str:
    """Who did it, as people say it: a name, a guest, or the shop itself with the part of it that acted."""
    if row.actor_kind == ActorKind.GUEST:
        return str(_("A guest"))
    if row.actor_kind == ActorKind.SYSTEM and row.actor_label.casefold() != "stripe":
        return str(_("The shop itself (%(part)s)", part=part_of(row.actor_label)))
    return row.actor_label


def act_words(row: AuditRow) -> str:
    """What was done, as people say it."""
    return sentence_of(row.action)


def act_about(row: AuditRow) -> str:
    """The thing it was done to."""
    return subject_of(row.subject_type, row.subject_id)


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        acted_by=acted_by, act_words=act_words, act_about=act_about, reason_words=reason_of
    )
    app.register_blueprint(bp)
    entry = navigation.Entry(
        _l("Who did what"), "audit_staff.rows", group=_l("House"), permission=Permission.AUDIT_VIEW
    )
    navigation.add(app, "staff.nav", entry, order=91)
