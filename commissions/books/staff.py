"""The books for finance: the trial balance of a day, every journal, files to take along, debts to give up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, Flask, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from commissions.books import errors, exports, words
from commissions.books.queries import (
    KindTotal,
    Narrowing,
    closings,
    debts,
    last_proof,
    lines,
    trial_balance,
    write_offs_asked,
    write_offs_decided,
)
from commissions.ledger.models import AccountKind
from commissions.ledger.months import month_after
from commissions.statements.proof import said_of
from editors.membership.queries import editor_by_handle
from foundation import clock, days
from foundation.accounts.guards import current_account, permitted
from foundation.accounts.permissions import Permission
from foundation.money import Money
from foundation.settings import current
from foundation.web.fields import REFUSED
from foundation.web.numbers import not_beyond, page_number

PAGE = 50

bp = Blueprint("books", __name__, url_prefix="/staff/books")


@bp.get("")
@permitted(Permission.BOOKS_VIEW)
def index() -> str | tuple[str, int]:
    """The trial balance of a day, whether it was proved, closed months, and debts."""
    page, right = books_page()
    return page if right else (page, REFUSED)


def books_page(*, form: str = "", sentence: str = "", reason: str = "") -> tuple[str, bool]:
    """The page of the books, and whether the day it was asked for is one.

    `form` is the one about a debt that was refused: it is open, with its `sentence` and the `reason` typed.
    """
    currency, today = current().currency, clock.today(current().timezone)
    on, wrong = _day("on")
    shown = on or today
    totals = trial_balance(currency, _moment(shown + timedelta(days=1)))
    found = last_proof()
    page = render_template(
        "commissions/books/index.html",
        on=shown,
        today=today,
        typed=request.args.get("on", "") if wrong else shown.isoformat(),
        wrong=wrong,
        rows=[_row(one) for one in totals],
        debit=Money(sum(max(0, one.debit_minor - one.credit_minor) for one in totals), currency),
        credit=Money(sum(max(0, one.credit_minor - one.debit_minor) for one in totals), currency),
        currency=currency,
        proof=found,
        fault=said_of(found.fault, found.row) if found and found.fault else "",
        closings=[{"closing": one, "last": month_after(one.month) - timedelta(days=1)} for one in closings()],
        debts=debts(currency),
        asked=write_offs_asked(currency),
        decided=write_offs_decided(currency),
        me=reader_id(),
        form=form,
        sentence=sentence,
        reason=reason,
    )
    return page, not wrong


@bp.get("/journal")
@permitted(Permission.BOOKS_VIEW)
def journal() -> str | tuple[str, int]:
    """Every leg of an account, or of all, newest first."""
    asked = _asked()
    page = page_number()
    found = lines(asked.narrowed, limit=PAGE + 1, offset=(page - 1) * PAGE) if not asked.wrong else []
    not_beyond(page, found)
    kind = asked.narrowed.kind
    html = render_template(
        "commissions/books/journal.html",
        kind=kind,
        title=words.account_words(kind) if kind else _("Journal"),
        kinds=[("", _("Every account")), *((one.value, words.account_words(one)) for one in AccountKind)],
        typed=asked.typed,
        wrong=asked.wrong,
        lines=found[:PAGE],
        currency=asked.narrowed.currency,
        page=page,
        more=len(found) > PAGE,
    )
    return (html, REFUSED) if asked.wrong else html


@bp.get("/journal.csv")
@permitted(Permission.BOOKS_VIEW)
def journal_sheet() -> Response:
    """The same legs for a spreadsheet."""
    narrowed = _asked_rightly().narrowed
    return _file(exports.as_csv(exports.all_lines(narrowed), narrowed.currency), "journal", "csv")


@bp.get("/balance.csv")
@permitted(Permission.BOOKS_VIEW)
def balance_sheet() -> Response:
    """The trial balance for a spreadsheet."""
    currency = current().currency
    on, wrong = _day("on")
    if wrong:
        raise errors.NoSuchSpan()
    on = on or clock.today(current().timezone)
    totals = trial_balance(currency, _moment(on + timedelta(days=1)))
    return _file(exports.totals_csv(totals, currency), f"trial-balance-{on}", "csv")


@bp.get("/journal.beancount")
@permitted(Permission.BOOKS_VIEW)
def journal_text() -> Response:
    """All accounts over a span as a file for beancount, with what was brought forward and must result."""
    asked = _asked_rightly()
    shop = current()
    since, until = asked.since or days.FIRST, asked.until or clock.today(shop.timezone)
    after = until + timedelta(days=1)
    begins, ends = _moment(since), _moment(after)
    text = exports.as_beancount(
        exports.all_lines(Narrowing(shop.currency, since=begins, until=ends)),
        shop.currency,
        trial_balance(shop.currency, begins),
        since.isoformat(),
        trial_balance(shop.currency, ends),
        after.isoformat(),
        shop.timezone,
    )
    return _file(text, f"books-{since}-{until}", "beancount")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a journal was asked for: the legs, the days, what was typed, what of it is wrong."""

    narrowed: Narrowing
    since: date | None
    until: date | None
    typed: dict[str, str]
    wrong: dict[str, str]


def _asked() -> _Asked:
    typed = {name: request.args.get(name, "").strip() for name in ("account", "editor", "from", "to")}
    wrong = {}
    since, wrong_since = _day("from")
    until, wrong_until = _day("to")
    if wrong_since:
        wrong["from"] = wrong_since
    if wrong_until:
        wrong["to"] = wrong_until
    if since and until and until < since:
        wrong["to"] = _("It ends before it begins.")
    editor = editor_by_handle(typed["editor"].removeprefix("@")) if typed["editor"] else None
    if typed["editor"] and editor is None:
        wrong["editor"] = _("No style editor has that handle.")
    kind = AccountKind(typed["account"]) if typed["account"] in set(AccountKind) else None
    narrowed = Narrowing(
        current().currency,
        kind,
        editor.id if editor else None,
        _moment(since) if since else None,
        _moment(until + timedelta(days=1)) if until else None,
    )
    return _Asked(narrowed, since, until, typed, wrong)


def _asked_rightly() -> _Asked:
    asked = _asked()
    if asked.wrong:
        raise errors.NoSuchSpan()
    return asked


def _day(name: str) -> tuple[date | None, str]:
    typed = request.args.get(name, "").strip()
    if not typed:
        return None, ""
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None, _("There is no such day.")
    return (found, "") if days.known(found) else (None, _("Choose a day from 2000 to 2099."))


def _moment(first: date) -> datetime:
    return datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(current().timezone))


def _row(one: KindTotal) -> dict[str, object]:
    left = one.debit_minor - one.credit_minor
    return {
        "kind": one.kind,
        "words": words.account_words(one.kind),
        "note": words.account_note(one.kind),
        "debited": Money(one.debit_minor, current().currency),
        "credited": Money(one.credit_minor, current().currency),
        "debit": Money(left, current().currency) if left > 0 else None,
        "credit": Money(-left, current().currency) if left < 0 else None,
    }


def _file(text: str, name: str, ending: str) -> Response:
    kind = "text/csv" if ending == "csv" else "text/plain"
    data = text.encode("utf-8-sig" if ending == "csv" else "utf-8")
    response = Response(data, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def reader_id() -> int:
    account = current_account()
    assert account is not None
    return account.id


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.jinja_env.globals.update(book_account=words.account_words, book_entry=words.entry_words)
