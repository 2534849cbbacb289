"""Every route, whoever wrote it: it says who may come in, reading changes nothing, writing needs a token."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from psycopg import sql
from werkzeug.routing import Rule

from foundation.accounts.permissions import Permission, Role
from foundation.web.csrf import csrf
from tests.architecture.forms_of import forms_of
from tests.architecture.one_of_each import OneOfEach, open_shop

pytestmark = pytest.mark.timeout(300)  # some ask every route there is, maybe on a busy machine

# Values that fit a converter and name nothing.
NOBODYS: dict[str, Any] = {
    "BoundedConverter": 999_999_999,
    "FloatConverter": 1.5,
    "UUIDConverter": UUID(int=7),
    "UnicodeConverter": "nobody",
    "PathConverter": "nobody/here",
}
# The stand-in for Stripe's own pages: the contract of payments opens those. And what only leads elsewhere.
WITHOUT_A_THING = {
    "exchanges.paid",
    "looks.bag_again",
    "sandbox.express",
    "sandbox.onboarding",
    "sandbox.pay",
}
# What no choice is called: spaces a library may take for nothing, a word, a number no key is as large as.
NO_CHOICES = ("  ", "x", "9" * 40)
# Centimetres or inches, in the browser alone; a look's quantity and the collection's cover fall back to what
# is usual; and the two of the panel of the stand-in for Stripe.
LENIENT = r"sizes-in|quantity-\d+|product_id|unit|what"
MANY_CHOICES = 40
OK = 200
BAD_REQUEST, FOUND, SEE_OTHER, SERVER_ERROR = 400, 302, 303, 500


@pytest.fixture(autouse=True)
def an_error_becomes_a_page(app: Flask) -> None:
    """As in production, so that a test can list every route that fails and not only the first."""
    app.config["PROPAGATE_EXCEPTIONS"] = False


def rules(app: Flask, *methods: str) -> Iterator[Rule]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if not methods or (rule.methods or set()) & set(methods):
            yield rule


def address(app: Flask, rule: Rule, values: dict[str, Any] | None = None) -> str:
    """An address that the rule answers: of `values`, or of something that does not exist."""
    values = values or {
        name: NOBODYS.get(type(rule._converters[name]).__name__, "nobody") for name in rule.arguments
    }
    with app.test_request_context():
        return str(
            app.url_map.bind("127.0.0.1").build(rule.endpoint, values, method=next(iter(rule.methods or ())))
        )


def guard_of(app: Flask, rule: Rule) -> str:
    return getattr(app.view_functions[rule.endpoint], "guard", "")


# What reading may write: sums of how often the pages of an editor were opened (record 0032).
SUMS = {"day_sights"}


def rows(connection: psycopg.Connection) -> dict[str, int]:
    """How many rows each table holds, but for sums of what is read; one statement, for it is asked often."""
    return dict(connection.execute(counting(connection), prepare=True).fetchall())


@lru_cache(maxsize=1)
def counting(connection: psycopg.Connection) -> sql.Composed:
    """The statement that counts the rows of every table."""
    names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    one = sql.SQL("SELECT {}, count(*) FROM {}")
    return sql.SQL(" UNION ALL ").join(
        one.format(sql.Literal(name), sql.Identifier(name)) for (name,) in names if name not in SUMS
    )


def test_every_route_says_who_may_come_in(app: Flask) -> None:
    assert [f"{rule.rule} ({rule.endpoint})" for rule in rules(app) if not guard_of(app, rule)] == []


def test_every_staff_route_names_a_permission(app: Flask) -> None:
    staff = [rule for rule in rules(app) if rule.rule.startswith("/staff")]
    known = {f"permission:{permission}" for permission in Permission}
    assert [rule.rule for rule in staff if guard_of(app, rule) not in known] == []


def test_a_stranger_is_let_into_no_guarded_route(app: Flask, client: FlaskClient) -> None:
    let_in = []
    for rule in rules(app, "GET"):
        if guard_of(app, rule) not in ("", "public"):
            answer = client.get(address(app, rule))
            if answer.status_code not in (FOUND, SEE_OTHER, 401, 403):
                let_in.append(f"{rule.rule}: {answer.status_code}")
    assert let_in == []


@pytest.mark.parametrize("reader", ["a stranger", "the owner"])
def test_reading_leaves_no_rows_and_breaks_nothing(
    app: Flask,
    client: FlaskClient,
    db_url: str,
    account: Callable[..., int],
    client_of: Callable[[int], FlaskClient],
    reader: str,
) -> None:
    if reader == "the owner":
        client = client_of(account("owner@example.test", *Role))
    faults = []
    with psycopg.connect(db_url, autocommit=True) as connection:
        before = rows(connection)
        for rule in rules(app, "GET"):
            if getattr(app.view_functions[rule.endpoint], "writes", False):
                continue
            # Read to its end, as a server does: an answer that is sent while it is written holds its context.
            answer = client.get(address(app, rule), buffered=True)
            if answer.status_code >= SERVER_ERROR and rule.rule != "/readyz":
                faults.append(f"{rule.rule} answers {answer.status_code}")
            if (after := rows(connection)) != before:
                changed = sorted(name for name in after if after[name] != before.get(name))
                faults.append(f"{rule.rule} wrote {', '.join(changed)}")
                before = after
    assert faults == []


@pytest.fixture
def one_of_each(app: Flask, work: Any, account: Any, client_of: Any, clock: Any) -> OneOfEach:
    return open_shop(app, work, account, client_of, clock)


def test_reading_what_there_is_leaves_no_rows(app: Flask, db_url: str, one_of_each: OneOfEach) -> None:
    """Each page that names a thing is read by somebody who may; a new one is added to the shop."""
    faults, unread = [], set()
    with psycopg.connect(db_url, autocommit=True) as connection:
        before = rows(connection)
        for rule in rules(app, "GET"):
            if getattr(app.view_functions[rule.endpoint], "writes", False):
                continue
            page = address(app, rule, one_of_each.values.get(rule.endpoint))
            answers = {
                name: browser.get(page, buffered=True).status_code
                for name, browser in one_of_each.readers.items()
            }
            if max(answers.values()) >= SERVER_ERROR and rule.rule != "/readyz":
                faults.append(f"{page} answers {answers}")
            if rule.arguments and OK not in answers.values():
                unread.add(rule.endpoint)
            if (after := rows(connection)) != before:
                changed = sorted(name for name in after if after[name] != before.get(name))
                faults.append(f"{page} wrote {', '.join(changed)}")
                before = after
    assert faults == []
    assert unread == WITHOUT_A_THING


def test_a_choice_nobody_offered_is_refused_and_never_an_error_of_ours(
    app: Flask, one_of_each: OneOfEach
) -> None:
    """Each select and each group of buttons of each form is sent what is not among its choices."""
    broken, taken, met = [], set(), set()
    for rule in rules(app, "GET"):
        page = address(app, rule, one_of_each.values.get(rule.endpoint))
        answers = ((one, one.get(page, buffered=True)) for one in one_of_each.readers.values())
        browser, answer = next(((one, got) for one, got in answers if got.status_code == OK), (None, None))
        if browser is None or answer is None or answer.mimetype != "text/html":
            continue
        for form in forms_of(answer.text, page):
            for name in form.choices if form.method == "post" else ():
                if (form.action, name) in met or re.fullmatch(LENIENT, name):
                    continue
                met.add((form.action, name))
                for value in NO_CHOICES:
                    if value.isdecimal() and not "".join(form.sent.get(name, ())).isdecimal():
                        continue  # the same as a word, where no choice is a number
                    status = browser.post(form.action, data=form.sent | {name: [value]}).status_code
                    if status >= SERVER_ERROR:
                        broken.append(f"{page}: {name}={value!r} answers {status}")
                    elif status < BAD_REQUEST:
                        taken.add(f"{page}: {name}={value!r}")
    assert (broken, taken) == ([], set())
    assert len(met) > MANY_CHOICES


def test_every_unsafe_request_without_its_token_is_refused(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    accepted = []
    for rule in rules(app, "POST", "PUT", "PATCH", "DELETE"):
        view = app.view_functions[rule.endpoint]
        exempt = f"{view.__module__}.{view.__name__}" in csrf._exempt_views
        if exempt or rule.endpoint.split(".")[0] in set(csrf._exempt_blueprints):
            assert "webhook" in rule.rule or rule.rule.startswith(("/sandbox", "/api/")), (
                f"{rule.rule} is exempt"
            )
            continue
        for method in sorted((rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}):
            answer = client.open(address(app, rule), method=method)
            if answer.status_code != BAD_REQUEST:
                accepted.append(f"{method} {rule.rule}: {answer.status_code}")
    assert accepted == []


def test_an_unsafe_request_of_the_wrong_kind_is_never_an_error_of_ours(
    app: Flask, client: FlaskClient
) -> None:
    broken = []
    for rule in rules(app, "POST", "PUT", "PATCH", "DELETE"):
        for method in sorted((rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}):
            answer = client.open(address(app, rule), method=method, data={"x": "\x00é", "quantity": "-1"})
            if answer.status_code >= SERVER_ERROR:
                broken.append(f"{method} {rule.rule}: {answer.status_code}")
    assert broken == []
