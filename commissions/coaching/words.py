"""Coaching plans in the reader's words."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from flask_babel import gettext as _

from commissions.coaching.models import CoachingMonth, CoachingPlan
from foundation.money import Money
from foundation.web.formats import money


def award_names(month: date) -> tuple[str, str]:
    """What the award of a month is called for good, in English and in Italian."""
    english, italian = (format_date(month, "LLLL y", locale=language) for language in ("en", "it"))
    return f"Coaching, {english}", f"Coaching, {italian}"


def whose_sales(plan: CoachingPlan, *, own: bool = False) -> str:
    """Whose sales count for a plan; `own`: said to its coach."""
    if plan.cohort is not None:
        return _("the pilot group %(name)s", name=plan.cohort.called)
    return _("everybody you mentor") if own else _("everybody they mentor")


def month_words(month: CoachingMonth) -> str:
    """Why a month gave what it gave."""
    before, target = (Money(minor, month.currency) for minor in (month.before_minor, month.target_minor))
    if month.missing_minor:
        return _(
            "All sales together make %(target)s, and %(before)s was given already: more came back than was "
            "sold. Nothing is owed for it; the months to come make up for %(missing)s first.",
            target=money(target),
            before=money(before),
            missing=money(Money(month.missing_minor, month.currency)),
        )
    if not month.before_minor:
        return _("All sales together make %(target)s.", target=money(target))
    return _(
        "All sales together make %(target)s, less %(before)s from the months before.",
        target=money(target),
        before=money(before),
    )
