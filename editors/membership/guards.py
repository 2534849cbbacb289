"""The door of the studio: only style editors come in."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from flask import g

from editors.membership.errors import EditorsOnly
from editors.membership.models import Editor
from editors.membership.queries import editor_by_account
from foundation.accounts.guards import current_account, signed_in

View = TypeVar("View", bound=Callable[..., Any])
_KEY = "style_editor"


def style_editor(view: View) -> View:
    """Only an editor who is active or resting; others sign in first, or are told how to become one."""

    @functools.wraps(view)
    def guarded(*args: Any, **values: Any) -> Any:
        editor = editor_here()
        if editor is None or not editor.on_show:
            raise EditorsOnly()
        return view(*args, **values)

    within = signed_in(guarded)
    within.guard = "style_editor"  # type: ignore[attr-defined]
    return within  # type: ignore[return-value]


def editor_here() -> Editor | None:
    """The editor who is signed in, asked once a request; None for guests and shoppers."""
    if _KEY not in g:
        account = current_account()
        setattr(g, _KEY, editor_by_account(account.id) if account else None)
    found: Editor | None = g.get(_KEY)
    return found


def current_editor() -> Editor:
    """The editor of the studio; only behind `style_editor`."""
    editor = editor_here()
    if editor is None:
        raise EditorsOnly()
    return editor
