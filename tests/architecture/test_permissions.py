"""Who may do what with commissions is one page, the routes are as it says, and no link leads astray."""

import re
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import MethodNotAllowed, NotFound

from foundation.accounts.duties import GUARD, as_table, duties
from foundation.accounts.permissions import MOVES_MONEY, Permission, Role, permissions_of, roles_with

P, R = Permission, Role
PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
ROW = re.compile(r"^\| (`[^|]+?`) \| ([^|]+) \|(?: .* \|)? (`[^|]+`) \|$")
WHO = {
    P.CLAIMS_DECIDE: {R.COMMUNITY, R.OWNER},
    P.COMMISSIONS_HOLD: {R.FINANCE, R.OWNER},
    P.SIGNALS_DECIDE: {R.FINANCE, R.OWNER},
    P.PAYOUTS_PREPARE: {R.STORE, R.FINANCE, R.OWNER},
    P.PAYOUTS_APPROVE: {R.FINANCE, R.OWNER},
    P.DEBTS_WRITE_OFF: {R.FINANCE, R.OWNER},
    P.CAUSES_MANAGE: {R.FINANCE, R.OWNER},
    P.CAUSES_PAY: {R.FINANCE, R.OWNER},
    P.RATES_SET: {R.OWNER},
}


def routes_in(text: str) -> list[tuple[str, ...]]:
    """Address, methods and permission of each route, whatever is said of it between them."""
    return [found.groups() for line in text.splitlines() if (found := ROW.match(line)) and "/" in line]


def grants_in(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| `") and line.count(" yes ") > 0]


def test_the_page_of_permissions_is_what_the_routes_ask_for(app: Flask) -> None:
    written, now = PAGE.read_text(encoding="utf-8"), as_table(duties(app, "commissions"))
    told = "Write it again: flask --app wsgi accounts permissions commissions"
    assert routes_in(written) == routes_in(now), told
    assert len(routes_in(now)) == len(duties(app, "commissions"))
    assert grants_in(written) == grants_in(now), told


def test_the_community_decides_claims_finance_moves_money_and_the_owner_sets_rates(app: Flask) -> None:
    assert {permission: set(roles_with(permission)) for permission in WHO} == WHO
    written = {one.permission for one in duties(app, "commissions") if one.writes}
    assert written == set(WHO), (
        "what is written is asked for by a permission of its own, never by one to read"
    )
    assert {P.PAYOUTS_APPROVE, P.DEBTS_WRITE_OFF, P.CAUSES_PAY} == MOVES_MONEY


def test_the_desk_leads_nobody_to_a_page_they_may_not_open(
    app: Flask, account: Callable[..., int], client_of: Callable[[int], FlaskClient]
) -> None:
    barred, paths = [], app.url_map.bind("localhost")
    for role in Role:
        page = client_of(account(f"{role}@example.test", role)).get("/staff").get_data(as_text=True)
        mine, seen = permissions_of(frozenset({role})), 0
        for href in set(re.findall(r'href="(/staff[^"?#]*)', page)):
            try:
                endpoint, _values = paths.match(href, method="GET")
            except (NotFound, MethodNotAllowed):
                barred.append(f"{role}: {href} leads nowhere")
                continue
            guard = getattr(app.view_functions[endpoint], "guard", "")
            seen += 1
            if guard.startswith(GUARD) and Permission(guard.removeprefix(GUARD)) not in mine:
                barred.append(f"{role}: {href} needs {guard}")
        assert seen, role
    assert barred == []
