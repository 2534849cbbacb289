"""What stood under a handle that was left leads to where it stands now."""

from __future__ import annotations

from typing import Any

from flask import Flask, redirect, request, url_for
from werkzeug.wrappers import Response

from editors.membership.errors import NoSuchEditor
from editors.membership.queries import editor_who_had
from foundation.db import SAFE_METHODS
from foundation.web.errors import problem_page

HANDLE = "handle"
AN_HOUR = 3600


def init_app(app: Flask) -> None:
    """Only where no editor was found: a handle that somebody has costs nothing more."""
    app.register_error_handler(NoSuchEditor, _lead_on)


def _lead_on(nobody: NoSuchEditor) -> Response:
    """301, or 308 for what was sent by a form; the usual page where nobody ever had the handle."""
    asked = (request.view_args or {}).get(HANDLE)
    editor = editor_who_had(asked) if asked and request.endpoint else None
    if editor is None or not editor.on_show or editor.handle == str(asked).lower():
        return problem_page(nobody)
    values: dict[str, Any] = request.args.to_dict(flat=False) | dict(request.view_args or {})
    there = url_for(str(request.endpoint), **values | {HANDLE: editor.handle})
    answer = redirect(there, code=301 if request.method in SAFE_METHODS else 308)
    # An editor may go back to a handle: browsers must not send their readers round in circles for ever.
    answer.headers["Cache-Control"] = f"max-age={AN_HOUR}"
    return answer
