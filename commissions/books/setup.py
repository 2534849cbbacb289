"""What the books of finance give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import commissions.books.jobs
import commissions.books.models
from commissions.books import staff, staff_debts
from commissions.books.acts import ACTS, PARTS, SUBJECTS
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.staff import queue
from foundation.web import navigation, slots
from foundation.web.navigation import Entry

REGISTERED = (
    commissions.books.jobs,
    commissions.books.models,
)


def init_app(app: Flask) -> None:
    staff.init_app(app)
    acts.name(app, ACTS, SUBJECTS, PARTS)
    slots.fill(app, queue.PLACE, staff_debts.waiting_jobs)
    books = Entry(
        _l("Books"),
        "books.index",
        group=_l("Money"),
        permission=Permission.BOOKS_VIEW,
        belongs=("books.", "staff_years."),
    )
    navigation.add(app, "staff.nav", books, order=76)
