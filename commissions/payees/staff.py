"""The editors' accounts at Stripe for staff: all of them, and what waits because of one."""

from __future__ import annotations

from flask import Blueprint, Flask, render_template, request, url_for
from flask_babel import gettext as _

from commissions.payees.listing import Line, Standing, count_of, page_of, standing_of
from commissions.payees.queries import refused_by_bank
from commissions.payees.words import country_name, requirement_words, standing_words
from foundation.accounts.guards import current_account, permitted
from foundation.accounts.permissions import Permission
from foundation.settings import current
from foundation.staff.queue import Job
from foundation.web.formats import day
from foundation.web.numbers import not_beyond, page_number, pages_of

PAGE = 50

bp = Blueprint("staff_payees", __name__, url_prefix="/staff/payees")


@bp.get("")
@permitted(Permission.PAYOUTS_VIEW)
def index() -> str:
    """Every editor, by name, narrowed by it or by how far their account is."""
    words, asked = request.args.get("q", "").strip()[:60], request.args.get("state", "")
    standing = Standing(asked) if asked in list(Standing) else None
    shop, page = current(), page_number()
    count = count_of(words, standing)
    found = page_of(words, standing, shop.currency, limit=PAGE, offset=(page - 1) * PAGE)
    not_beyond(page, found)
    names, pages = standing_words(), pages_of(count, PAGE)
    return render_template(
        "commissions/payees/staff_list.html",
        lines=[(line, *names[standing_of(line.payee)], _notes(line)) for line in found],
        words=words,
        standing=standing,
        states=[("", _("Every state")), *((str(one), said) for one, (said, _tone) in names.items())],
        count=count,
        page=page,
        pages=pages,
        previous=_page(words, standing, page - 1) if page > 1 else None,
        next=_page(words, standing, page + 1) if page < pages else None,
        country=shop.country,
        currency=shop.currency,
        country_name=country_name,
    )


def _page(words: str, standing: Standing | None, page: int) -> str:
    return url_for("staff_payees.index", q=words or None, state=standing, page=page if page > 1 else None)


def _notes(line: Line) -> list[str]:
    """What keeps them from being paid, besides that they have not begun."""
    payee = line.payee
    if payee is None or payee.account is None:
        return []
    wanted = [requirement_words(name) for name in payee.requirements]
    missing = [_("Stripe needs: %(list)s", list=", ".join(wanted).lower())] if wanted else []
    if payee.paused and payee.paused_until is not None:
        missing.append(_("Another bank account: paused until %(day)s", day=day(payee.paused_until, "day")))
    if payee.bank_failure:
        missing.append(_("The bank sent a payout back: %(code)s", code=payee.bank_failure.replace("_", " ")))
    return missing


def waiting_jobs() -> list[Job]:
    """For the desk's first page: editors whose bank sent a payout back, for who looks after payouts."""
    account = current_account()
    if account is None or Permission.PAYOUTS_VIEW not in account.permissions:
        return []
    return [
        Job(
            kind=_("Payouts"),
            what=_("The bank of %(name)s sent a payout back", name=name),
            href=url_for("payouts.index"),
            since=payee.bank_told_at or payee.created_at,
            note=_(
                "Stripe says: %(code)s. The money lies on their account there until they correct their bank "
                "details.",
                code=(payee.bank_failure or "").replace("_", " "),
            ),
            action=_("Look at it"),
        )
        for payee, name in refused_by_bank()
    ]


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
