"""Letters to an editor, in their language; none to who closed their account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import force_locale

from editors.membership.queries import editor_by_id
from foundation.accounts.queries import account_by_id
from foundation.mail import actions as mail


def write_to(
    editor_id: int,
    template: str,
    *,
    also_to: str = "",
    spoken: Callable[[], Mapping[str, Any]] = dict,
    **values: Any,
) -> None:
    """Write to the editor's address, and to another one where it is not the same. `spoken`: values that are
    words, put together in the language of the letter and not in that of whoever presses."""
    editor = editor_by_id(editor_id)
    account = account_by_id(editor.account_id) if editor is not None else None
    if editor is None or account is None or account.closed_at is not None:
        return
    with force_locale(account.language):
        values |= spoken()
    for address in dict.fromkeys(one.lower() for one in (account.email, also_to) if one):
        mail.post(to=address, language=account.language, template=template, name=editor.first_name, **values)
