"""Hearts on cards and pages.

Whether this browser has wishes at all is kept in the signed session, so that for everybody else no page asks
for them and pages stay the same for all strangers. Who has some costs one small statement a page.
"""

from __future__ import annotations

from typing import Any

from flask import current_app, g, render_template, session
from markupsafe import Markup

from foundation.accounts.guards import current_account
from foundation.web.visits import visit_id
from storefront.wishes.queries import wished_ids

KEY = "wishes"


def remember(count: int) -> None:
    """Keep the number of wishes for the next pages."""
    if count:
        session[KEY] = count
    else:
        session.pop(KEY, None)


def wishes_kept() -> int:
    """What was remembered last; 0 for a browser that never had a wish."""
    value = session.get(KEY, 0)
    return value if isinstance(value, int) else 0


def owner() -> tuple[str | None, int | None]:
    """Whose list this browser sees: (visit, account)."""
    account = current_account()
    return visit_id(), account.id if account is not None else None


def heart(*, product_id: int, title: str, **_: Any) -> Markup:
    """The button of one product, pressed when it is wished for."""
    template = current_app.jinja_env.get_template("storefront/wishes/_heart.html")
    return Markup(template.render(product_id=product_id, title=title, on=product_id in _wished()))


def form(**_: Any) -> Markup:
    """The one form that all hearts of a page send, so that they work without script."""
    return Markup(render_template("storefront/wishes/_form.html"))


def _wished() -> frozenset[int]:
    if not wishes_kept():
        return frozenset()
    if "wished" not in g:
        g.wished = wished_ids(*owner())
    wished: frozenset[int] = g.wished
    return wished
