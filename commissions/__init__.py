"""Money that can be proved: clicks, who gets credit, what is earned, and how it is paid out."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask
from flask_babel import lazy_gettext as _l

import commissions.accruals.jobs
import commissions.accruals.models
import commissions.books.jobs
import commissions.books.models
import commissions.claims.models
import commissions.clicks.jobs
import commissions.clicks.models
import commissions.holds.models
import commissions.ledger.jobs
import commissions.ledger.models
import commissions.missing.models
import commissions.payees.models
import commissions.payouts.models
import commissions.rates.jobs
import commissions.rates.models
import commissions.signals.jobs
import commissions.signals.models
from commissions.accruals import reactions, staff_holds, staff_preview
from commissions.accruals import staff as receipts_staff
from commissions.accruals import views as receipts_views
from commissions.books import acts as book_acts
from commissions.books import staff as books_staff
from commissions.claims import acts as claim_acts
from commissions.claims.codes import Codes
from commissions.clicks import privacy as clicks_privacy
from commissions.clicks import remembering
from commissions.clicks import views as click_views
from commissions.holds import acts as hold_acts
from commissions.holds import privacy as holds_privacy
from commissions.holds.words import told_editor
from commissions.ledger import acts as ledger_acts
from commissions.ledger.privacy import CHAPTER
from commissions.missing import acts as missing_acts
from commissions.missing import privacy as missing_privacy
from commissions.missing import staff as missing_staff
from commissions.missing import views as missing_views
from commissions.payees import acts as payee_acts
from commissions.payees import staff as payees_staff
from commissions.payees import views as payees_views
from commissions.payees import webhooks as payee_news
from commissions.payouts import acts as payout_acts
from commissions.payouts import jobs as payout_jobs
from commissions.payouts import staff as payouts_staff
from commissions.payouts import webhooks as payout_news
from commissions.payouts.cli import payouts_group
from commissions.payouts.queries import believed_transfers
from commissions.programme import staff as programme_staff
from commissions.programme import staff_commissions
from commissions.rates import acts as rate_acts
from commissions.rates import staff as rates_staff
from commissions.rates import views as rates_views
from commissions.results import home
from commissions.results import views as results_views
from commissions.results.among import Counted
from commissions.signals import acts as signal_acts
from commissions.signals import privacy as signals_privacy
from commissions.signals import staff as signals_staff
from commissions.signals import views as signals_views
from commissions.signals.policy import Thresholds
from commissions.statements import jobs as statement_jobs
from commissions.statements import views as statements_views
from commissions.statements.cli import commissions_group
from editors.membership.ports import count_with
from foundation import facts, payments
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.payments.reconcile import expect
from foundation.privacy.chapters import cover
from foundation.settings import SettingsRefused
from foundation.staff import queue
from foundation.web import navigation, slots
from foundation.web.navigation import Entry
from storefront.orders.facts import (
    DisputeClosed,
    DisputeOpened,
    LinesRefunded,
    OrderDelivered,
    OrderPaid,
    RefundFailed,
)
from storefront.till.ports import give_credit

REGISTERED = (
    commissions.accruals.jobs,
    commissions.accruals.models,
    commissions.books.jobs,
    commissions.books.models,
    commissions.claims.models,
    commissions.clicks.jobs,
    commissions.clicks.models,
    commissions.holds.models,
    commissions.ledger.jobs,
    commissions.ledger.models,
    commissions.missing.models,
    commissions.payees.models,
    commissions.payouts.models,
    commissions.rates.jobs,
    commissions.rates.models,
    commissions.signals.jobs,
    commissions.signals.models,
    payout_jobs,
    statement_jobs,
)

PAGES = (
    click_views,
    remembering,
    receipts_views,
    receipts_staff,
    staff_holds,
    missing_views,
    missing_staff,
    rates_views,
    rates_staff,
    staff_preview,
    payees_views,
    payouts_staff,
    statements_views,
    books_staff,
    results_views,
    programme_staff,
    staff_commissions,
    signals_views,
    signals_staff,
)


def init_app(app: Flask) -> None:
    """Give the application our pages, commands, slots and ears."""
    _check_thresholds(app)
    app.register_blueprint(
        Blueprint("commissions", __name__, root_path=str(Path(__file__).parent), template_folder="templates")
    )
    for part in PAGES:
        part.init_app(app)
    slots.fill(app, "shop.band", click_views.credit_band)
    slots.fill(app, "cart.empty", click_views.empty_bag)
    slots.fill(app, "studio.head", home.head)
    slots.fill(app, "studio.steps", home.steps)
    slots.fill(app, "studio.cards", rates_views.announced_card, order=5)
    slots.fill(app, "studio.cards", signals_views.held_card, order=4)
    slots.fill(app, "studio.cards", statements_views.money_card, order=10)
    slots.fill(app, "studio.cards", statements_views.orders_card, order=80)
    slots.fill(app, "staff.order.panels", receipts_staff.order_panel)
    slots.fill(app, queue.PLACE, missing_staff.waiting_jobs)
    slots.fill(app, queue.PLACE, signals_staff.waiting_jobs)
    slots.fill(app, queue.PLACE, books_staff.waiting_jobs)
    slots.fill(app, queue.PLACE, payouts_staff.waiting_jobs)
    slots.fill(app, queue.PLACE, payees_staff.waiting_jobs)
    cover(app, clicks_privacy.CHAPTER, order=44)
    cover(app, CHAPTER, order=45)
    cover(app, missing_privacy.CHAPTER, order=46)
    cover(app, holds_privacy.CHAPTER, order=47)
    cover(app, signals_privacy.CHAPTER, order=48)
    acts.name(app, claim_acts.ACTS, parts=claim_acts.PARTS)
    acts.name(app, missing_acts.ACTS, missing_acts.SUBJECTS)
    acts.name(app, hold_acts.ACTS, hold_acts.SUBJECTS)
    acts.name(app, signal_acts.ACTS, signal_acts.SUBJECTS, signal_acts.PARTS)
    acts.name(app, book_acts.ACTS, book_acts.SUBJECTS, book_acts.PARTS)
    acts.name(app, ledger_acts.ACTS, ledger_acts.SUBJECTS, ledger_acts.PARTS)
    acts.name(app, rate_acts.ACTS, rate_acts.SUBJECTS)
    acts.name(app, payee_acts.ACTS)
    acts.name(app, payout_acts.ACTS, payout_acts.SUBJECTS, payout_acts.PARTS)
    app.jinja_env.globals.update(hold_words=told_editor)
    give_credit(Codes())
    count_with(Counted())
    credit = Entry(_l("Credit and cookies"), "clicks.choose")
    navigation.add(app, "foot.help", credit, order=80)
    _navigation(app)
    facts.subscribe(OrderPaid, reactions.on_order_paid)
    facts.subscribe(OrderDelivered, reactions.on_order_delivered)
    facts.subscribe(LinesRefunded, reactions.on_lines_refunded)
    facts.subscribe(RefundFailed, reactions.on_refund_failed)
    facts.subscribe(DisputeOpened, reactions.on_dispute_opened)
    facts.subscribe(DisputeClosed, reactions.on_dispute_closed)
    payments.webhooks.handle("account", payee_news.on_account)
    payments.webhooks.handle("payout", payee_news.on_bank_payout)
    payments.webhooks.handle("transfer", payout_news.on_transfer)
    expect(believed_transfers)
    app.cli.add_command(commissions_group)
    app.cli.add_command(payouts_group)


def _check_thresholds(app: Flask) -> None:
    """A threshold that makes no sense is said when the shop starts, not at the first sale."""
    try:
        Thresholds.read(app.extensions["vetrina.settings"].signals)
    except ValueError as refused:
        raise SettingsRefused(str(refused)) from refused


def _navigation(app: Flask) -> None:
    studio = (
        (_l("Earnings"), "statements.earnings", ("signals.",), 30),
        (_l("Orders and receipts"), "receipts.orders", ("receipts.", "missing."), 35),
        (_l("Statements"), "statements.index", ("statements.month", "statements.whole_year"), 40),
        (_l("What you earn"), "rates.mine", (), 42),
        (_l("Payments"), "payees.show", ("payees.",), 45),
    )
    results = Entry(_l("Results"), "results.index", icon="chart-column")
    navigation.add(app, "studio.nav", results, order=25)
    for label, endpoint, belongs, order in studio:
        entry = Entry(label, endpoint, belongs=belongs, group=_l("Money"))
        navigation.add(app, "studio.nav", entry, order=order)
    navigation.add(
        app,
        "staff.nav",
        Entry(
            _l("Payout runs"),
            "payouts.index",
            group=_l("Money"),
            permission=Permission.PAYOUTS_VIEW,
            count=payouts_staff.waiting_count,
            belongs=("payouts.",),
        ),
        order=70,
    )
    navigation.add(
        app,
        "staff.nav",
        Entry(
            _l("Cost and return"),
            "cost_and_return.index",
            group=_l("Money"),
            permission=Permission.PROGRAMME_VIEW,
            belongs=("cost_and_return.",),
        ),
        order=71,
    )
    navigation.add(
        app,
        "staff.nav",
        Entry(
            _l("Commissions"),
            "staff_commissions.index",
            group=_l("Money"),
            permission=Permission.RECEIPTS_VIEW,
            belongs=("staff_commissions.",),
        ),
        order=74,
    )
    navigation.add(
        app,
        "staff.nav",
        Entry(
            _l("Receipts"),
            "staff_receipts.index",
            group=_l("Money"),
            permission=Permission.RECEIPTS_VIEW,
            belongs=("staff_receipts.", "staff_holds."),
        ),
        order=75,
    )
    navigation.add(
        app,
        "staff.nav",
        Entry(
            _l("Missing sales"),
            "staff_missing.index",
            group=_l("Money"),
            permission=Permission.CLAIMS_DECIDE,
            count=missing_staff.waiting_count,
            belongs=("staff_missing.",),
        ),
        order=77,
    )
    navigation.add(
        app,
        "staff.nav",
        Entry(
            _l("Fraud control"),
            "staff_signals.index",
            group=_l("Money"),
            permission=Permission.SIGNALS_VIEW,
            count=signals_staff.waiting_count,
            belongs=("staff_signals.",),
        ),
        order=78,
    )
    navigation.add(
        app,
        "staff.nav",
        Entry(
            _l("Rates"),
            "rates_staff.rates",
            group=_l("Money"),
            permission=Permission.RATES_VIEW,
            belongs=("rates_staff.", "rates_trial."),
        ),
        order=72,
    )
    navigation.add(
        app,
        "staff.nav",
        Entry(
            _l("Books"),
            "books.index",
            group=_l("Money"),
            permission=Permission.BOOKS_VIEW,
            belongs=("books.",),
        ),
        order=76,
    )
