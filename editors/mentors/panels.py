"""Who asked an editor to be mentor or learner, where their day begins."""

from __future__ import annotations

from typing import Any

from flask import render_template

from editors.mentors.queries import asked_of


def waiting(*, editor_id: int, **_: Any) -> str:
    """The questions that wait for an answer; nothing while there is none."""
    asked = asked_of(editor_id)
    if not asked:
        return ""
    return render_template("editors/mentors/waiting.html", asked=asked)
