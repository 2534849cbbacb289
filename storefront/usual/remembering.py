"""The sizes of this visit, in the signed session: an account's are read into it once, at the door.

So no page asks the database for them, and a guest's choice is kept nowhere but in their own browser.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import session

from foundation.accounts.guards import current_account, current_person
from storefront.usual.actions import keep_sizes
from storefront.usual.policy import Worn, is_size

KEY = "sizes"


def kept_sizes() -> dict[str, str]:
    """What this reader takes, by place, the latest choice last."""
    kept = session.get(KEY)
    return dict(kept) if isinstance(kept, list) else {}


def remember_sizes(chosen: Mapping[str, str]) -> None:
    """Note what somebody chose just now, by place; for an account it stays beyond the visit."""
    sizes = {slot: size.strip() for slot, size in chosen.items() if slot in set(Worn) and is_size(size)}
    before = kept_sizes()
    fresh = {slot: size for slot, size in sizes.items() if before.get(slot) != size}
    if not fresh:
        return
    carry({slot: size for slot, size in before.items() if slot not in fresh} | fresh)
    account = current_account()
    if account is not None:
        keep_sizes(actor=current_person(), account_id=account.id, sizes=fresh)


def carry(sizes: Mapping[str, str]) -> None:
    """Let the session say these and no others; a list, because a cookie's pairs lose their order."""
    if sizes:
        session[KEY] = [list(pair) for pair in sizes.items()]
    else:
        session.pop(KEY, None)
