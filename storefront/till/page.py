"""The page of a till, rendered by whoever acts on it."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from foundation.accounts.guards import current_account, current_staff
from foundation.accounts.permissions import Permission
from storefront.places.models import Place
from storefront.till.finding import found_at
from storefront.till.here import terminal_here
from storefront.till.models import BasketStatus
from storefront.till.ports import credit, occasions_at
from storefront.till.pricing import priced
from storefront.till.queries import baskets_waiting, open_basket, people_like
from storefront.till.showing import amounts_of, rows_of, sums_of, voucher_of


def any_discount() -> bool:
    """Whether the reader may take off more than usual."""
    account = current_account()
    return account is not None and Permission.TILL_DISCOUNT in account.permissions


def till_page(place: Place, *, sentence: str = "", **more: Any) -> str:
    """What lies in the open basket, the sum, the ways of paying, and what waits.

    `sentence` is what went wrong: it stands at the top, and beside the form that was sent, which is open and
    holds what was typed.
    """
    basket = open_basket(place.id, current_staff().account_id or 0)
    wanted = priced(basket)
    words, who = (" ".join(request.args.get(name, "")[:80].split()) for name in ("q", "who"))
    values = {
        "place": place,
        "basket": basket,
        "wanted": wanted,
        "rows": rows_of(wanted),
        "sums": sums_of(wanted),
        "voucher": voucher_of(wanted),
        "amounts": amounts_of(wanted) if wanted.lines and not wanted.free else [],
        "waiting": baskets_waiting(place.id),
        "words": words,
        "found": found_at(place.id, words) if words else [],
        "who": who,
        "people": people_like(who) if len(who) > 1 else (),
        "emptied": request.args.get("emptied", "")[:32],
        "credits": credit() is not None,
        "occasions": occasions_at(place.id) if basket else (),
        "any_discount": any_discount(),
        "terminal": terminal_here(),
        "sentence": sentence,
        "opened": _opened() if sentence else "",
        "typed": request.form if sentence else {},
        "PAYING": BasketStatus.PAYING,
    }
    return render_template("storefront/till/till.html", **(values | more))


def _opened() -> str:
    """Which form of the page was sent; those of a line say of which."""
    name = (request.endpoint or "").rpartition(".")[2]
    return "-".join((name, *map(str, (request.view_args or {}).values())))
