"""The door of the studio: only style editors come in."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from flask import g, redirect, request, url_for

from editors.membership.errors import EditorsOnly
from editors.membership.features import Feature
from editors.membership.models import Editor, EditorStatus
from editors.membership.ports import withheld_from
from editors.membership.queries import editor_by_account
from foundation.accounts.guards import current_account, signed_in

View = TypeVar("View", bound=Callable[..., Any])
_KEY = "style_editor"
_WITHHELD = "style_editor_withheld"
END_PAGE = "member.show"
AGREEMENT_PAGE = "agreement.show_agreement"


def style_editor(view: View) -> View:
    """Only an editor who is active or resting; whoever was approved reads the agreement first."""

    @functools.wraps(view)
    def guarded(*args: Any, **values: Any) -> Any:
        editor = editor_here()
        if editor is not None and editor.status == EditorStatus.APPROVED:
            return redirect(url_for(AGREEMENT_PAGE), code=303)
        if editor is None or (not editor.on_show and request.method != "GET"):
            raise EditorsOnly()
        if not editor.on_show:
            return redirect(url_for(END_PAGE), code=303)
        return view(*args, **values)

    within = signed_in(guarded)
    within.guard = "style_editor"  # type: ignore[attr-defined]
    return within  # type: ignore[return-value]


def earner(view: View) -> View:
    """Whoever is or was an editor: what they earned stays theirs to see, whatever came after."""

    @functools.wraps(view)
    def guarded(*args: Any, **values: Any) -> Any:
        if editor_here() is None:
            raise EditorsOnly()
        return view(*args, **values)

    within = signed_in(guarded)
    within.guard = "earner"  # type: ignore[attr-defined]
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


def may_try(feature: Feature) -> bool:
    """Whether the editor who reads has a feature, so that it can be offered. Asked once a request."""
    editor = editor_here()
    if editor is None or not editor.on_show:
        return False
    if _WITHHELD not in g:
        setattr(g, _WITHHELD, withheld_from(editor.id))
    return feature not in g.get(_WITHHELD)
