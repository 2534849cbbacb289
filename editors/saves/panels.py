"""What saved looks put on other pages.

Whether this browser keeps any is noted in the signed session, so that for everybody else no page asks for it.
"""

from __future__ import annotations

from typing import Any

from flask import render_template, session

from editors.looks.card_queries import looks_by_ids
from editors.looks.pictures import card_values
from editors.saves.queries import saved_ids
from foundation.accounts.guards import current_account
from foundation.web.visits import visit_id

KEY = "saved_looks"


def remember(count: int) -> None:
    """Note how many are kept."""
    if count:
        session[KEY] = count
    else:
        session.pop(KEY, None)


def owner() -> tuple[str | None, int | None]:
    """Whose looks this browser sees: (visit, account)."""
    account = current_account()
    return visit_id(), account.id if account is not None else None


def button(*, look_id: int, slug: str, **_: Any) -> str:
    """On the page of a look: keep it, or let go of it."""
    on = bool(session.get(KEY)) and look_id in saved_ids(*owner())
    return render_template("editors/saves/_button.html", slug=slug, on=on)


def on_wish_list(**_: Any) -> str:
    """Under the wishes: the looks that are kept, the latest first; those taken down are passed over."""
    ids = saved_ids(*owner())
    remember(len(ids))  # another device of the same account may have added to it
    cards = {card.id: card_values(card) for card in looks_by_ids(ids)} if ids else {}
    shown = [cards[one] for one in ids if one in cards]
    return render_template("editors/saves/_on_wish_list.html", looks=shown) if shown else ""
